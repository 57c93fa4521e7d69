"""Is it getting better: a dot per call, and the median of the last five."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from copilot.domain.value import Value
from copilot.review.team.calls import Compared, Scored

WINDOW = 5
LEAST = 6
"""Under so many calls by one rubric there is no line."""


class Dot(Value):
    """`value`: the share of its points that the call has, or the criterion's share where one is asked for.

    `median`: of the last five by this rubric, itself included; None where there are not enough.
    """

    call: str
    title: str
    at: str
    rubric: str
    value: float
    median: float | None = None


class Trend(Value):
    """`rep` None: the team. `rubric_changes` are the indexes of the dots from which another rubric scored."""

    rep: str | None
    n: int
    without_score: int
    dots: tuple[Dot, ...]
    rubric_changes: tuple[int, ...]


def trends(compared: Compared, criterion: str | None = None) -> tuple[Trend, ...]:
    """The team first, then each rep. Calls that another rubric scored are among them, behind a line."""
    calls = compared.by_any_rubric
    reps = compared.by_rep(calls)
    return (_trend(None, calls, criterion), *(_trend(rep, theirs, criterion) for rep, theirs in reps.items()))


def _trend(rep: str | None, calls: Sequence[Scored], criterion: str | None) -> Trend:
    dots = [dot for scored in calls if (dot := _dot(scored, criterion)) is not None]
    changes = [n for n, (before, after) in enumerate(pairwise(dots), 1) if before.rubric != after.rubric]
    ends = [0, *changes, len(dots)]
    stretches = [dots[start:end] for start, end in pairwise(ends)]
    return Trend(
        rep=rep,
        n=len(dots),
        without_score=len(calls) - len(dots),
        dots=tuple(dot for stretch in stretches for dot in _with_medians(stretch)),
        rubric_changes=tuple(changes),
    )


def _dot(scored: Scored, criterion: str | None) -> Dot | None:
    card, call = scored.judged.card, scored.call
    answer = scored.answer(criterion) if criterion else None
    value = answer.counted_share if answer else None if criterion else card.score
    if value is None:
        return None
    return Dot(call=call.id, title=call.title, at=call.at, rubric=card.rubric, value=value)


def _with_medians(dots: Sequence[Dot]) -> list[Dot]:
    if len(dots) < LEAST:
        return list(dots)
    values = [dot.value for dot in dots]
    return [
        dot.model_copy(update={"median": median(values[n + 1 - WINDOW : n + 1])}) if n + 1 >= WINDOW else dot
        for n, dot in enumerate(dots)
    ]
