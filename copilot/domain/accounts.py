"""What people write down about an account: readings of its metrics, what they put right, what it costs, what is agreed.

The account's journal holds these notes and nothing else; what stands is their fold (`copilot.review.ledger`). Nothing
is changed in place. A note that was a mistake is taken back by another one, and both stay in the journal.

A promise is named by any of its mentions: the call and the item there, as in `acme-kickoff:M1`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from copilot.domain.days import Day
from copilot.domain.journal import Note
from copilot.domain.value import Value

LONGEST_PERIOD = 10  # years

AmendedField = Literal["text", "baseline", "target", "owner", "cadence"]
FigureKind = Literal["money", "percent", "duration", "count", "multiple", "ratio"]
Confidence = Literal["low", "medium", "high"]
PromiseId = Annotated[str, Field(min_length=3, max_length=300, pattern=r"^[^:]+:[A-Z][0-9]+$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Figure(Value):
    """A value as it was said or typed, and what it comes to.

    `low` and `high` differ for a range only. A share is a percentage with its unit ("percent"), a ratio its quotient.
    `unit` and `per` are as in `copilot.analysis.numbers.Quantity`; all of it is None where the words hold no number.
    """

    text: Name
    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    unit: str | None = None
    per: str | None = None
    kind: FigureKind | None = None

    @model_validator(mode="after")
    def _is_one_number_or_none(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("a figure has both ends or neither")
        return self


class Quoted(Value):
    """Words of a call of the account; the quote stands verbatim in the utterance it names."""

    call: Name
    utterance: int = Field(ge=0)
    quote: Words


class Period(Value):
    """From the first day to the last, both within."""

    start: Day
    end: Day

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"it ends on {self.end}, before it starts on {self.start}")
        if (self.end.year - LONGEST_PERIOD, self.end.month, self.end.day) >= self.start.timetuple()[:3]:
            raise ValueError(f"{self.start} to {self.end} is more than {LONGEST_PERIOD} years")
        return self


class Typed(Value):
    """Somebody typed it; `origin` is where they have it from, in their words ("the service desk's monthly report")."""

    how: Literal["typed"] = "typed"
    origin: Words | None = None


class Imported(Value):
    """A line of a file, counted from 1 with the heading."""

    how: Literal["imported"] = "imported"
    file: Name
    line: int = Field(ge=1)
    origin: Words | None = None


class Heard(Value):
    """Said on a call."""

    how: Literal["heard"] = "heard"
    said: Quoted


Source = Annotated[Typed | Imported | Heard, Field(discriminator="how")]


class ReadingNoted(Note):
    """Where a metric stood on a day."""

    type: Literal["reading"] = "reading"
    promise: PromiseId
    figure: Figure
    on: Day
    source: Source = Typed()


class Amended(Note):
    """A field of a promise that a person puts right, as the words would have been; None where it is not known."""

    type: Literal["amended"] = "amended"
    promise: PromiseId
    field: AmendedField
    value: Name | None


class Merged(Note):
    """Two promises are one."""

    type: Literal["merged"] = "merged"
    promise: PromiseId
    into: PromiseId


class Parted(Note):
    """The mention and the other one are not the same promise, whether their words or a person had made them one."""

    type: Literal["parted"] = "parted"
    promise: PromiseId
    other: PromiseId


class ContractSet(Note):
    """The contract's first day and the day of its renewal; milestones count from the one to the other."""

    type: Literal["contract"] = "contract"
    start: Day
    renewal: Day | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.renewal is not None and self.renewal <= self.start:
            raise ValueError(f"the renewal on {self.renewal} does not come after the start on {self.start}")
        return self


class Invested(Note):
    """What the customer paid, or spent in work of their own, over a period."""

    type: Literal["investment"] = "investment"
    what: Name = Field(description="'Licence', 'Onboarding', 'Own staff'.")
    amount: Figure
    period: Period


class Assumed(Note):
    """A figure for one input of one of the playbook's formulas.

    Together the assumptions with the same `calculation` are one calculation over its period; a later one for the same
    input takes the place of the former. `attribution` is the share of the result put down to us, in (0, 1]; of a
    calculation's inputs the lowest counts.
    """

    type: Literal["assumption"] = "assumption"
    calculation: Name = Field(description="A name of the writer's own choosing, the same for all of its inputs.")
    formula: Name
    input: Name
    figure: Figure
    period: Period
    promise: PromiseId | None = Field(default=None, description="The promise that the calculation puts a sum to.")
    source: Source = Typed()
    assumed_by: Name | None = Field(default=None, description="Whose assumption it is, as in 'Grace, finance'.")
    attribution: float = Field(default=1.0, gt=0, le=1)
    confidence: Confidence = "medium"


class AgreementNoted(Note):
    """The customer agreed to a calculation, or no longer does.

    It is to the calculation as it stands when this is written down, whatever the day `on` of the customer's word:
    inputs that come later are not agreed to. With `as_of`, its last note as the writer saw it, nothing can
    have come between.
    """

    type: Literal["agreement"] = "agreement"
    calculation: Name
    agreed: bool = True
    customer: Name | None = Field(default=None, description="Who of them.")
    on: Day
    said: Quoted | None = None
    as_of: int | None = Field(default=None, ge=1, description="The calculation's `last_note`; refused if it has moved.")


class MilestoneDone(Note):
    """One of the playbook's milestones was reached on a day; None: it was not, after all."""

    type: Literal["milestone"] = "milestone"
    milestone: Name
    on: Day | None


class GoalSet(Note):
    """What the next quarter is for."""

    type: Literal["goal"] = "goal"
    text: Words
    quarter: str = Field(pattern=r"^[0-9]{4}-Q[1-4]$", description="As in '2026-Q3'.")
    promise: PromiseId | None = None


class TakenBack(Note):
    """The note with this number was a mistake: what it says does not count. Taking back a taking back restores it."""

    type: Literal["taken_back"] = "taken_back"
    note: int = Field(ge=1, description="The `seq` of the note.")


AccountNote = Annotated[
    ReadingNoted
    | Amended
    | Merged
    | Parted
    | ContractSet
    | Invested
    | Assumed
    | AgreementNoted
    | MilestoneDone
    | GoalSet
    | TakenBack,
    Field(discriminator="type"),
]

ACCOUNT_NOTE: TypeAdapter[AccountNote] = TypeAdapter(AccountNote)
