"""What the figures of a mention measure: every name that is within hearing, weighed by the signs that speak for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from copilot.analysis.extraction.matching import latest, likeness
from copilot.analysis.extraction.mentions import Kind, Mention, Told, likely_stems, naming_stems, told_in
from copilot.analysis.extraction.metrics.named_things import is_measure, is_person, things_in
from copilot.analysis.extraction.metrics.ways_to_name import PEOPLE, ways_to_name
from copilot.analysis.extraction.metrics.weights import IS_MEASURED
from copilot.analysis.language.dialogue import question_answered
from copilot.analysis.language.flaws import flaw
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers.tokens import one_of
from copilot.analysis.reader import Impressions
from copilot.analysis.weighing import weighed
from copilot.domain.call import Role
from copilot.domain.impressions import Part, Tag
from copilot.domain.items import Evidence
from copilot.domain.state import CallState

MEASURES = Kind(
    Part.METRIC, Tag.METRIC, Tag.NEW_METRIC, least=0.3, least_of_rep=0.3, beside=(Part.BASELINE, Part.TARGET)
)
_NEARLY = 0.1
_UNLIKELY = 0.05  # a clause that no name is looked for in
_BACK = 2  # utterances before it in which a name is looked for
_SERVED_REACH = 8  # utterances for which an outcome is the one that figures are told of
_AS_AN_OUTCOME = 0.5
_WORDS_OF_MEASURING = one_of(
    """
    share rates? times? number counts? costs? scores? hours minutes days percentage average spend spending overtime
    churn waste errors? complaints calls orders returns revenue margin backlog wait turnaround satisfaction retention
    """
)
_MEASURE_WORD = re.compile(rf"\b{_WORDS_OF_MEASURING}\b", re.I)
_RHYTHM = re.compile(
    r"\b(?:daily|weekly|monthly|quarterly|yearly|annually|(?:once|twice) an?|(?:every|each) (?:day|week|month|quarter"
    r"|year|\w+day))\b",
    re.I,
)
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
    found: dict[str, Heard] = {}
    for text, evidence, signs in (*_said(state, mention, impressions), *_of_outcome(state, mention, impressions)):
        known = found.get(text.lower())
        if known is None:
            found[text.lower()] = Heard(text, evidence, signs | _signs_of_name(state, mention, text))
        elif "of an outcome" not in signs:
            known.signs.update({sign: max(amount, known.signs.get(sign, 0.0)) for sign, amount in signs.items()})
    return list(found.values())


def _said(state: CallState, mention: Mention, impressions: Impressions) -> Iterator[Heard]:
    """What clauses up to the mention name, once for each way in which one does, with the signs of the place."""
    asked = question_answered(state.utterances, mention.i)
    for k in range(max(0, mention.i - _BACK), mention.i + 1):
        clauses = told_in(state, k, MEASURES, impressions)
        naming = naming_stems(clauses)
        for told in clauses:
            if k == mention.i and told.start >= mention.told[-1].end:
                break
            if told.likely < _UNLIKELY:
                continue
            for way, text in ways_to_name(told):
                if not is_person(state, mention, text):
                    signs = _signs_of_place(state, mention, told, k, text, naming)
                    signs |= {f"by {way}": 1.0, "asked": float(k == asked)}
                    yield Heard(text, Evidence(utterance=k, quote=told.said), signs)


def _of_outcome(state: CallState, mention: Mention, impressions: Impressions) -> Iterator[Heard]:
    """The names that the outcome spoken of last gives to figures that are told of it."""
    served = latest(state.outcomes.values(), mention.i, reach=_SERVED_REACH)
    naming = naming_stems(told_in(state, mention.i, MEASURES, impressions))
    for text in filter(None, things_in(served.text)) if served else ():
        signs = _signs_of_place(state, mention, mention.told[0], mention.i, text, naming) | {"of an outcome": 1.0}
        yield Heard(text, Evidence(utterance=mention.i, quote=mention.quote), signs)


def _signs_of_place(
    state: CallState, mention: Mention, told: Told, k: int, name: str, naming: Mapping[str, float]
) -> dict[str, float]:
    stems = content_words(name)
    likely = likely_stems((told,))
    inside = k == mention.i and told.start >= mention.told[0].start
    place = "inside" if inside else "before" if k == mention.i else f"{mention.i - k} before"
    return {
        "likely words": sum(likely.get(stem, 0.0) for stem in stems) / max(1, len(stems)),
        "likely clause": told.likely,
        "naming words": sum(naming.get(stem, 0.0) for stem in stems) / max(1, len(stems)),
        place: 1.0,
        "by the rep": float(state.utterances[k].role is Role.REP),
    }


def _signs_of_name(state: CallState, mention: Mention, name: str) -> dict[str, float]:
    return {
        "bias": 1.0,
        f"{min(len(content_words(name)), 4)} words": 1.0,
        f"reads {flaw(name).name.lower()}": 1.0,
        "measure word": float(bool(_MEASURE_WORD.search(name))),
        "people": float(bool(PEOPLE.search(name))),
        "rhythm": float(bool(_RHYTHM.search(name))),
        "proper": float(bool(_PROPER.search(name))),
        "a piece": float(not is_measure(state, mention, name)),
        "an outcome": float(any(likeness(o, name) >= _AS_AN_OUTCOME for o in state.outcomes.values() if o.stands)),
    }
