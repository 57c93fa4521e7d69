"""A state as panels, the API and files see it: the contract's `state`, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from copilot.domain.items import Item, Pitfall
from copilot.domain.state import CallState


def snapshot(state: CallState, stages: Sequence[str]) -> dict[str, Any]:
    """The whole state in JSON's types. `stages` are the playbook's, in its order; `other` has no coverage."""
    return {
        "call": state.call.model_dump(mode="json") if state.call else None,
        "playbook": state.playbook,
        "utterances": [_utterance(state, i) for i in range(len(state.utterances))],
        "unheard": [stretch.model_dump(mode="json") for stretch in state.unheard.values()],
        "stages": [_stage(state, stage) for stage in stages],
        "outcomes": _items(state.outcomes.values()),
        "capabilities": _items(state.capabilities.values()),
        "metrics": _items(state.metrics.values()),
        "next_steps": _items(state.next_steps.values()),
        "pitfalls": _items(state.pitfalls.values()),
        "questions": [q.model_dump(mode="json") for q in state.questions],
        "closed_questions": [q.model_dump(mode="json") for q in state.closed_questions],
        "moments": [moment.model_dump(mode="json") for moment in state.moments.values()],
        "talk": state.talk.model_dump(mode="json"),
        "dropped": dict(state.dropped),
        "prose": {purpose: prose.model_dump(mode="json") for purpose, prose in state.prose.items()},
        "model": state.model.model_dump(mode="json"),
        "ended": state.ended,
        "end_reason": state.end_reason,
        "wrapped_up": state.wrapped_up,
    }


def item_view(item: Item | Pitfall) -> dict[str, Any]:
    """An item with its `utterances` beside its evidence."""
    return {**item.model_dump(mode="json"), "utterances": list(item.utterances)}


def _items(items: Iterable[Item | Pitfall]) -> list[dict[str, Any]]:
    return [item_view(item) for item in items]


def _utterance(state: CallState, i: int) -> dict[str, Any]:
    mark = state.marks.get(i)
    return {
        **state.utterances[i].model_dump(mode="json"),
        "stage": mark.stage if mark else None,
        "also": list(mark.also) if mark else [],
    }


def _stage(state: CallState, stage: str) -> dict[str, Any]:
    about = [u for u in state.utterances if state.stage_of(u.i) == stage]
    seconds = sum(u.end_s - u.start_s for u in about if u.start_s is not None and u.end_s is not None)
    return {
        "stage": stage,
        "coverage": state.coverage.get(stage, "untouched"),
        "utterances": [u.i for u in about],
        "seconds": round(seconds, 2),
    }
