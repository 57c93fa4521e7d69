"""The words and the evidence of an item that the reader hears, from its mention and from what was said just before."""

from __future__ import annotations

import re
from typing import NamedTuple

from copilot.analysis.extraction.mentions import Kind, Mention, substance, told_in
from copilot.analysis.extraction.metrics.names import measure_names
from copilot.analysis.extraction.metrics.sayings import measured_by_question
from copilot.analysis.extraction.phrases import Phrase, Phrases, names_of
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.flaws import Flaw, flaw, opens_with_level
from copilot.analysis.language.wording import as_spoken
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, numbers_in
from copilot.analysis.reader import Impressions
from copilot.domain.impressions import Part
from copilot.domain.items import Evidence, Item
from copilot.domain.state import CallState

_ENOUGH = 3  # content words that say what a thing is
_NEIGHBOURS = 1  # utterances before it whose words a mention may take
_SUBJECT = 0.15  # how likely a clause has to be for that
_LEAST_SUBJECT = 0.3  # how likely a name has to be that of what a level is said of
_PREPOSED = re.compile(r"(?:at|to|under|below|above|over|within|inside|from|by|down|up)\b", re.I)
_REWORDED = frozenset((Part.OUTCOME, Part.CAPABILITY))


class Worded(NamedTuple):
    """An item's words, its evidence, and the other ways to put it."""

    text: str
    evidence: tuple[Evidence, ...]
    phrases: Phrases


def worded(state: CallState, mention: Mention, kind: Kind, impressions: Impressions) -> Worded:
    """The words for a new item; how much, without of what, goes behind the thing spoken of just before."""
    here = Evidence(utterance=mention.i, quote=mention.quote)
    found = Phrases(mention, kind, names_of(state))
    if found.best.flaw is Flaw.PIECE:
        return _worded_by_neighbours(state, mention, kind, impressions) or Worded(found.best.text, (here,), found)
    subject = _subject(state, mention, found.best.text, impressions) if _says_little(found.best, kind) else None
    if subject is None:
        return Worded(found.best.text, (here,), found)
    name, place, quote = subject
    evidence = (Evidence(utterance=place, quote=quote), here)
    if kind.part is Part.CAPABILITY:
        return Worded(name, evidence, found)
    level = as_spoken(found.best.text)
    return Worded(f"{name} {level}" if _PREPOSED.match(level) else f"{name}, {level}", evidence, found)


def _says_little(best: Phrase, kind: Kind) -> bool:
    """Whether words say how much, or beside what, and not of what."""
    if kind.part is Part.CAPABILITY:
        return best.flaw is Flaw.OPEN and substance(best.text) < _ENOUGH
    return best.flaw is Flaw.OPEN or (
        best.flaw is Flaw.NONE and opens_with_level(best.text) and substance(best.text) < _ENOUGH
    )


def put_better(state: CallState, item: Item, mention: Mention, kind: Kind) -> str | None:
    """Other words for an item that was put badly, if these say at least as much and read well."""
    if "text" in item.locked or flaw(item.text) < Flaw.OPEN or kind.part not in _REWORDED:
        return None
    best = Phrases(mention, kind, names_of(state)).best
    enough = substance(best.text) >= max(2, substance(item.text)) and alike(best.text, item.text)
    return best.text if best.flaw is Flaw.NONE and enough else None


def alike(a: str, b: str) -> bool:
    """Whether two mentions share a figure or a content word."""
    return bool(numbers_in(a) & numbers_in(b) or content_words(a) & content_words(b))


def _worded_by_neighbours(state: CallState, mention: Mention, kind: Kind, impressions: Impressions) -> Worded | None:
    """The words of what was said just before, where the mention itself has none for a card."""
    here = Evidence(utterance=mention.i, quote=mention.quote)
    for k in range(mention.i, max(-1, mention.i - 1 - _NEIGHBOURS), -1):
        told = [t for t in told_in(state, k, kind, impressions) if t.likely >= _SUBJECT and substance(t.said)]
        before = tuple(t for t in told if k < mention.i or t.end <= mention.told[0].start)
        if before:
            found = Phrases(Mention(k, state.utterances[k].text, before, mention.opening), kind, names_of(state))
            if found.best.flaw in (Flaw.NONE, Flaw.TALK):
                said = next((t.said for t in before if found.best.text.lower() in t.said.lower()), before[-1].said)
                return Worded(found.best.text, (Evidence(utterance=k, quote=said), here), found)
    return None


def _subject(state: CallState, mention: Mention, level: str, impressions: Impressions) -> tuple[str, int, str] | None:
    """What a level is said of: what the question asked for, or else the likeliest of the names within hearing."""
    asked = question_answered(state.utterances, mention.i)
    if asked is not None and (wanted := measured_by_question(state.utterances[asked].text)):
        return wanted, asked, state.utterances[asked].text.strip()
    for name in measure_names(state, mention, impressions):
        if name.likely < _LEAST_SUBJECT:
            break
        if not find_quantities(name.text) and not content_words(name.text) & content_words(level):
            return name.text, name.evidence.utterance, name.evidence.quote
    return None
