"""What another playbook would make of a call that has taken place: what would come, go and change.

Both sides are worked out afresh, from what was said: what people decided on the call itself is in neither.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Literal

from copilot.analysis.hearing import Step
from copilot.domain.events import Coverage, QuestionsSuggested
from copilot.domain.state import CallState
from copilot.domain.value import Value


class StageChange(Value):
    """An utterance that would be about something else; None: about no stage."""

    utterance: int
    before: str | None
    after: str | None


class CoverageChange(Value):
    stage: str
    before: Coverage
    after: Coverage


class Found(Value):
    """A pitfall by its kind, a question by its stage, or an entry of the map by its type, at its first utterance."""

    kind: str
    text: str
    utterance: int


class Turn(Found):
    """Something that would come or go."""

    turn: Literal["come", "go"]


class Difference(Value):
    """`stages` are utterances in order, `coverage` is in the playbook's order; of turns, those that go are first."""

    utterances: int
    stages: tuple[StageChange, ...]
    coverage: tuple[CoverageChange, ...]
    pitfalls: tuple[Turn, ...]
    questions: tuple[Turn, ...]
    items: tuple[Turn, ...]


def difference(before: Step, after: Step, stages: Iterable[str]) -> Difference:
    """Between the same call by two playbooks; `stages` are those of the later one."""
    return Difference(
        utterances=len(before.state.utterances),
        stages=_stages(before.state, after.state),
        coverage=_coverage(before.state, after.state, stages),
        pitfalls=_turns(_pitfalls(before.state), _pitfalls(after.state)),
        questions=_turns(_questions(before), _questions(after)),
        items=_turns(_items(before.state), _items(after.state)),
    )


def _stages(before: CallState, after: CallState) -> tuple[StageChange, ...]:
    both = ((u.i, before.stage_of(u.i), after.stage_of(u.i)) for u in before.utterances)
    return tuple(StageChange(utterance=i, before=was, after=now) for i, was, now in both if was != now)


def _coverage(before: CallState, after: CallState, stages: Iterable[str]) -> tuple[CoverageChange, ...]:
    both = ((stage, _covered(before, stage), _covered(after, stage)) for stage in stages)
    return tuple(CoverageChange(stage=stage, before=was, after=now) for stage, was, now in both if was != now)


def _covered(state: CallState, stage: str) -> Coverage:
    return state.coverage.get(stage, "untouched")


def _pitfalls(state: CallState) -> Mapping[Hashable, Found]:
    counted = (pitfall for pitfall in state.pitfalls.values() if pitfall.counts)
    found = (Found(kind=p.kind, text=p.fact or p.evidence[0].quote, utterance=p.utterances[0]) for p in counted)
    return {(pitfall.kind, pitfall.utterance): pitfall for pitfall in found}


def _questions(step: Step) -> Mapping[Hashable, Found]:
    """Every question that was suggested at some time, when it was first."""
    found: dict[Hashable, Found] = {}
    for event in step.events:
        for question in event.questions if isinstance(event, QuestionsSuggested) else ():
            found.setdefault(question.text, Found(kind=question.stage, text=question.text, utterance=question.after))
    return found


def _items(state: CallState) -> Mapping[Hashable, Found]:
    lists = {
        "outcome": state.outcomes,
        "capability": state.capabilities,
        "metric": state.metrics,
        "next_step": state.next_steps,
    }
    return {
        (kind, item.text.casefold()): Found(kind=kind, text=item.text, utterance=item.utterances[0])
        for kind, items in lists.items()
        for item in items.values()
        if item.stands
    }


def _turns(before: Mapping[Hashable, Found], after: Mapping[Hashable, Found]) -> tuple[Turn, ...]:
    gone = [Turn(turn="go", **found.model_dump()) for key, found in before.items() if key not in after]
    come = [Turn(turn="come", **found.model_dump()) for key, found in after.items() if key not in before]
    return tuple(sorted(gone, key=lambda turn: turn.utterance) + sorted(come, key=lambda turn: turn.utterance))
