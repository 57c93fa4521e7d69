"""What an analyst may propose. The reducer decides what becomes of it (`copilot.analysis.reducer`).

Every op names its evidence. In an update, None leaves a field as it is.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from copilot.domain.events import Coverage
from copilot.domain.items import Evidence, Question
from copilot.domain.prose import ProsePurpose, Sentence
from copilot.domain.talk import TalkStats
from copilot.domain.value import Value


class Op(Value):
    v: Literal[1] = 1


class MarkStage(Op):
    op: Literal["mark_stage"] = "mark_stage"
    i: int
    stage: str
    also: tuple[str, ...] = ()
    confidence: float | None = None


class CoverStage(Op):
    op: Literal["cover_stage"] = "cover_stage"
    stage: str
    coverage: Coverage


class CountTalk(Op):
    op: Literal["count_talk"] = "count_talk"
    talk: TalkStats


class AddOutcome(Op):
    op: Literal["add_outcome"] = "add_outcome"
    text: str
    evidence: tuple[Evidence, ...]
    priority: Literal[1, 2, 3] | None = None
    measurable: bool | None = None


class AddCapability(Op):
    op: Literal["add_capability"] = "add_capability"
    text: str
    evidence: tuple[Evidence, ...]
    outcomes: tuple[str, ...] = ()
    phase: Literal["1", "later"] | None = None


class AddMetric(Op):
    op: Literal["add_metric"] = "add_metric"
    text: str
    evidence: tuple[Evidence, ...]
    outcomes: tuple[str, ...] = ()
    kind: Literal["leading", "lagging"] = "lagging"
    baseline: str | None = None
    target: str | None = None
    unit: str | None = None
    owner: str | None = None
    cadence: str | None = None


class AddNextStep(Op):
    op: Literal["add_next_step"] = "add_next_step"
    text: str
    evidence: tuple[Evidence, ...]
    owner: str | None = None
    due: str | None = None


class UpdateItem(Op):
    """More evidence for an item, or another value for some fields. Fields that the item does not have are refused."""

    op: Literal["update_item"] = "update_item"
    id: str
    evidence: tuple[Evidence, ...] = ()
    text: str | None = None
    priority: Literal[1, 2, 3] | None = None
    measurable: bool | None = None
    outcomes: tuple[str, ...] | None = Field(default=None, description="Links to add; none is ever taken away.")
    phase: Literal["1", "later"] | None = None
    kind: Literal["leading", "lagging"] | None = None
    baseline: str | None = None
    target: str | None = None
    unit: str | None = None
    owner: str | None = None
    cadence: str | None = None
    due: str | None = None


class EmptyField(Op):
    """A value that nobody means: the evidence takes it back, or shows that it was never said.

    Confirmed items and those a person touched keep theirs.
    """

    op: Literal["empty_field"] = "empty_field"
    id: str
    field: Literal["priority", "phase", "baseline", "target", "owner", "cadence", "due"]
    evidence: tuple[Evidence, ...]


class ConfirmItem(Op):
    """The customer explicitly agreed to it; the evidence is their yes."""

    op: Literal["confirm_item"] = "confirm_item"
    id: str
    evidence: tuple[Evidence, ...]


class RetireItem(Op):
    """Its words no longer support it. Confirmed items and those a person touched stay."""

    op: Literal["retire_item"] = "retire_item"
    id: str
    reason: str


class FlagPitfall(Op):
    op: Literal["flag_pitfall"] = "flag_pitfall"
    kind: str
    evidence: tuple[Evidence, ...]
    fact: str | None = None
    about: str | None = None


class RetirePitfall(Op):
    op: Literal["retire_pitfall"] = "retire_pitfall"
    id: str
    reason: str


class SuggestQuestions(Op):
    """The questions worth asking now, best first. The reducer gives ids and `after`: send an empty id."""

    op: Literal["suggest_questions"] = "suggest_questions"
    questions: tuple[Question, ...]


class CloseQuestion(Op):
    """A question that was heard asked in the talk, or answered without being asked."""

    op: Literal["close_question"] = "close_question"
    id: str
    as_state: Literal["asked", "answered"]


class WriteProse(Op):
    """A text in place of the one that there was for its purpose. Sentences without ground are left out."""

    op: Literal["write_prose"] = "write_prose"
    purpose: ProsePurpose
    sentences: tuple[Sentence, ...]


AddItem = AddOutcome | AddCapability | AddMetric | AddNextStep
AnyOp = Annotated[
    MarkStage
    | CoverStage
    | CountTalk
    | AddOutcome
    | AddCapability
    | AddMetric
    | AddNextStep
    | UpdateItem
    | EmptyField
    | ConfirmItem
    | RetireItem
    | FlagPitfall
    | RetirePitfall
    | SuggestQuestions
    | CloseQuestion
    | WriteProse,
    Field(discriminator="op"),
]
