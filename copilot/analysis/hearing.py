"""What one more utterance, or the end of the call, does to a call: the driver of the first tier.

Everything is a function of the state, so a call that was interrupted and goes on comes out as one that never was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from copilot.analysis.reducer import decide
from copilot.domain.call import CallInfo, Saying
from copilot.domain.events import By, CallEnded, CallStarted, EndReason, Event, UtteranceHeard, WrappedUp
from copilot.domain.ops import AnyOp
from copilot.domain.state import CallState, apply

Pass = Callable[[CallState, int], Sequence[AnyOp]]
WrapUpPass = Callable[[CallState], Sequence[AnyOp]]


class Analyst(Protocol):
    """Passes in order: each sees what the ones before it led to."""

    @property
    def passes(self) -> Sequence[Pass]:
        """Run on every utterance, given its index; the newest is the last of the state's."""

    @property
    def following_passes(self) -> Sequence[WrapUpPass]:
        """Run after what another analyst proposed: what follows from the map and the marks alone."""

    @property
    def wrap_up_passes(self) -> Sequence[WrapUpPass]:
        """Run once, when the call has ended."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A call that has taken place, or its beginning."""

    call: CallInfo
    sayings: Sequence[Saying]
    ended: bool = True


Engine = Callable[[Sequence[Talk]], Iterable["Step"]]
"""Analyses whole calls, event for event as they would have been live, in their order."""


@dataclass(frozen=True, slots=True)
class Step:
    """A state, and the events that led to it."""

    state: CallState
    events: tuple[Event, ...] = ()

    def then(self, event: Event) -> Step:
        """One event further."""
        return Step(apply(self.state, event), (*self.events, event))

    def propose(self, ops: Iterable[AnyOp], *, by: By, utterance: str | None = None) -> Step:
        """As far as the reducer takes these ops."""
        step = self
        for op in ops:
            for event in decide(step.state, op, by=by, utterance=utterance):
                step = step.then(event)
        return step


def start(call: CallInfo, playbook: str) -> Step:
    """The beginning of a call."""
    return Step(CallState()).then(CallStarted(by="sender", call=call, playbook=playbook))


def note(state: CallState, saying: Saying) -> Step:
    """The utterance itself, with its place and its speaker as known by now, and nothing worked out of it."""
    speaker, role = state.speakers.resolve(saying.speaker, saying.role)
    heard = UtteranceHeard(
        by="sender",
        utterance=saying.id,
        i=len(state.utterances),
        speaker=speaker,
        role=role,
        said_by=saying.speaker,
        said_as=saying.role,
        start_s=saying.start_s,
        end_s=saying.end_s,
        text=saying.text,
        word_starts_s=saying.word_starts_s,
    )
    return Step(state).then(heard)


def hear(state: CallState, saying: Saying, analyst: Analyst) -> Step:
    """The utterance and everything that the analyst makes of it."""
    step = note(state, saying)
    i = len(step.state.utterances) - 1
    for analyse in analyst.passes:
        step = step.propose(analyse(step.state, i), by="embedded", utterance=saying.id)
    return step


def followed(step: Step, analyst: Analyst) -> Step:
    """What another analyst proposed, and what follows from it. Nothing follows from nothing."""
    if not step.events:
        return step
    for analyse in analyst.following_passes:
        step = step.propose(analyse(step.state), by="embedded")
    return step


def end(state: CallState, reason: EndReason, analyst: Analyst) -> Step:
    """The end of the call and what can be said only now."""
    return wrap_up(Step(state).then(CallEnded(reason=reason)), analyst)


def wrap_up(step: Step, analyst: Analyst) -> Step:
    """What can be said only of a call that has ended, and that there is nothing more to come."""
    for analyse in analyst.wrap_up_passes:
        step = step.propose(analyse(step.state), by="embedded")
    return step.then(WrappedUp())


def embedded_engine(analyst: Analyst, *, playbook: str) -> Engine:
    """The first tier alone."""
    return lambda talks: (analyse(t.call, t.sayings, analyst, playbook=playbook, ended=t.ended) for t in talks)


def analyse(call: CallInfo, sayings: Iterable[Saying], analyst: Analyst, *, playbook: str, ended: bool = True) -> Step:
    """A whole call at once, event for event as it would have been live; `ended` False: as far as it has come."""
    step = start(call, playbook)
    events = list(step.events)
    for saying in sayings:
        step = hear(step.state, saying, analyst)
        events.extend(step.events)
    if ended:
        step = end(step.state, "sender", analyst)
        events.extend(step.events)
    return Step(step.state, tuple(events))
