"""The state of a call: a fold of its log. `apply` is the only way in which a state changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from pydantic import Field

from copilot.domain.call import CallInfo, Participant, Role, Unheard, Utterance
from copilot.domain.events import (
    By,
    CallEnded,
    CallStarted,
    CapabilityNoted,
    Coverage,
    DetailsChanged,
    EndReason,
    Event,
    MetricNoted,
    ModelUsed,
    MomentMarked,
    NextStepNoted,
    OutcomeNoted,
    PitfallNoted,
    ProposalsDropped,
    ProseWritten,
    QuestionClosed,
    QuestionsSuggested,
    SpeakersChanged,
    StageCovered,
    StageMarked,
    TalkCounted,
    UnheardNoted,
    UtteranceHeard,
    WrappedUp,
)
from copilot.domain.items import Capability, Item, Metric, NextStep, Outcome, Pitfall, Question
from copilot.domain.language_model import Usage
from copilot.domain.moments import MarkedMoment
from copilot.domain.prose import Prose, ProsePurpose
from copilot.domain.speakers import SpeakerBook, other_side
from copilot.domain.talk import TalkStats
from copilot.domain.value import Value


class StageMark(Value):
    """What one utterance is about. `also` are other stages that could be defended; `by` is whoever marked it."""

    i: int
    stage: str
    also: tuple[str, ...] = ()
    confidence: float | None = None
    by: By = "embedded"


class ModelUse(Value):
    """What the language model did for a call, all its requests together.

    `unpriced` counts the requests to models whose price is not known: `cost_usd` leaves them out. `reviewed` says that
    the whole call was looked at once more after its end.
    """

    requests: int = 0
    incomplete: int = 0
    models: tuple[str, ...] = ()
    usage: Usage = Usage()
    cost_usd: float = 0.0
    unpriced: int = 0
    latency_ms: int = 0
    slowest_ms: int = 0
    applied: int = 0
    dropped: dict[str, int] = Field(default_factory=dict)
    reviewed: bool = False

    def plus(self, used: ModelUsed) -> ModelUse:
        """With one request more."""
        return ModelUse(
            requests=self.requests + 1,
            incomplete=self.incomplete + (used.ended != "complete"),
            models=tuple(dict.fromkeys((*self.models, used.model))),
            usage=self.usage + used.usage,
            cost_usd=self.cost_usd + (used.cost_usd or 0.0),
            unpriced=self.unpriced + (used.cost_usd is None),
            latency_ms=self.latency_ms + used.latency_ms,
            slowest_ms=max(self.slowest_ms, used.latency_ms),
            applied=self.applied + used.applied,
            dropped=_added(self.dropped, used.dropped),
            reviewed=self.reviewed or (used.purpose == "wrap_up" and used.ended == "complete"),
        )


@dataclass(frozen=True, slots=True)
class Spoken:
    """How much was said about one stage. A speaker whose side is not known counts for both."""

    utterances: int = 0
    customer_utterances: int = 0
    customer_words: int = 0
    rep_utterances: int = 0

    def plus(self, utterance: Utterance, times: int = 1) -> Spoken:
        """With one utterance more, or with `times` -1 without it."""
        customer, rep = utterance.role is not Role.REP, utterance.role is not Role.CUSTOMER
        return Spoken(
            self.utterances + times,
            self.customer_utterances + times * customer,
            self.customer_words + times * customer * len(utterance.text.split()),
            self.rep_utterances + times * rep,
        )


@dataclass(frozen=True, slots=True)
class CallState:
    """Everything known of one call. Items are keyed by id, in the order in which they were first noted.

    `heard` are the utterances' own events and `utterance_seqs` their numbers in the log, in step with `utterances`.
    `spoken` adds up the marked utterances of every stage.
    """

    call: CallInfo | None = None
    playbook: str | None = None
    seq: int = 0
    utterances: tuple[Utterance, ...] = ()
    heard: tuple[UtteranceHeard, ...] = ()
    utterance_seqs: tuple[int, ...] = ()
    unheard: Mapping[str, Unheard] = field(default_factory=dict)
    marks: Mapping[int, StageMark] = field(default_factory=dict)
    spoken: Mapping[str, Spoken] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    capabilities: Mapping[str, Capability] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    next_steps: Mapping[str, NextStep] = field(default_factory=dict)
    pitfalls: Mapping[str, Pitfall] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    closed_questions: tuple[Question, ...] = ()
    questions_made: int = 0
    moments: Mapping[str, MarkedMoment] = field(default_factory=dict)
    talk: TalkStats = field(default_factory=TalkStats)
    speakers: SpeakerBook = field(default_factory=SpeakerBook)
    dropped: Mapping[str, int] = field(default_factory=dict)
    prose: Mapping[ProsePurpose, Prose] = field(default_factory=dict)
    model: ModelUse = field(default_factory=ModelUse)
    ended: bool = False
    end_reason: EndReason | None = None
    wrapped_up: bool = False

    def item(self, item_id: str) -> Item | None:
        """An outcome, capability, metric or next step by its id."""
        return (
            self.outcomes.get(item_id)
            or self.capabilities.get(item_id)
            or self.metrics.get(item_id)
            or self.next_steps.get(item_id)
        )

    def stage_of(self, i: int) -> str | None:
        """The stage that utterance `i` was marked with, or None before it was."""
        mark = self.marks.get(i)
        return mark.stage if mark else None


def replay(events: Iterable[Event]) -> CallState:
    """The state that a whole log adds up to."""
    state = CallState()
    for event in events:
        state = apply(state, event)
    return state


def apply(state: CallState, event: Event) -> CallState:
    """The state after one more event. Never decides anything: what is in the log has been decided."""
    return replace(_changed(state, event), seq=state.seq + 1)


def _changed(state: CallState, event: Event) -> CallState:
    match event:
        case CallStarted():
            return replace(state, call=event.call, playbook=event.playbook)
        case UtteranceHeard():
            return replace(
                state,
                utterances=(*state.utterances, _utterance(event)),
                heard=(*state.heard, event),
                utterance_seqs=(*state.utterance_seqs, state.seq + 1),
            )
        case UnheardNoted():
            return replace(state, unheard={**state.unheard, event.stretch.id: event.stretch})
        case StageMarked():
            return _with_mark(state, event)
        case StageCovered():
            return replace(state, coverage={**state.coverage, event.stage: event.coverage})
        case TalkCounted():
            return replace(state, talk=event.talk)
        case OutcomeNoted():
            return replace(state, outcomes={**state.outcomes, event.item.id: event.item})
        case CapabilityNoted():
            return replace(state, capabilities={**state.capabilities, event.item.id: event.item})
        case MetricNoted():
            return replace(state, metrics={**state.metrics, event.item.id: event.item})
        case NextStepNoted():
            return replace(state, next_steps={**state.next_steps, event.item.id: event.item})
        case PitfallNoted():
            return replace(state, pitfalls={**state.pitfalls, event.item.id: event.item})
        case QuestionsSuggested():
            known = max((int(q.id[1:]) for q in event.questions), default=0)
            return replace(state, questions=event.questions, questions_made=max(state.questions_made, known))
        case QuestionClosed():
            return _without_question(state, event.question)
        case SpeakersChanged():
            return _with_speakers(state, event)
        case DetailsChanged():
            details = event.model_dump(include={"title", "kind", "account", "held_on"})
            return replace(state, call=state.call and state.call.model_copy(update=details))
        case MomentMarked():
            return replace(state, moments={**state.moments, event.moment.id: event.moment})
        case ProposalsDropped():
            return replace(state, dropped=_added(state.dropped, event.reasons))
        case ProseWritten():
            return replace(state, prose={**state.prose, event.prose.purpose: event.prose})
        case ModelUsed():
            return replace(state, model=state.model.plus(event))
        case CallEnded():
            return replace(state, ended=True, end_reason=event.reason)
        case WrappedUp():
            return replace(state, wrapped_up=True)
        case _:
            assert_never(event)


def _added(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {**counts, **{reason: counts.get(reason, 0) + n for reason, n in more.items()}}


def _utterance(event: UtteranceHeard) -> Utterance:
    return Utterance(
        id=event.utterance or f"u{event.i + 1}",
        i=event.i,
        speaker=event.speaker,
        role=event.role,
        start_s=event.start_s,
        end_s=event.end_s,
        word_starts_s=event.word_starts_s,
        text=event.text,
    )


def _with_mark(state: CallState, event: StageMarked) -> CallState:
    mark = StageMark(i=event.i, stage=event.stage, also=event.also, confidence=event.confidence, by=event.by)
    utterance, spoken = state.utterances[event.i], dict(state.spoken)
    if event.i in state.marks:
        before = state.marks[event.i].stage
        spoken[before] = spoken[before].plus(utterance, times=-1)
    spoken[mark.stage] = spoken.get(mark.stage, Spoken()).plus(utterance)
    return replace(state, marks={**state.marks, event.i: mark}, spoken=spoken)


def _spoken(marks: Mapping[int, StageMark], utterances: Sequence[Utterance]) -> dict[str, Spoken]:
    spoken: dict[str, Spoken] = {}
    for i, mark in marks.items():
        spoken[mark.stage] = spoken.get(mark.stage, Spoken()).plus(utterances[i])
    return spoken


def _without_question(state: CallState, closed: Question) -> CallState:
    still = tuple(q for q in state.questions if q.id != closed.id)
    return replace(state, questions=still, closed_questions=(*state.closed_questions, closed))


def _with_speakers(state: CallState, event: SpeakersChanged) -> CallState:
    book = _corrected(state.speakers, event)
    utterances = []
    for utterance, heard in zip(state.utterances, state.heard, strict=True):
        speaker, role = book.resolve(heard.said_by, heard.said_as, heard.utterance)
        utterances.append(utterance.model_copy(update={"speaker": speaker, "role": role}))
    call = state.call and state.call.model_copy(update={"participants": _participants(state.call, event)})
    spoken = _spoken(state.marks, utterances)
    unheard = _swapped(state.unheard) if event.swap else state.unheard
    return replace(state, speakers=book, utterances=tuple(utterances), unheard=unheard, spoken=spoken, call=call)


def _corrected(book: SpeakerBook, event: SpeakersChanged) -> SpeakerBook:
    if event.swap:
        return book.swap()
    if event.utterances:
        return book.place(event.utterances, event.role or Role.UNKNOWN)
    return book.correct(event.speaker, event.name, event.role)


def _swapped(unheard: Mapping[str, Unheard]) -> dict[str, Unheard]:
    return {
        name: stretch.model_copy(update={"role": other_side(stretch.role)}) if stretch.role else stretch
        for name, stretch in unheard.items()
    }


def _participants(call: CallInfo, event: SpeakersChanged) -> tuple[Participant, ...]:
    """The people of the call, with the correction applied; somebody who was not listed is added."""
    if event.utterances:
        return call.participants
    if event.swap:
        return tuple(p.model_copy(update={"role": other_side(p.role)}) for p in call.participants)
    changed = [
        p.model_copy(update={"name": event.name or p.name, "role": event.role or p.role})
        if p.name == event.speaker
        else p
        for p in call.participants
    ]
    name = event.name or event.speaker
    if name and all(p.name != name for p in changed):
        changed.append(Participant(name=name, role=event.role or Role.UNKNOWN))
    return tuple(changed)
