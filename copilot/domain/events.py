"""The log of a call. Everything anyone sees of a call is a fold of these events.

An item's event carries the item as it is afterwards, so that applying an event is always "this is how it stands now":
repeating one changes nothing, and a panel needs no logic of its own. `v` is raised when a shape changes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from copilot.domain.call import CallInfo, CallKind, Role, Unheard
from copilot.domain.items import Capability, Metric, NextStep, Outcome, Pitfall, Question
from copilot.domain.language_model import Usage
from copilot.domain.moments import MarkedMoment
from copilot.domain.prose import Prose
from copilot.domain.talk import TalkStats
from copilot.domain.value import Value

By = Literal["sender", "server", "embedded", "llm", "person"]
Change = Literal["added", "changed", "confirmed", "rejected", "edited", "restored", "withdrawn"]
Coverage = Literal["untouched", "thin", "covered"]
EndReason = Literal["sender", "silence", "cancelled"]
ModelPurpose = Literal["live", "wrap_up"]
ModelEnd = Literal["complete", "cut", "timed_out", "failed", "refused", "unusable", "broken_off"]


class BaseEvent(Value):
    """`utterance` is the sender's id of the utterance that caused the event, where one did."""

    v: Literal[1] = 1
    by: By = "server"
    utterance: str | None = None


class CallStarted(BaseEvent):
    type: Literal["call_started"] = "call_started"
    call: CallInfo
    playbook: str = Field(description="Name and version of the playbook the call is analysed with.")


class UtteranceHeard(BaseEvent):
    """`said_by`, `said_as`: speaker and role as the sender gave them; `speaker`, `role`: as known when it came."""

    type: Literal["utterance"] = "utterance"
    utterance: str | None
    i: int
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    said_by: str | None = None
    said_as: Role = Role.UNKNOWN
    start_s: float | None = None
    end_s: float | None = None
    text: str
    word_starts_s: tuple[float, ...] = ()


class UnheardNoted(BaseEvent):
    """A stretch without sound, as it is known now: it may still last."""

    type: Literal["unheard"] = "unheard"
    stretch: Unheard


class StageMarked(BaseEvent):
    type: Literal["stage"] = "stage"
    i: int
    stage: str
    also: tuple[str, ...] = ()
    confidence: float | None = Field(default=None, description="In [0, 1]; None where it is not calibrated.")


class StageCovered(BaseEvent):
    type: Literal["coverage"] = "coverage"
    stage: str
    coverage: Coverage


class TalkCounted(BaseEvent):
    type: Literal["talk"] = "talk"
    talk: TalkStats


class OutcomeNoted(BaseEvent):
    type: Literal["outcome"] = "outcome"
    change: Change
    item: Outcome


class CapabilityNoted(BaseEvent):
    type: Literal["capability"] = "capability"
    change: Change
    item: Capability


class MetricNoted(BaseEvent):
    type: Literal["metric"] = "metric"
    change: Change
    item: Metric


class NextStepNoted(BaseEvent):
    type: Literal["next_step"] = "next_step"
    change: Change
    item: NextStep


class PitfallNoted(BaseEvent):
    type: Literal["pitfall"] = "pitfall"
    change: Literal["found", "changed", "dismissed", "wrong", "withdrawn"]
    item: Pitfall


class QuestionsSuggested(BaseEvent):
    """The whole list, best first, as it stands now."""

    type: Literal["questions"] = "questions"
    questions: tuple[Question, ...]


class QuestionClosed(BaseEvent):
    """A question that was asked, dismissed or answered; it does not come back."""

    type: Literal["question_closed"] = "question_closed"
    question: Question


class SpeakersChanged(BaseEvent):
    """Both sides change places, or one speaker gets a name or a role; `speaker` None is the unnamed one.

    With `utterances`, these alone get the role, whoever is said to speak in them.
    """

    type: Literal["speakers"] = "speakers"
    swap: bool = False
    speaker: str | None = None
    name: str | None = None
    role: Role | None = None
    utterances: tuple[str, ...] = ()


class DetailsChanged(BaseEvent):
    """What the call is, as a person says: all of it as it is now."""

    type: Literal["details"] = "details"
    title: str | None
    kind: CallKind
    account: str | None
    held_on: date | None


class MomentMarked(BaseEvent):
    """A moment as it is now: marked, with another note, taken back."""

    type: Literal["moment"] = "moment"
    moment: MarkedMoment


class ProposalsDropped(BaseEvent):
    """Ops that the reducer refused, by reason."""

    type: Literal["dropped"] = "dropped"
    reasons: dict[str, int]


class ProseWritten(BaseEvent):
    """A text about the call, as it stands now."""

    type: Literal["prose"] = "prose"
    prose: Prose


class ModelUsed(BaseEvent):
    """One request to a language model: what it was for, what it cost, and what became of it.

    `cost_usd` is None where the model's price is not known. `applied` are the ops that changed something; `dropped`
    counts those that were refused, by reason.
    """

    type: Literal["model_used"] = "model_used"
    purpose: ModelPurpose
    model: str
    prompt: str = Field(description="The prompt's name and version.")
    playbook: str
    cause: str | None = Field(default=None, description="Why it was asked just then.")
    told_up_to: int | None = Field(
        default=None, ge=0, description="The number of the last event of the log that the model was told of."
    )
    ended: ModelEnd
    usage: Usage
    estimated: bool = Field(default=False, description="The provider did not say what it used; this is our estimate.")
    cost_usd: float | None = Field(default=None, ge=0)
    latency_ms: int = Field(ge=0)
    first_op_ms: int | None = Field(default=None, ge=0)
    applied: int = Field(default=0, ge=0)
    dropped: dict[str, int] = Field(default_factory=dict)


class CallEnded(BaseEvent):
    """`cancelled`: a recording whose transcription somebody stopped; what comes after its last words was not heard."""

    type: Literal["call_ended"] = "call_ended"
    reason: EndReason


class WrappedUp(BaseEvent):
    type: Literal["wrapped_up"] = "wrapped_up"


ItemNoted = OutcomeNoted | CapabilityNoted | MetricNoted | NextStepNoted
Event = Annotated[
    CallStarted
    | UtteranceHeard
    | UnheardNoted
    | StageMarked
    | StageCovered
    | TalkCounted
    | OutcomeNoted
    | CapabilityNoted
    | MetricNoted
    | NextStepNoted
    | PitfallNoted
    | QuestionsSuggested
    | QuestionClosed
    | SpeakersChanged
    | DetailsChanged
    | MomentMarked
    | ProposalsDropped
    | ProseWritten
    | ModelUsed
    | CallEnded
    | WrappedUp,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class Logged(Value):
    """An event with its place in the call's log (counted from 1) and the time it was written."""

    seq: int = Field(ge=1)
    at: datetime
    event: Event
