"""What the figures of a mention measure: every name that is within hearing, weighed by the signs that speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.matching import latest, likeness
from copilot.analysis.extraction.mentions import Kind, Mention, Told, likely_stems, told_in
from copilot.analysis.extraction.metrics.named_things import is_measure, things_in
from copilot.analysis.extraction.metrics.sayings import (
    asked_how_many,
    counted_in,
    introduced_in,
    measured_by,
    measured_by_question,
    noun_counted,
    reached_in,
    reported_in,
    told_by,
)
from copilot.analysis.extraction.metrics.weights import IS_MEASURED
from copilot.analysis.extraction.metrics.words import measure_name
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.flaws import Flaw, flaw, opens_with_level
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities
from copilot.analysis.numbers.tokens import one_of
from copilot.analysis.reader import Impressions
from copilot.analysis.weighing import weighed
from copilot.domain.call import Role
from copilot.domain.impressions import Part, Tag
from copilot.domain.items import Evidence
from copilot.domain.state import CallState

MEASURES = Kind(
    Part.METRIC, Tag.METRIC, Tag.NEW_METRIC, least=0.2, least_of_rep=0.2, beside=(Part.BASELINE, Part.TARGET)
)
_NEARLY = 0.1
_UNLIKELY = 0.05  # a clause that no name is looked for in
_BACK = 2  # utterances before it in which a name is looked for
_SERVED_REACH = 8  # utterances for which an outcome is the one that figures are told of
_MOST_FIGURES = 3  # of a clause
_MOST_PHRASE_WORDS = 10
_LEAST_PHRASE = 2  # content words
_AS_AN_OUTCOME = 0.5
_WORDS_OF_MEASURING = one_of(
    """
    share rates? times? number counts? costs? scores? hours minutes days percentage average spend spending overtime
    churn waste errors? complaints calls orders returns revenue margin backlog wait turnaround satisfaction retention
    """
)
MEASURE_WORD = re.compile(rf"\b{_WORDS_OF_MEASURING}\b", re.I)
_WORDS_OF_PEOPLE = one_of(
    """
    people lads? team board group judge boss manager managers director officer controller lead woman man guy somebody
    owner president committee customers? department office page paper sheet report pack table slide system
    """
)
_PEOPLE = re.compile(rf"\b{_WORDS_OF_PEOPLE}$|\bcalled\b", re.I)
_OPENS_WITH_RHYTHM = re.compile(
    r"(?:(?:at least|usually|only|just)\s+)?(?:daily|weekly|monthly|quarterly|yearly|annually|(?:once|twice) an?|every"
    r"|each)\b(?! (?:\w+ )?(?:order|delivery|call|case|shift|visit|job))",
    re.I,
)
_RHYTHM = re.compile(
    r"\b(?:daily|weekly|monthly|quarterly|yearly|annually|(?:once|twice) an?|(?:every|each) (?:day|week|month|quarter"
    r"|year|\w+day))\b",
    re.I,
)
_PROPOSES = re.compile(r"(?:let['’]s|let us|shall we)\b", re.I)
_PROPER = re.compile(r"(?<=\w\s)[A-Z][a-z]+")


class Name(NamedTuple):
    """What may be measured, how likely it is, and the words that it is taken from."""

    text: str
    likely: float
    evidence: Evidence


class Heard(NamedTuple):
    """A name within hearing, with where it was said, and what speaks for it."""

    text: str
    evidence: Evidence
    signs: dict[str, float]


def measure_names(state: CallState, mention: Mention, impressions: Impressions) -> list[Name]:
    """The names that the figures of a mention can be told of, the likeliest first."""
    heard = names_heard(state, mention, impressions)
    found = [Name(name.text, weighed(name.signs, IS_MEASURED), name.evidence) for name in heard]
    found.sort(key=lambda name: -name.likely)
    return sorted(found, key=lambda name: name is not _whole(found))


def _whole(found: Sequence[Name]) -> Name | None:
    """The likeliest name, or one that begins with its words and says more, where that is nearly as likely."""
    best = next(iter(found), None)
    longer = (n for n in found if best and n.text.startswith(f"{best.text} ") and n.likely >= best.likely - _NEARLY)
    return next(longer, best)


def names_heard(state: CallState, mention: Mention, impressions: Impressions) -> list[Heard]:
    """Every name of the mention, and of what was said just before; said in several ways, with the signs of all."""
    asked = question_answered(state.utterances, mention.i)
    found: dict[str, Heard] = {}
    for k in range(max(0, mention.i - _BACK), mention.i + 1):
        for told in told_in(state, k, MEASURES, impressions):
            if k == mention.i and told.start >= mention.told[-1].end:
                break
            if told.likely < _UNLIKELY:
                continue
            for how, text in names_in(told.said):
                signs = _signs_of_place(state, mention, told, k, text) | {f"by {how}": 1.0, "asked": float(k == asked)}
                known = found.get(text.lower())
                if known is None:
                    signs |= _signs_of_name(state, mention, text)
                    found[text.lower()] = Heard(text, Evidence(utterance=k, quote=told.said), signs)
                else:
                    known.signs.update({s: max(v, known.signs.get(s, 0.0)) for s, v in signs.items()})
    for text in _of_outcome(state, mention):
        if text.lower() not in found:
            signs = _signs_of_place(state, mention, mention.told[0], mention.i, text) | {"of an outcome": 1.0}
            signs |= _signs_of_name(state, mention, text)
            found[text.lower()] = Heard(text, Evidence(utterance=mention.i, quote=mention.quote), signs)
    return list(found.values())


def _of_outcome(state: CallState, mention: Mention) -> list[str]:
    """The names that the outcome spoken of last gives to figures that are told of it."""
    served = latest(state.outcomes.values(), mention.i, reach=_SERVED_REACH)
    return [text for text in things_in(served.text) if text] if served else []


@lru_cache(maxsize=2048)
def names_in(said: str) -> tuple[tuple[str, str], ...]:
    """The names in a clause, each after the way it is found."""
    found = ((how, name) for how, name in dict.fromkeys(_names_in(said)) if name)
    return tuple((how, name) for how, name in found if not _OPENS_WITH_RHYTHM.match(name) and not _PROPOSES.match(name))


def _names_in(said: str) -> Iterator[tuple[str, str]]:
    figures = [q for q in find_quantities(said) if q.kind != "date"][:_MOST_FIGURES]
    for figure in figures:
        yield from (("figure", name) for name in measured_by(said, figure.start, figure.end))
        yield "noun", noun_counted(said, figure)
        yield "deed", reached_in(said, figure)
        yield "told", told_by(said, figure)
    yield "count", counted_in(said)
    yield "how", asked_how_many(said)
    yield "report", reported_in(said)
    yield "topic", introduced_in(said)
    if said.rstrip().endswith("?"):
        yield "question", measured_by_question(said)
    else:
        text = core(said)
        name = measure_name(text)
        yield "clause", name
        yield "thing", measure_name(thing_named(said))
        yield "phrase", "" if name else _phrase(text)


def _phrase(text: str) -> str:
    """A clause that is no name, where it can stand on a card; with "we" or "it" in it only where it tells a figure."""
    if len(text.split()) > _MOST_PHRASE_WORDS or len(content_words(text)) < _LEAST_PHRASE or opens_with_level(text):
        return ""
    figures = len(find_quantities(text))
    return text if figures < 2 and flaw(text) <= (Flaw.TALK if figures else Flaw.NONE) else ""


def _signs_of_place(state: CallState, mention: Mention, told: Told, k: int, name: str) -> dict[str, float]:
    stems = content_words(name)
    likely = likely_stems((told,))
    inside = k == mention.i and told.start >= mention.told[0].start
    place = "inside" if inside else "before" if k == mention.i else f"{mention.i - k} before"
    return {
        "likely words": sum(likely.get(stem, 0.0) for stem in stems) / max(1, len(stems)),
        "likely clause": told.likely,
        place: 1.0,
        "by the rep": float(state.utterances[k].role is Role.REP),
    }


def _signs_of_name(state: CallState, mention: Mention, name: str) -> dict[str, float]:
    return {
        "bias": 1.0,
        f"{min(len(content_words(name)), 4)} words": 1.0,
        f"reads {flaw(name).name.lower()}": 1.0,
        "measure word": float(bool(MEASURE_WORD.search(name))),
        "people": float(bool(_PEOPLE.search(name))),
        "rhythm": float(bool(_RHYTHM.search(name))),
        "proper": float(bool(_PROPER.search(name))),
        "a piece": float(not is_measure(state, mention, name)),
        "an outcome": float(any(likeness(o, name) >= _AS_AN_OUTCOME for o in state.outcomes.values() if o.stands)),
    }
