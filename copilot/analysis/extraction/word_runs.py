"""Runs of words that are likely to say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from copilot.domain.impressions import word_places

MARKS = " \t.,;:!?…–—-\"“”'’()"


class Said(NamedTuple):
    """Words of an utterance, and how likely they say it."""

    words: str
    start: int
    likely: float


def word_runs(text: str, likely: Sequence[float], least: float) -> Iterator[Said]:
    """The runs of words that are likely enough."""
    places = word_places(text)
    run: list[int] = []
    for n in range(len(places) + 1):
        if n < len(places) and likely[n] >= least:
            run.append(n)
        elif run:
            start, end = places[run[0]][0], places[run[-1]][1]
            yield Said(text[start:end], start, max(likely[k] for k in run))
            run = []
