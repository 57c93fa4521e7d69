"""Which words of an utterance say what a label says: labels name utterances, and put things in words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from copilot.analysis.language.clauses import clauses
from copilot.analysis.language.words import content_words
from copilot.domain.impressions import Part, word_places
from copilot.domain.labelled import LabelledCall, LabelledItem, LabelledUtterance

PARTS = tuple(Part)
_THINGS = {
    Part.OUTCOME: "outcomes",
    Part.CAPABILITY: "capabilities",
    Part.METRIC: "metrics",
    Part.NEXT_STEP: "next_steps",
}
_VALUES = {
    Part.BASELINE: ("metrics", "baseline"),
    Part.TARGET: ("metrics", "target"),
    Part.OWNER: ("metrics", "owner"),
    Part.CADENCE: ("metrics", "cadence"),
    Part.STEP_OWNER: ("next_steps", "owner"),
    Part.DUE: ("next_steps", "due"),
}
_ENOUGH = 0.6  # of the words that the best clause has in common with the label

Floats = NDArray[np.float32]


class Place(NamedTuple):
    """Characters `start` to `end` of an utterance's text."""

    start: int
    end: int


def part_targets(call: LabelledCall) -> list[Floats]:
    """For every utterance (words, parts): 1 where a word says it, 0 where not, not-a-number where nobody knows."""
    found = [np.zeros((len(word_places(u.text)), len(PARTS)), dtype=np.float32) for u in call.utterances]
    for column, part in enumerate(PARTS):
        for i, place in _places(call, part):
            rows = found[i][:, column]
            for n, (start, end) in enumerate(word_places(call.utterances[i].text)):
                if place is None:
                    rows[n] = rows[n] or np.nan
                elif start < place.end and place.start < end:
                    rows[n] = 1.0
    return found


def _places(call: LabelledCall, part: Part) -> Iterator[tuple[int, Place | None]]:
    """Where a part is said; no place where it is said somewhere in the utterance."""
    if part in _THINGS:
        for item in getattr(call.labels, _THINGS[part]):
            for i in sorted(item.at):
                yield from ((i, place) for place in _of_thing(call.utterances[i], item))
        return
    kind, field = _VALUES[part]
    for item in getattr(call.labels, kind):
        value = getattr(item, field)
        if value:
            yield from _of_value(call, item.at, value)


def _of_thing(utterance: LabelledUtterance, item: LabelledItem) -> list[Place | None]:
    wanted = content_words(item.text)
    told = [(len(content_words(c.said) & wanted), c) for c in clauses(utterance.text)]
    best = max((n for n, _ in told), default=0)
    if not best:
        return [None]
    return [Place(c.start, c.end) for n, c in told if n >= max(1, _ENOUGH * best)]


def _of_value(call: LabelledCall, at: Iterable[int], value: str) -> Iterator[tuple[int, Place | None]]:
    said = re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, re.findall(r"\w+", value))) + r"(?!\w)", re.I)
    for i in sorted(at):
        match = said.search(call.utterances[i].text)
        if match:
            yield i, Place(*match.span())
