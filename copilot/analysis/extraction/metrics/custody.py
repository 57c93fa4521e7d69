"""Who keeps a measure and how often it is looked at, as said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from copilot.analysis.extraction.matching import by_number, latest, likeness, meant
from copilot.analysis.extraction.metrics.sayings import measured_by_question, reported_in
from copilot.analysis.extraction.metrics.stage import METRICS_STAGE
from copilot.analysis.language.asking import asks
from copilot.analysis.language.dialogue import may_be_about, may_be_customer, said_before
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.numbers.tokens import vocabulary
from copilot.domain.call import Participant, Utterance
from copilot.domain.items import Evidence, Metric
from copilot.domain.ops import AddMetric, UpdateItem
from copilot.domain.state import CallState

CustodyOp = AddMetric | UpdateItem
CustodyPass = Callable[[CallState, int], Sequence[CustodyOp]]

_REACH = 12
_NEAR = 4
_SAME = 0.4
_NAMED_TOGETHER = 0.75
_UNSETTLED = re.compile(
    r"\b(?:could be|might be|maybe|perhaps|not sure|let me think|don['’]t know|no idea|nobody|no one|either|unclear"
    r"|good question|i guess|depends|we['’]ll see|to be decided|tbd|not decided)\b",
    re.I,
)
_VERB = (
    r"(?:owns?|reports?|tracks?|keeps?|counts?|measures?|runs?|pulls?|maintains?|compiles?|publish(?:es)?|prepares?"
    r"|presents?|watch(?:es)?|monitors?|looks? after|takes? care of|(?:is|am|are) (?:responsible|accountable"
    r"|on the hook)|(?:has|have) (?:it|that|them|the number)|collects?|puts? (?:it|that|them|this) (?:together|on)"
    r"|do(?:es)? (?:it|that|a|the|them|those|my)|writes?|sends?(?: (?:me|us))?|gets? (?:it|that|this)|follows?"
    r"|fills? (?:it|that|them)|looks? at (?:it|that|them|the)|makes? (?:it|that|the|a))"
)
_I_KEEP = re.compile(
    rf"\bi(?:['’]ll|['’]d| will| would| can| already| also| do| currently)?\s+{_VERB}\b"
    r"|\bthat['’]?s me\b|\bthat would be me\b|\bthat['’]d be me\b|\b(?:it|that|this)['’]s (?:mine|on me)\b"
    r"|^\W*(?:mine|me)\b\W*(?:$|[,.])|\b(?:from|off) me\b|\bi['’]m (?:the one|responsible|accountable)"
    r"|^\W*my (?:\w+ ){1,4}(?:report|return|dashboard|sheet|review|log)\b",
    re.I,
)
_I_DO = re.compile(r"^\W*i do\b", re.I)
_NAME = r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}"
_NAMED = re.compile(
    rf"\b(?P<keeper>{_NAME})\s+(?:\w+\s+)?{_VERB}\b|\b(?i:that['’]?s|that would be|that['’]d be|it['’]s|would be"
    rf"|owner is|called|by|a guy,|a woman,|ask)\s+(?P<who>{_NAME})|\b(?P<whose>{_NAME})['’]s\b"
    rf"|^\W*(?P<lone>{_NAME})\W*$"
)
_ALL = re.compile(r"\b(?:(?P<two>both)|all (?:of (?:it|them|those)|three|four|the (?:numbers|figures)))\b", re.I)
_TITLE = re.compile(r"(?:mrs?|ms|miss|dr|prof|sir|speaker)\b", re.I)
_APPOSED = re.compile(r",\s+(?P<name>[A-Z][\w’'-]+)(?=\s*(?:[,.;:!?]|$))")
_NO_NAME = vocabulary(
    """
    I It That This We They She He You And But So Well Yes Yeah Okay No Then The Our My Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday January February March April May June July August September October November
    December There Here What Who If When Because Every Each Monthly Weekly Quarterly Daily Let How Right Sure Exactly
    Good Great Nobody Everybody Everyone Somebody Someone Not Also Just Mm Oh Um Uh Ha Honestly Probably Maybe Today
    Next Last Mostly Usually Currently Please Thanks Perfect Sorry
    """
)
_GROUP = re.compile(
    r"\b(?P<group>(?:(?:my|our|the)\s+)?(?:[\w-]+\s+){0,2}?(?:team|department|office|controller|director|manager|lead"
    r"|head of [\w ]{2,20}|vp(?: of)? \w+|coo|cfo|ceo|cio|cto))\b",
    re.I,
)
_ASKS_WHO = re.compile(r"\b(?:who|who['’]s|whose|anybody|anyone|somebody|someone|owner)\b", re.I)
_ASKS_HOW_OFTEN = re.compile(
    r"\b(?:how often|how frequently|when do you|cadence|how regularly|which meeting|what rhythm|come from)\b", re.I
)
_PERIOD = r"(?:day|week|fortnight|month|quarter|year)"
_EVERY = re.compile(
    rf"\b(?:(?:every|each)\s+(?:(?:second|third|other|two|three|six|single)\s+)?(?:{_PERIOD}s?|shift|sprint|release"
    rf"|morning|hour|monday|tuesday|wednesday|thursday|friday)|(?:once|twice)\s+(?:a|per|every)\s+{_PERIOD}|(?:daily"
    r"|weekly|bi-?weekly|fortnightly|monthly|quarterly|annually|yearly|half-yearly)|(?:mondays|tuesdays|wednesdays"
    r"|thursdays|fridays)|(?:first|second|third|last)\s+(?:monday|tuesday|wednesday|thursday|friday|day"
    rf"|week)\s+of\s+(?:the|every|each)\s+{_PERIOD})\b",
    re.I,
)


def custody_pass(lexicon: Lexicon) -> CustodyPass:
    """A pass that notes whose a measure is and how often it is looked at, when the customer says so."""

    def run(state: CallState, i: int) -> Sequence[CustodyOp]:
        utterance = state.utterances[i]
        if asks(utterance.text):
            return ()
        question = _asked_just_before(state, i)
        spoken_of = _ASKS_WHO.search(question) and latest(state.metrics.values(), i, reach=_NEAR)
        if not (spoken_of or may_be_about(state, i, METRICS_STAGE)):
            return ()
        people = state.call.participants if state.call else ()
        cadence = cadence_said(utterance.text)
        if may_be_customer(utterance):
            keeper = keeper_said(utterance, people, lexicon, asked=bool(_ASKS_WHO.search(question)))
        else:
            keeper = _known_person(utterance.text, people)
            if keeper is None:
                return ()
        if keeper is None and (cadence is None or not _rhythm_matters(utterance.text, question, lexicon)):
            return ()
        return _noted(state, i, question, keeper, cadence)

    return run


def keeper_said(
    utterance: Utterance, participants: Sequence[Participant], lexicon: Lexicon, *, asked: bool
) -> str | None:
    """Who keeps the measure that is spoken of: the speaker's name, a name or a group as said; None where it is open.

    Names alone count only where the question asked for one.
    """
    text = utterance.text
    if _UNSETTLED.search(text):
        return None
    named = _known_person(text, participants) or _person_named(text, participants, asked=asked)
    if named:
        return named
    if _I_KEEP.search(text) or (asked and _I_DO.search(text)):
        return called(utterance.speaker)
    if asked:
        group = _GROUP.search(text)
        if group:
            return name_after(text, group.end()) or re.sub(r"^the\s+", "", group["group"], flags=re.I)
        departments = [text[hit.start : hit.end] for hit in lexicon.spans("people.departments", text)]
        return next((name for name in departments if name.lower() != "it" or name == "IT"), None)
    return None


def called(name: str | None) -> str | None:
    """What somebody is called in talk: the first name, if there is one."""
    return name if name is None or _TITLE.match(name) else name.split()[0]


def _known_person(text: str, participants: Sequence[Participant]) -> str | None:
    """Somebody in the call, by name, in whatever letters, who is said to keep it."""
    names = tuple(dict.fromkeys(name for p in participants if (name := called(p.name))))
    found = _keeps(names).search(text) if names else None
    said = next((group for group in found.groups() if group), "") if found else ""
    return next((name for name in names if name.lower() == said.lower()), None)


@lru_cache(maxsize=64)
def _keeps(names: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(re.escape(name) for name in names)
    return re.compile(
        rf"\b(?P<keeper>{either})(?:['’](?:ll|d)|\s+(?:will|would|can|could|already|also|gonna))?\s+(?:\w+ly\s+)?{_VERB}\b"
        rf"|\b(?:from|by)\s+(?P<source>{either})\b"
        rf"|^\W*(?:(?:and|so|then)\s+)?(?P<first>{either})\s*[,.]\s*(?:daily|weekly|monthly|quarterly|every|each|once|first|on)\b",
        re.I,
    )


def name_after(text: str, end: int) -> str | None:
    """Who somebody is that is told by what they do: of "our controller, Ben, looks at it" Ben."""
    found = _APPOSED.match(text, end)
    return found["name"] if found and found["name"] not in _NO_NAME else None


def cadence_said(text: str) -> str | None:
    """How often, in the words said."""
    every = _EVERY.search(text)
    return every.group() if every else None


def _asked_just_before(state: CallState, i: int) -> str:
    """The question of somebody else's among the last two utterances; colleagues ask each other too."""
    for k, before in enumerate(said_before(state.utterances, i)):
        if k == 2:
            break
        if asks(before.text) and before.speaker != state.utterances[i].speaker:
            return before.text
    return ""


