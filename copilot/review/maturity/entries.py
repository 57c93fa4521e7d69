"""What a maturity map is made of."""

from __future__ import annotations

from datetime import date
from typing import Literal

from copilot.domain.accounts import Quoted
from copilot.domain.blueprint import Level, MaturityLevel
from copilot.domain.value import Value

StepState = Literal["open", "taken", "overdue", "done"]


def short_name(dimension: str) -> str:
    """A dimension's id as words for a sentence."""
    return dimension.replace("_", " ")


class Placing(Value):
    """Where somebody placed a dimension, as of a day. `note` is its number in the journal."""

    level: Level | None
    why: str | None = None
    said: Quoted | None = None
    on: date
    by: str
    note: int


class CallNamed(Value):
    id: str
    title: str


class MaturityProposal(Value):
    """What the calls and ledgers show of a dimension. It places nothing: a person does, or does not.

    `level` is None where the figures fit no level that they could tell; `rule` says which would be proposed when.
    `calls` are some of the newest that were counted.
    """

    level: Level | None
    figures: tuple[str, ...]
    rule: str
    calls: tuple[CallNamed, ...] = ()


class MaturityDimension(Value):
    """`short` is its name in a sentence; `gap` how it looks one level up. Without `standing` nobody has placed it.

    `history` holds everything that was placed, as of earlier days first.
    """

    id: str
    short: str
    title: str
    levels: dict[Level, str]
    standing: Placing | None = None
    next: Level | None = None
    gap: str | None = None
    history: tuple[Placing, ...] = ()
    proposal: MaturityProposal | None = None


class MaturityGroup(Value):
    id: str
    title: str
    dimensions: tuple[MaturityDimension, ...]


class PlanStep(Value):
    id: str
    text: str
    parts: tuple[str, ...] = ()
    state: StepState
    owner: str | None = None
    due: date | None = None
    done_on: date | None = None
    done_by: str | None = None


class PlanStage(Value):
    """The steps from one level to the next; `behind` are the dimensions that have not got beyond that level."""

    from_level: Level
    to_level: Level
    steps: tuple[PlanStep, ...]
    done: int
    behind: tuple[str, ...] = ()


class MaturitySummary(Value):
    """There is no average. `mostly` is the level of most dimensions, of several the lowest; None before the first.

    `furthest_behind` are the dimensions at the lowest level, where that is below `mostly`.
    """

    assessed: int
    dimensions: int
    counts: dict[Level, int]
    mostly: Level | None = None
    furthest_behind: tuple[str, ...] = ()
    says: str


class ProgressPoint(Value):
    """A state to compare: a closed assessment, a day on which something was placed, or what stands now."""

    id: str
    words: str
    on: date


class MaturityMove(Value):
    """What became of a dimension between two points. `by` counts levels, down ones negative; None where one is open."""

    dimension: str
    title: str
    before: Level | None
    after: Level | None
    by: int | None = None


class MaturityProgress(Value):
    """`moves` are the dimensions that changed; `steps_done` those ticked after the first point, up to the second."""

    before: ProgressPoint
    after: ProgressPoint
    moves: tuple[MaturityMove, ...]
    unchanged: int
    steps_done: tuple[str, ...] = ()
    says: str


class MaturityMap(Value):
    """Everything about a company's own value work, as of `today`. `points` can be compared, the earliest first."""

    blueprint: int
    today: date
    levels: tuple[MaturityLevel, ...]
    groups: tuple[MaturityGroup, ...]
    summary: MaturitySummary
    plan: tuple[PlanStage, ...]
    points: tuple[ProgressPoint, ...] = ()
    progress: MaturityProgress | None = None

    @property
    def dimensions(self) -> tuple[MaturityDimension, ...]:
        return tuple(dimension for group in self.groups for dimension in group.dimensions)

    @property
    def next_stage(self) -> PlanStage | None:
        """The steps on from the level that most dimensions are at; from the first where nothing is placed."""
        at = self.summary.mostly or self.levels[0].numeral
        return next((stage for stage in self.plan if stage.from_level == at), None)
