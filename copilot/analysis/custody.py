"""Who keeps a measure and how often it is looked at, as said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.analysis.lexicon import Lexicon
from copilot.analysis.numbers.tokens import vocabulary
from copilot.domain.call import Participant, Utterance

_UNSETTLED = re.compile(
    r"\b(?:could be|might be|maybe|perhaps|not sure|let me think|don['’]t know|no idea|nobody|no one|either|unclear"
    r"|good question|i guess|depends"
    r"|we['’]ll see|to be decided|tbd|not decided)\b",
    re.I,
)
_KEEPS = (
    r"(?:owns?|would own|will own|reports?|tracks?|would track|will track|keeps?|will keep|counts?|measures?|runs?"
    r"|pulls?|maintains?|compiles?|publishes"
    r"|prepares?|presents?|watches|monitors|looks after|takes care of|is responsible|are responsible|is accountable"
    r"|has (?:it|that|them|the number)"
    r"|have (?:it|that)|collects?|puts? (?:it|that|them|this) (?:together|on)|does (?:it|that)|do (?:it|that)"
    r"|write(?:s)? (?:it|the|that)|send(?:s)?)"
)
_I_KEEP = re.compile(
    rf"\b(?:i(?:['’]ll|['’]d| will| would| can| already| also| do| currently)?\s+(?:\w+\s+)?{_KEEPS}\b|that['’]?s me\b"
    rf"|that would be me\b|that['’]d be me\b"
    r"|(?:it|that|this)['’]s (?:mine|on me|my \w+)|\bmine\b|\bme\b[,.!]?$|^\W*me\b|i['’]m (?:the one|responsible"
    r"|accountable)|my own (?:report|number|return)"
    r"|^\W*my (?:\w+ ){1,4}(?:report|return|dashboard|sheet|review)\b)",
    re.I,
)
_NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}"
_NAMED = re.compile(
    rf"\b(?P<keeper>{_NAME})\s+(?:\w+\s+)?{_KEEPS}\b|(?:\bthat['’]?s|\bthat would be|\bthat['’]d be|\bit['’]s"
    rf"|\bwould be|\bowner is|\bcalled|\bby)\s+"
    rf"(?P<who>{_NAME})|\b(?P<whose>{_NAME})['’]s\b(?!\s+(?:team|people)\s+(?:would|could))|^\W*(?P<lone>{_NAME})\W*$"
)
_NO_NAME = vocabulary(
    """
    I It That This We They She He You And But So Well Yes Yeah Okay No Then The Our My Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday January February March April May June July August September October November
    December There Here What Who If When Because Every Each Monthly Weekly Quarterly Daily Let How Right Sure Exactly
    Good Great Nobody Everybody Everyone Not Also Just Mm Oh Um Uh Ha Honestly Probably Maybe Today Next Last
    """
)
_GROUP = re.compile(
    r"\b(?P<group>(?:(?:my|our|the)\s+)?(?:[\w-]+\s+){0,2}?(?:team|department|office|group|controller|director|manager"
    r"|lead|head of [\w ]{2,20}"
    r"|vp(?: of)? \w+|coo|cfo|ceo|cio|cto))\b",
    re.I,
)
_ASKS_WHO = re.compile(r"\b(?:who|whose|anybody|anyone|somebody|owner)\b", re.I)
_ASKS_HOW_OFTEN = re.compile(
    r"\b(?:how often|how frequently|when do you|cadence|how regularly|which meeting|what rhythm)\b", re.I
)
_ORDINAL_DAY = re.compile(
    r"\b(?:every|each|on the|the)?\s*(?:first|second|third|last)\s+(?:monday|tuesday|wednesday|thursday|friday|day"
    r"|week)\s+of\s+(?:the|every|each)\s+"
    r"(?:month|quarter|week|year)\b",
    re.I,
)
_EVERY = re.compile(
    r"\b(?:(?:every|each)\s+(?:\w+\s+)?(?:day|week|fortnight|month|quarter|year|shift|sprint|release|morning|monday"
    r"|tuesday|wednesday|thursday|friday|hour)"
    r"|(?:once|twice)\s+(?:a|per)\s+(?:day|week|month|quarter|year)|(?:daily|weekly|bi-?weekly|fortnightly|monthly"
    r"|quarterly|annually|yearly|half-yearly)"
    r"|(?:mondays|tuesdays|wednesdays|thursdays|fridays))\b",
    re.I,
)


def asks_who(question: str | None) -> bool:
    return bool(question and _ASKS_WHO.search(question))


def asks_how_often(question: str | None) -> bool:
    return bool(question and _ASKS_HOW_OFTEN.search(question))


def keeper_said(
    utterance: Utterance, participants: Sequence[Participant], lexicon: Lexicon, *, asked: bool
) -> str | None:
    """Who keeps the measure that is spoken of: the speaker's name, a name or a group as said; None where it is open.

    Names alone count only where the question asked for one.
    """
    text = utterance.text
    if _UNSETTLED.search(text):
        return None
    named = _person_named(text, participants, asked=asked)
    if named:
        return named
    if _I_KEEP.search(text):
        return utterance.speaker
    if asked:
        group = _GROUP.search(text)
        if group:
            return _without_article(group["group"])
        departments = lexicon.spans("people.departments", text)
        if departments:
            return text[departments[0].start : departments[0].end]
    return None


def cadence_said(text: str, lexicon: Lexicon) -> str | None:
    """How often, in the words said."""
    every = _EVERY.search(text)
    if every:
        return every.group()
    day = _ORDINAL_DAY.search(text)
    if day:
        return day.group().strip()
    hits = lexicon.spans("signals.cadence", text)
    return text[hits[0].start : hits[0].end] if hits else None


def _person_named(text: str, participants: Sequence[Participant], *, asked: bool) -> str | None:
    known = {first for p in participants for first in (p.name, p.name.split()[0], p.name.split()[-1])}
    for match in _NAMED.finditer(text):
        name = next(group for group in match.groups() if group)
        words = name.split()
        if words[0] in _NO_NAME:
            continue
        if match["keeper"] or name in known or (asked and (match["who"] or match["lone"] or match["whose"])):
            return name
    return None


def _without_article(words: str) -> str:
    return re.sub(r"^(?:the)\s+", "", words, flags=re.I)
