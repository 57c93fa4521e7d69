"""A call with what a careful listener found in it, and the same shape as an analysis prints it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from copilot.domain.call import CallKind, Participant, Role
from copilot.domain.items import Evidence
from copilot.domain.pitfall_rules import PitfallKind
from copilot.errors import UnusableInput

Index = Annotated[int, Field(ge=0)]
Shape = TypeVar("Shape", bound=BaseModel)


class UnusableLabels(UnusableInput):
    """A file that is no labelled call. Names the first thing that is wrong with it."""

    def __init__(self, name: str, problem: str) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name} is no labelled call: {problem}")


class Written(BaseModel):
    """Frozen; what it does not know it ignores, since files carry notes of their own."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class LabelledInfo(Written):
    id: str = Field(min_length=1)
    kind: CallKind = CallKind.OTHER
    title: str | None = None
    industry: str | None = None


class LabelledParticipant(Written):
    name: str
    role: Role = Role.UNKNOWN
    title: str | None = None

    def participant(self) -> Participant:
        return Participant(name=self.name, role=self.role, title=self.title)


class LabelledUtterance(Written):
    i: Index
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    start_s: float | None = None
    end_s: float | None = None
    text: str


class StageLabel(Written):
    """`also`: others that could be defended, in an analysis the likeliest first; it alone has a `confidence`."""

    i: Index
    stage: str
    also: tuple[str, ...] = ()
    confidence: float | None = Field(default=None, ge=0, le=1)


class Marked(Written):
    """Something that is found at utterances. An analysis gives its evidence with quotes; a label needs none."""

    utterances: tuple[Index, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def at(self) -> frozenset[int]:
        return frozenset(self.utterances) | {piece.utterance for piece in self.evidence}


class LabelledItem(Marked):
    id: str | None = None
    text: str


class LabelledOutcome(LabelledItem):
    priority: Literal[1, 2, 3] | None = None
    measurable: bool = False


class LabelledCapability(LabelledItem):
    outcomes: tuple[str, ...] = ()
    phase: Literal["1", "later"] | None = None


class LabelledMetric(LabelledItem):
    outcomes: tuple[str, ...] = ()
    kind: Literal["leading", "lagging"] | None = None
    baseline: str | None = None
    target: str | None = None
    owner: str | None = None
    cadence: str | None = None


class LabelledStep(LabelledItem):
    owner: str | None = None
    due: str | None = None


class PitfallLabel(Marked):
    kind: PitfallKind


class Suggested(Written):
    stage: str
    text: str = ""
    why: str = ""


class QuestionMoment(Written):
    """A moment where a good next question is due; `after` is the last utterance heard, -1 before the first."""

    after: int = Field(ge=-1)
    stages: tuple[str, ...] = Field(min_length=1)
    about: str = ""


class SuggestionsStanding(Written):
    """What was suggested from `after` on, best first, until the next entry."""

    after: int = Field(ge=-1)
    suggestions: tuple[Suggested, ...] = ()


class Findings(Written):
    """What labels and analyses share."""

    stages: tuple[StageLabel, ...] = ()
    outcomes: tuple[LabelledOutcome, ...] = ()
    capabilities: tuple[LabelledCapability, ...] = ()
    metrics: tuple[LabelledMetric, ...] = ()
    pitfalls: tuple[PitfallLabel, ...] = ()
    next_steps: tuple[LabelledStep, ...] = ()


class Labels(Findings):
    questions: tuple[QuestionMoment, ...] = ()


class Analysis(Findings):
    questions: tuple[SuggestionsStanding, ...] = ()


class _Spoken(Written):
    call: LabelledInfo
    participants: tuple[LabelledParticipant, ...] = ()
    utterances: tuple[LabelledUtterance, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _counts_from_zero(self) -> Self:
        for place, utterance in enumerate(self.utterances):
            if utterance.i != place:
                raise ValueError(f"utterance {place} calls itself {utterance.i}; `i` counts from 0 without gaps")
        return self


class LabelledCall(_Spoken):
    labels: Labels

    @model_validator(mode="after")
    def _labels_stand(self) -> Self:
        known = {outcome.id for outcome in self.labels.outcomes}
        tied: list[LabelledCapability | LabelledMetric] = [*self.labels.capabilities, *self.labels.metrics]
        for item in tied:
            if unknown := set(item.outcomes) - known:
                raise ValueError(f"{item.id or item.text!r} is tied to {min(unknown)}, and there is no such outcome")
        beyond = [i for found in _all(self.labels) for i in found.at if i >= len(self.utterances)]
        beyond += [mark.i for mark in self.labels.stages if mark.i >= len(self.utterances)]
        beyond += [moment.after for moment in self.labels.questions if moment.after >= len(self.utterances)]
        if beyond:
            raise ValueError(f"a label names utterance {min(beyond)}, and the last is {len(self.utterances) - 1}")
        return self


class AnalysedCall(_Spoken):
    """What `copilot analyze --json` prints: the same shape, with evidence, and suggestions as they stood."""

    labels: Analysis


def labelled_call(data: Any, *, name: str = "the file") -> LabelledCall:
    """The labelled call that JSON data holds. Raises UnusableLabels, which names what is wrong first."""
    return _validated(LabelledCall, data, name)


def analysed_call(data: Any, *, name: str = "the analysis") -> AnalysedCall:
    """An analysis in the shape of a labelled call. Raises UnusableLabels."""
    return _validated(AnalysedCall, data, name)


def _all(found: Findings) -> tuple[Marked, ...]:
    return (*found.outcomes, *found.capabilities, *found.metrics, *found.pitfalls, *found.next_steps)


def _validated(shape: type[Shape], data: Any, name: str) -> Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        problem = first["msg"].removeprefix("Value error, ")
        raise UnusableLabels(name, f"{place}: {problem}" if place else problem) from error
