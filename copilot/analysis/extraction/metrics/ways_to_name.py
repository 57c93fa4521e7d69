"""The ways in which a clause names what is measured: by its figures, by what is asked or counted, by likely words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from copilot.analysis.extraction.antecedents import thing_named
from copilot.analysis.extraction.mentions import Told
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
from copilot.analysis.extraction.metrics.words import measure_name
from copilot.analysis.extraction.word_runs import MARKS
from copilot.analysis.language.flaws import Flaw, flaw, opens_with_level
from copilot.analysis.language.phrasing import core, tidy
from copilot.analysis.language.wording import named
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, is_number_word
from copilot.analysis.numbers.tokens import one_of

_UNDERLINED = 0.3  # how likely a word has to be to name the measure
_MOST_FIGURES = 3  # of a clause
_MOST_PHRASE_WORDS = 10
_LEAST_PHRASE = 2  # content words
_WORDS_OF_PEOPLE = one_of(
    """
    people lads? team board group judge boss manager managers director officer controller lead woman man guy somebody
    owner president committee customers? department office page paper sheet report pack table slide system
    """
)
PEOPLE = re.compile(rf"\b{_WORDS_OF_PEOPLE}$|\bcalled\b", re.I)
_HUNG_BEFORE = re.compile(
    r"^(?:(?:and|or|but|so|in|of|to|at|on|by|for|from|per|with|about|is|are|was|were|that|the|a|an|then)\s+)+", re.I
)
_PROPOSES = re.compile(r"(?:let['’]s|let us|shall we)\b", re.I)
_OPENS_WITH_RHYTHM = re.compile(
    r"(?:(?:at least|usually|only|just)\s+)?(?:daily|weekly|monthly|quarterly|yearly|annually|(?:once|twice) an?|every"
    r"|each)\b(?! (?:\w+ )?(?:order|delivery|call|case|shift|visit|job))",
    re.I,
)

WayAndName = tuple[str, str]


def ways_to_name(told: Told) -> Iterator[WayAndName]:
    """The names in a clause as it is heard, each after the way it is found."""
    yield from names_in(told.said)
    yield from (("underlining", name) for name in _underlined(told) if not _is_no_name(name))


@lru_cache(maxsize=2048)
def names_in(said: str) -> tuple[WayAndName, ...]:
    """The names in a clause, each after the way it is found."""
    found = ((how, name) for how, name in dict.fromkeys(_names_in(said)) if name)
    return tuple((how, name) for how, name in found if not _is_no_name(name))


def _is_no_name(text: str) -> bool:
    """Whether words tell how often, or what is proposed."""
    return bool(_OPENS_WITH_RHYTHM.match(text) or _PROPOSES.match(text))


def _names_in(said: str) -> Iterator[WayAndName]:
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


def _underlined(told: Told) -> Iterator[str]:
    """The words of a clause that the reader takes for a measure's, where they can stand on a card."""
    for _, run in groupby(told.words, lambda word: word.naming >= _UNDERLINED):
        words = list(run)
        if words[0].naming >= _UNDERLINED:
            said = told.said[max(0, words[0].start - told.start) : words[-1].end - told.start]
            bare = _HUNG_BEFORE.sub("", said.strip(MARKS))
            text = measure_name(bare) or tidy(named(bare))
            if content_words(text) and not (find_quantities(text) or PEOPLE.search(text) or _begins_with_number(text)):
                yield text


def _begins_with_number(text: str) -> bool:
    """Whether words begin within a figure: "hundred signed on the tablet"."""
    return is_number_word(text.split()[0].lower())
