"""Lengths on paper, in SVG units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Scale(NamedTuple):
    """Values from `low` to `high` along a line from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def spread(places: Sequence[float], least: float, end: float) -> list[float]:
    """The places, each at least so far from the next, moved no more than that takes, none beyond `end`."""
    order = sorted(range(len(places)), key=lambda k: places[k])
    moved = [places[k] for k in order]
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + least)
    limit = end
    for k in reversed(range(len(moved))):
        moved[k] = min(moved[k], limit)
        limit = moved[k] - least
    return [place for _, place in sorted(zip(order, moved, strict=True))]


def round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, ... (or 0.1, 0.2, 0.5, ...) that is no less: where an axis may end."""
    step = 0.1
    while True:
        for factor in (1, 2, 5):
            if step * factor >= value:
                return round(step * factor, 1)
        step *= 10
