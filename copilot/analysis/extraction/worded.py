"""The words and the evidence of an item that the reader hears, from its mention and from what was said just before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.measures import measure_name, measured_by_question, measured_in, names_a_thing
from copilot.analysis.extraction.mentions import Kind, Mention, substance, told_in
from copilot.analysis.extraction.phrases import Phrase, Phrases, names_of
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.flaws import Flaw, flaw, opens_with_level
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.wording import as_spoken
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, numbers_in
from copilot.analysis.reader import Impressions
from copilot.domain.impressions import Part, Tag
from copilot.domain.items import Evidence, Item
from copilot.domain.state import CallState

_ENOUGH = 3  # content words that say what a thing is
_BACK = 2  # utterances in which it is looked for what a level is said of
_NEIGHBOURS = 1  # utterances before it whose words a mention may take
_SUBJECT = 0.15  # how likely a clause has to be to say that
_PREPOSED = re.compile(r"(?:at|to|under|below|above|over|within|inside|from|by|down|up)\b", re.I)
_ROLE = re.compile(r"\b(?:lead|head|manager|director|controller|officer|c[efito]o|president)$", re.I)
_MEASURES = Kind(Part.METRIC, Tag.METRIC, Tag.NEW_METRIC, least=_SUBJECT, least_of_rep=_SUBJECT)
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
    subject = _subject(state, mention, kind, impressions) if _says_little(found.best, kind) else None
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


def things_in(said: str) -> Iterator[str]:
    """What figures can be told of, as a clause names it."""
    for quantity in find_quantities(said)[:2]:
        yield measured_in(said, quantity.start, quantity.end)
    yield measure_name(core(said))
    yield measure_name(thing_named(said))


def is_measure(state: CallState, mention: Mention, name: str) -> bool:
    """Whether words can name a measure; one word alone where it has been spoken of before, or is no proper name."""
    if not names_a_thing(name) or _is_person(state, mention, name):
        return False
    if len(content_words(name)) > 1:
        return True
    heard = [u.text for u in state.utterances[: mention.i + 1]]
    if any(re.search(rf"[a-z,] {re.escape(name)}\b", text) for text in heard):
        return False
    return heard[-1] != heard[-1].lower() or any(content_words(name) <= content_words(text) for text in heard[:-1])


def _is_person(state: CallState, mention: Mention, name: str) -> bool:
    """Whether words are somebody's role, called by name just now: "our quality lead, Henrik" is no measure."""
    role = name.partition(",")[0]
    if not _ROLE.search(role):
        return False
    called = re.compile(rf"\b(?i:{re.escape(role)}),\s+[A-Z]")
    return any(called.search(u.text) for u in state.utterances[max(0, mention.i - _BACK) : mention.i + 1])


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


def _subject(state: CallState, mention: Mention, kind: Kind, impressions: Impressions) -> tuple[str, int, str] | None:
    """What a level is said of: what the question asked for, or else the thing named nearest before."""
    asked = question_answered(state.utterances, mention.i)
    if asked is not None and (wanted := measured_by_question(state.utterances[asked].text)):
        return wanted, asked, state.utterances[asked].text.strip()
    for k in range(mention.i, max(-1, mention.i - 1 - _BACK), -1):
        told = [*told_in(state, k, kind, impressions), *told_in(state, k, _MEASURES, impressions)]
        before = [t for t in told if t.likely >= _SUBJECT and (k < mention.i or t.end <= mention.told[0].start)]
        for clause in sorted(before, key=lambda t: -t.weight):
            name = next((n for n in things_in(clause.said) if is_measure(state, mention, n)), None)
            if name:
                return name, k, clause.said
    return None
