"""What a value report holds: statements with what they stand on, sums with their inputs, and what is still open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, computed_field

from copilot.domain.accounts import Confidence, Period
from copilot.domain.formulas import PyramidLevelId
from copilot.domain.value import Value
from copilot.review.ledger.told import Quote
from copilot.review.value_report.money import Money, Ranged, share_text

Agreement = Literal["agreed", "changed_since", "not_agreed"]

NOT_TOLD = "Nobody has told this part yet."


class Ground(Value):
    """What a statement stands on; `text` is the footnote. A heard one has its quote, a written one its note."""

    how: Literal["heard", "typed", "imported"]
    text: str
    quote: Quote | None = None
    note: int | None = None


class Statement(Value):
    """A sentence of fact. Without grounds there is none."""

    text: str
    grounds: tuple[Ground, ...] = Field(min_length=1)


class AnswerToDoubt(Value):
    """What to say to a customer who doubts that something can be measured."""

    objection: str
    strategy: str
    say: str


class Open(Value):
    """What nobody has said yet: `what` is missing, and what to `ask`."""

    what: str
    ask: str
    answers: tuple[AnswerToDoubt, ...] = ()


class InputLine(Value):
    """An input of a formula. `figure` None: it is still missing, and `ask` gets it."""

    id: str
    title: str
    unit: str
    ask: str
    figure: str | None = None
    grounds: tuple[Ground, ...] = ()
    assumed_by: str | None = None
    confidence: Confidence | None = None
    problem: str | None = Field(default=None, description="Why the figure cannot be reckoned with.")


class Calculation(Value):
    """A formula with its inputs. `value` is what is left after attribution; None while something stands in its way.

    `cautions` are what a reader has to know beside the sum, `problems` why there is none.
    """

    name: str
    formula: str
    formula_title: str
    formula_text: str
    level: PyramidLevelId
    period: Period
    inputs: tuple[InputLine, ...]
    attribution: Decimal
    confidence: Confidence
    value: Ranged | None = None
    whole: Ranged | None = None
    metric: str | None = None
    agreement: Agreement = "not_agreed"
    agreed: Statement | None = None
    cautions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    last_note: int
    noted_on: date

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share_text(self) -> str:
        return share_text(self.attribution, self.whole)

    @property
    def counts_as_agreed(self) -> bool:
        return self.agreement == "agreed"

    @property
    def grounds(self) -> tuple[Ground, ...]:
        own = tuple(ground for line in self.inputs for ground in line.grounds)
        return (*own, *(self.agreed.grounds if self.agreed else ()))


class Investment(Value):
    """What was paid over a period, and what of it falls into the report's quarter."""

    what: str
    amount: Ranged | None
    period: Period
    in_quarter: Ranged | None
    problem: str | None = None
    grounds: tuple[Ground, ...] = Field(min_length=1)


class Return(Value):
    """Value as a share of investment, in one currency; `share` None with the reason why."""

    currency: str | None
    value: Money
    invested: Money | None = None
    share: Decimal | None = None
    text: str
    why_not: str | None = None


class QuarterLine(Value):
    """A quarter's sums by currency. One with nothing in it is a gap, not a zero.

    `returns` are of what was agreed; those with what was only calculated are `returns_with_calculated`.
    """

    quarter: str
    title: str
    complete: bool
    agreed: tuple[Ranged, ...] = ()
    calculated: tuple[Ranged, ...] = ()
    invested: tuple[Ranged, ...] = ()
    returns: tuple[Return, ...] = ()
    returns_with_calculated: tuple[Return, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.agreed or self.calculated)


class KindSums(Value):
    """One of the playbook's formulas, with what it comes to in the quarter."""

    formula: str
    title: str
    level: PyramidLevelId
    agreed: tuple[Ranged, ...] = ()
    calculated: tuple[Ranged, ...] = ()


class LevelSums(Value):
    """One of the pyramid's levels, from the top."""

    id: PyramidLevelId
    title: str
    agreed: tuple[Ranged, ...] = ()
    calculated: tuple[Ranged, ...] = ()


class StoryPart(Value):
    """A letter of the IMPACT story: statements, or what is open, or both."""

    id: str
    letter: str
    title: str
    statements: tuple[Statement, ...] = ()
    open: tuple[Open, ...] = ()


class Story(Value):
    """What became of one outcome."""

    outcome: str
    text: str
    parts: tuple[StoryPart, ...]

    @property
    def is_told(self) -> bool:
        return any(part.statements for part in self.parts)


class Check(Value):
    """One of the playbook's anti-patterns held against the report; `why` says where it is weak."""

    id: str
    title: str
    what: str
    why: tuple[str, ...] = ()

    @property
    def weak(self) -> bool:
        return bool(self.why)


class Reader(Value):
    """Who the report is worded for."""

    id: str
    title: str
    focus: str
    language: str
    metrics: tuple[str, ...]
    opens_with: Literal["story", "figures", "improvements"]


class ValueReport(Value):
    """An account's value as of `today`, for one quarter.

    `held_back` says why there are no sums of money and no return; everything in money is then empty. With
    `with_calculated` the totals count what was calculated and not agreed, too; `left_out` says how many they leave out.
    `new` is since `since`: the last review of value before, or a day that was asked for.
    """

    account: str
    title: str
    today: date
    quarter: str
    quarter_title: str
    reader: Reader | None = None
    with_calculated: bool = False
    held_back: str | None = None
    return_definition: str
    investments: tuple[Investment, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    kinds: tuple[KindSums, ...] = ()
    levels: tuple[LevelSums, ...] = ()
    totals: tuple[Ranged, ...] = ()
    returns: tuple[Return, ...] = ()
    annualised: tuple[Ranged, ...] = ()
    left_out: int = 0
    trend: tuple[QuarterLine, ...] = ()
    improvements: tuple[Statement, ...] = ()
    setbacks: tuple[Statement, ...] = ()
    stories: tuple[Story, ...] = ()
    since: date | None = None
    new: tuple[Statement, ...] = ()
    goals: tuple[Statement, ...] = ()
    goals_title: str
    checks: tuple[Check, ...] = ()
    techniques: tuple[str, ...] = ()
