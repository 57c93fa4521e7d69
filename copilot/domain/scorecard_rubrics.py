"""The standard that a call is judged by: sections of criteria, each with what is looked at to answer it.

What is looked at is said in the file, so that a company can write criteria of its own. Every look gives a share
between 0 and 1, or a number, and the moments that it rests on; a criterion turns that into its answer.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from copilot.domain.call import CallKind, Role
from copilot.domain.conversation import Identifier, PlainQuestion, Text
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.templates import placeholders, uses_only
from copilot.domain.value import Value

ItemsOf = Literal["outcomes", "capabilities", "metrics", "next_steps"]
HAVING: dict[ItemsOf, frozenset[str]] = {
    "outcomes": frozenset({"measured", "priority", "capability", "metric", "confirmed"}),
    "capabilities": frozenset({"outcome", "phase", "confirmed"}),
    "metrics": frozenset({"outcome", "baseline", "target", "owner", "cadence", "leading", "lagging", "confirmed"}),
    "next_steps": frozenset({"owner", "due", "confirmed"}),
}
"""What an item of each kind may be asked to have."""

Stat = Literal["talk_ratio", "longest_monologue_s", "rep_questions"]


class StageLook(Value):
    """How far a stage was covered: untouched nothing, thin 0.5, covered 1; nothing where `told_by` says none of it.

    Its moments are that side's.
    """

    look: Literal["stage"]
    stage: Identifier
    told_by: Literal[Role.CUSTOMER, Role.REP] = Role.CUSTOMER


class AskedLook(Value):
    """Whether the rep asked about a stage: 1 from `at_least` questions on, 0.5 with fewer, nothing without one."""

    look: Literal["asked"]
    stages: tuple[Identifier, ...] = Field(min_length=1)
    at_least: int = Field(default=1, ge=1)


class ItemsLook(Value):
    """How many items that the customer said or took up have all of `having`.

    1 where all have it, or `at_least` so many; 0.5 where some do, 0 where none does; nothing where there are no items.
    """

    look: Literal["items"]
    items: ItemsOf
    having: tuple[Identifier, ...] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _asks_for_what_there_is(self) -> Self:
        unknown = set(self.having) - HAVING[self.items]
        if unknown:
            known = ", ".join(sorted(HAVING[self.items]))
            raise ValueError(f"{self.items} cannot have {min(unknown)!r}; they can have {known}")
        return self


class CountLook(Value):
    """How many items of a kind the customer said or took up; a number."""

    look: Literal["count"]
    items: ItemsOf


class Chance(Value):
    """Moments at which a pitfall could have happened: what this side says about these stages, or asks.

    With fewer than `at_least`, that none was found tells nothing.
    """

    role: Role = Role.REP
    stages: tuple[Identifier, ...] = Field(default=(), description="None: about anything.")
    asking: bool = False
    at_least: int = Field(default=1, ge=1)


class AvoidedLook(Value):
    """Whether pitfalls stayed away: 0 where one happened, 1 where none did although there was a chance for it."""

    look: Literal["avoided"]
    pitfalls: tuple[PitfallKind, ...] = Field(min_length=1)
    chance: Chance


class TalkLook(Value):
    """A figure of the talk; a number. Its moment is the rep's longest stretch, or the rep's questions."""

    look: Literal["talk"]
    stat: Stat


Look = Annotated[StageLook | AskedLook | ItemsLook | CountLook | AvoidedLook | TalkLook, Field(discriminator="look")]
NUMBERS = (CountLook, TalkLook)


class Applies(Value):
    """What has to be there for a criterion to apply; else it is not applicable, and `otherwise` says why."""

    items: ItemsOf | None = None
    stage: Identifier | None = None
    otherwise: Text

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if (self.items is None) == (self.stage is None):
            raise ValueError("a rule names either `items` or a `stage`")
        return self


class Level(Value):
    """One answer on a scale. It is given from `share` on."""

    share: float = Field(ge=0, le=1)
    title: Text
    means: Text


class Span(Value):
    """Full marks from `low` to `high`, none at or beyond `none_below` or `none_above`, in between in proportion."""

    low: float | None = None
    high: float | None = None
    none_below: float | None = None
    none_above: float | None = None
    unit: Text

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a number needs `low` or `high`")
        ends = [end for end in (self.none_below, self.low, self.high, self.none_above) if end is not None]
        if ends != sorted(set(ends)):
            raise ValueError("`none_below`, `low`, `high`, `none_above` go upwards")
        if (self.none_below is None) != (self.low is None) or (self.none_above is None) != (self.high is None):
            raise ValueError("`low` goes with `none_below`, and `high` with `none_above`")
        return self


class Criterion(Value):
    """One line of a scorecard. `evidence` is how many moments an answer needs; with fewer nothing was observed."""

    id: Identifier
    title: Text
    question: PlainQuestion
    type: Literal["yes_no", "scale", "number"]
    weight: float = Field(gt=0)
    critical: bool = False
    evidence: int = Field(default=1, ge=1)
    answered_by: Look
    applies: Applies | None = None
    levels: tuple[Level, ...] = ()
    span: Span | None = None
    well: Text = Field(description="Said to the rep where it was done well.")
    work_on: Text = Field(description="Said to the rep where it was not.")
    ask: tuple[Annotated[str, Field(min_length=1), AfterValidator(uses_only("item"))], ...] = Field(
        min_length=1, description="A better question to ask there; {item} is what it was about."
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if (self.type == "scale") != bool(self.levels):
            raise ValueError("a scale has `levels`, and nothing else has")
        if self.levels and [level.share for level in self.levels] != sorted({level.share for level in self.levels}):
            raise ValueError("`levels` go upwards by their `share`")
        if self.levels and self.levels[0].share != 0:
            raise ValueError("the lowest of `levels` has the `share` 0")
        if (self.type == "number") != (self.span is not None):
            raise ValueError("a number has a `span`, and nothing else has")
        if (self.type == "number") != isinstance(self.answered_by, NUMBERS):
            raise ValueError("`count` and `talk` give a number, and nothing else does")
        if placeholders(self.ask[-1]):
            raise ValueError("the last of `ask` needs no {item}")
        return self


class Section(Value):
    id: Identifier
    title: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class ScorecardRubric(Value):
    version: int = Field(ge=1)
    changed: Text
    kind: CallKind
    title: Text
    notice: Text = Field(description="What the scores are not to be used for.")
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def name(self) -> str:
        """What a scorecard names as its rubric."""
        return f"scorecards/{self.kind}/{self.version}"

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for section in self.sections for criterion in section.criteria)