def _rhythm_matters(text: str, question: str, lexicon: Lexicon) -> bool:
    """Whether "every week" is said of looking at a figure, and not of the work."""
    return bool(
        _ASKS_WHO.search(question)
        or _ASKS_HOW_OFTEN.search(question)
        or reported_in(text)
        or lexicon.has("signals.owner", text)
    )


def _noted(state: CallState, i: int, question: str, keeper: str | None, cadence: str | None) -> Sequence[CustodyOp]:
    evidence = (Evidence(utterance=i, quote=state.utterances[i].text.strip()),)
    spoken_of = _several(state, i) or [metric for metric in (_spoken_of(state, i, question),) if metric is not None]
    if spoken_of:
        return tuple(
            UpdateItem(
                id=metric.id,
                evidence=evidence,
                owner=keeper if metric.owner is None else None,
                cadence=cadence if metric.cadence is None else None,
            )
            for metric in spoken_of
        )
    name = reported_in(state.utterances[i].text) or measured_by_question(question)
    outcomes = meant(state.outcomes, name, least=_SAME) if name else []
    if not outcomes:
        return ()
    return (AddMetric(text=name, evidence=evidence, outcomes=(outcomes[0].id,), owner=keeper, cadence=cadence),)


def _several(state: CallState, i: int) -> list[Metric]:
    """The measures, more than one, that are named together, or pointed at as "both" and "all of them"."""
    text = state.utterances[i].text
    standing = [metric for metric in state.metrics.values() if metric.stands]
    named = [metric for metric in standing if likeness(metric, text) >= _NAMED_TOGETHER]
    if len(named) > 1:
        return named
    pointed = _ALL.search(text)
    near = sorted((m for m in standing if m.utterances[-1] >= i - _REACH), key=lambda m: -m.utterances[-1])
    return near[: 2 if pointed["two"] else None] if pointed and len(near) > 1 else []


def _spoken_of(state: CallState, i: int, question: str) -> Metric | None:
    """The measure named here or in the question, by words or by a figure of it; else the last one spoken of."""
    metrics: Iterable[Metric] = state.metrics.values()
    text = state.utterances[i].text
    named = False
    for words in (reported_in(text), measured_by_question(question)):
        found = meant(metrics, words, least=_SAME) if words else []
        if found:
            return found[0]
        named = named or bool(words and meant(state.outcomes, words, least=_SAME))
    repeated = by_number(metrics, question)
    if repeated:
        return repeated[0]
    return None if named else latest(metrics, i, reach=_REACH)


def _person_named(text: str, participants: Sequence[Participant], *, asked: bool) -> str | None:
    known = {part for p in participants for part in (p.name, p.name.split()[0], p.name.split()[-1])}
    for match in _NAMED.finditer(text):
        name = next(group for group in match.groups() if group)
        if re.split(r"['’\s]", name)[0] in _NO_NAME:
            continue
        if name in known or (asked and not match["whose"]):
            return name
    return None
