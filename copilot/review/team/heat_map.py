"""Who needs what: how often each rep met each criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from copilot.analysis.uncertainty import wilson
from copilot.domain.value import Value
from copilot.review.team.calls import FEW, Compared, Scored

LEVELS = 5


class Cell(Value):
    """`n` calls in which it was seen, `met` of them met. What was not observed or does not apply stands beside them.

    `share`, `low`, `high` and `level` (1 to 5, for the colour) are None where there are too few calls.
    """

    criterion: str
    met: int = 0
    partly: int = 0
    not_met: int = 0
    n: int = 0
    not_observed: int = 0
    not_applicable: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None
    level: int | None = Field(default=None, ge=1, le=LEVELS)


class HeatRow(Value):
    rep: str | None
    calls: int
    cells: tuple[Cell, ...]


class HeatMap(Value):
    """`team` are all calls together, each counted once."""

    team: HeatRow
    rows: tuple[HeatRow, ...]


def heat_map(compared: Compared, criteria: Sequence[str]) -> HeatMap:
    reps = compared.by_rep()
    rows = tuple(_row(rep, calls, criteria) for rep, calls in reps.items())
    return HeatMap(team=_row(None, compared.calls, criteria), rows=rows)


def _row(rep: str | None, calls: Sequence[Scored], criteria: Sequence[str]) -> HeatRow:
    return HeatRow(rep=rep, calls=len(calls), cells=tuple(cell(criterion, calls) for criterion in criteria))


def cell(criterion: str, calls: Sequence[Scored]) -> Cell:
    """The verdicts that count, counted."""
    answers = (scored.answer(criterion) for scored in calls)
    verdicts = Counter(answer.verdict for answer in answers if answer is not None)
    met, n = verdicts["met"], verdicts["met"] + verdicts["partly"] + verdicts["not_met"]
    interval = wilson(met, n) if n >= FEW else None
    share = met / n if n >= FEW else None
    return Cell(
        criterion=criterion,
        met=met,
        partly=verdicts["partly"],
        not_met=verdicts["not_met"],
        n=n,
        not_observed=verdicts["not_observed"],
        not_applicable=verdicts["not_applicable"],
        share=share,
        low=interval and interval.low,
        high=interval and interval.high,
        level=None if share is None else min(LEVELS, int(share * LEVELS) + 1),
    )
