"""The figures that a score is told in, by name, and how far they can be trusted."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from copilot.analysis.scoring.tally import ITEM_KINDS, Counts, Tally

Figure = Callable[[Tally], float | None]

RESAMPLES = 500
LEVEL = 0.95


def _f1_of(kind: str) -> Figure:
    return lambda tally: tally.items.get(kind, Counts()).f1


FIGURES: Mapping[str, Figure] = {
    "stages, macro-F1": lambda tally: tally.stage_macro_f1,
    "stages, exact": lambda tally: tally.exact_stages,
    "stages, first or second": lambda tally: tally.stage_or_next.value,
    "stages, calibration error": lambda tally: tally.calibration_error,
    **{f"{kind.replace('_', ' ')}, F1": _f1_of(kind) for kind in ITEM_KINDS},
    "links, F1": lambda tally: tally.links.f1,
    "links between, F1": lambda tally: tally.links_between.f1,
    "fields right": lambda tally: tally.all_fields.value,
    "pitfalls, F1": lambda tally: tally.all_pitfalls.f1,
    "false pitfalls per hour": lambda tally: tally.false_pitfalls_per_hour,
    "questions right": lambda tally: tally.questions.value,
    "items later withdrawn": lambda tally: tally.withdrawn.value,
    "grounded": lambda tally: tally.grounding.value,
}


class Interval(NamedTuple):
    low: float
    high: float


def intervals(tallies: Sequence[Tally], *, resamples: int = RESAMPLES) -> dict[str, Interval]:
    """Where each figure lies in 95 of 100 sets of calls drawn from these with replacement (percentile bootstrap).

    The draws are the same every time. Calls, not utterances, are drawn: what is said within one call belongs together.
    """
    draw = random.Random(0)  # noqa: S311  no secret depends on it
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    for _ in range(resamples):
        total = sum(draw.choices(tallies, k=len(tallies)), Tally())
        for name, figure in FIGURES.items():
            if (value := figure(total)) is not None:
                drawn[name].append(value)
    return {name: _middle(sorted(values)) for name, values in drawn.items() if values}


def _middle(values: Sequence[float]) -> Interval:
    outside = (1 - LEVEL) / 2
    last = len(values) - 1
    return Interval(values[round(outside * last)], values[round((1 - outside) * last)])
