"""A whole analysis in the shape in which calls are labelled, so that the two can be compared field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copilot.analysis.hearing import Step
from copilot.domain.events import Event, QuestionClosed, QuestionsSuggested, UtteranceHeard
from copilot.domain.items import Item, ItemState, Question
from copilot.domain.snapshot import item_view
from copilot.domain.state import CallState, StageMark


def analysis_document(step: Step) -> dict[str, Any]:
    """The call with its findings: what the customer said or confirmed; `proposed` holds what only the rep said."""
    state = step.state
    call = state.call
    return {
        "call": call.model_dump(mode="json", exclude={"participants"}) if call else None,
        "participants": [p.model_dump(mode="json") for p in call.participants] if call else [],
        "utterances": [u.model_dump(mode="json") for u in state.utterances],
        "labels": {
            "stages": [_stage(mark) for mark in state.marks.values()],
            "outcomes": _heard(state.outcomes.values()),
            "capabilities": _heard(state.capabilities.values()),
            "metrics": _heard(state.metrics.values()),
            "pitfalls": [item_view(p) for p in state.pitfalls.values() if p.counts],
            "questions": suggestions_over_time(step.events),
            "next_steps": _standing(state.next_steps.values()),
        },
        "proposed": _proposed(state),
        "coverage": dict(state.coverage),
        "talk": state.talk.model_dump(mode="json"),
        "prose": {purpose: prose.model_dump(mode="json") for purpose, prose in state.prose.items()},
        "model": state.model.model_dump(mode="json"),
    }


def suggestions_over_time(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The suggestions as they stood: an entry each time they changed, `after` being the last utterance heard."""
    entries: dict[int, tuple[Question, ...]] = {}
    standing: tuple[Question, ...] = ()
    after = -1
    for event in events:
        if isinstance(event, UtteranceHeard):
            after = event.i
        elif isinstance(event, QuestionsSuggested):
            standing = entries[after] = event.questions
        elif isinstance(event, QuestionClosed):
            standing = entries[after] = tuple(q for q in standing if q.id != event.question.id)
    return [
        {"after": i, "suggestions": [{"stage": q.stage, "text": q.text, "why": q.why} for q in questions]}
        for i, questions in entries.items()
    ]


def _stage(mark: StageMark) -> dict[str, Any]:
    return {"i": mark.i, "stage": mark.stage, "also": list(mark.also), "confidence": mark.confidence}


def _heard(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [item_view(item) for item in items if item.state in {ItemState.HEARD, ItemState.CONFIRMED}]


def _standing(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [item_view(item) for item in items if item.stands]


def _proposed(state: CallState) -> dict[str, list[dict[str, Any]]]:
    kinds = {"outcomes": state.outcomes, "capabilities": state.capabilities, "metrics": state.metrics}
    return {
        name: [item_view(item) for item in items.values() if item.state is ItemState.PROPOSED]
        for name, items in kinds.items()
    }
