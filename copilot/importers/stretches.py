"""Who speaks when, as a file lists it apart from the words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Stretch:
    """From `start_s` to before `end_s`; `speaker` is "" where the file says that it cannot tell."""

    start_s: float
    end_s: float
    speaker: str


class Speakers:
    """Finds the speaker of a moment; of overlapping stretches the one that began last."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._stretches = sorted(stretches)
        self._starts = [stretch.start_s for stretch in self._stretches]

    def at(self, moment_s: float | None) -> str | None:
        if moment_s is None:
            return None
        k = bisect_right(self._starts, moment_s) - 1
        if k < 0 or moment_s >= self._stretches[k].end_s:
            return None
        return self._stretches[k].speaker or None
