"""A call as rows of a table: one for everything that is known of it, and one for each quote beneath what it is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copilot.domain.call import number
from copilot.domain.items import Evidence, Item, Pitfall, Question
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.review.sheets import Cell

COLUMNS = (
    *("call", "title", "account", "kind", "held_on", "demo"),
    *("part", "id", "text", "state", "confirmed_by", "found_by"),
    *("priority", "measurable", "phase", "outcomes", "metric_kind", "baseline", "target", "unit", "owner", "cadence"),
    *("due", "about", "reason"),
    *("utterance", "speaker", "role", "start_s", "end_s", "stage", "value"),
)
"""`part` says what a row is: outcome, capability, metric, next_step, prose, question, pitfall, evidence, stage, talk,
moment, utterance, or error. A cell is empty where there is nothing to say."""

CALL_COLUMNS = (
    *("call", "title", "account", "kind", "held_on", "demo", "started_at", "ended_at", "wrapped_up"),
    *("utterances", "duration_s", "outcomes", "gaps", "pitfalls", "error"),
)

Row = tuple[Cell, ...]


def rows(record: CallRecord, state: CallState) -> Iterator[Row]:
    """The rows of a call under `COLUMNS`: the value map, a model's texts, questions, pitfalls, talk, what was said."""
    found = (_items(state), _written(state), _questions(state), _pitfalls(state))
    for part in (*found, _figures(state), _moments(state), _said(state)):
        for cells in part:
            yield _row(record, cells)


def broken_row(record: CallRecord, problem: str) -> Row:
    """In place of a call that cannot be read."""
    return _row(record, {"part": "error", "text": problem})


def call_row(record: CallRecord, problem: str | None = None) -> Row:
    """A call under `CALL_COLUMNS`."""
    figures = record.figures
    return (
        *_call_cells(record),
        record.started_at.isoformat(),
        record.ended_at.isoformat() if record.ended_at else None,
        record.wrapped_up,
        figures.utterances,
        figures.duration_s,
        figures.outcomes,
        figures.gaps,
        figures.pitfalls,
        problem,
    )


def _row(record: CallRecord, cells: dict[str, Cell]) -> Row:
    return (*_call_cells(record), *(cells.get(column) for column in COLUMNS[6:]))


def _call_cells(record: CallRecord) -> Row:
    info = record.info
    return (info.id, info.title, info.account, info.kind.value, record.held_on.isoformat(), info.demo)


def _items(state: CallState) -> Iterator[dict[str, Cell]]:
    parts: dict[str, Iterable[Item]] = {
        "outcome": state.outcomes.values(),
        "capability": state.capabilities.values(),
        "metric": state.metrics.values(),
        "next_step": state.next_steps.values(),
    }
    for part, items in parts.items():
        for item in items:
            yield {"part": part, **_item(item)}
            yield from _evidence(state, item.id, item.evidence)


def _item(item: Item) -> dict[str, Cell]:
    """Whatever fields an item has under the names of the columns."""
    fields: dict[str, Any] = item.model_dump(mode="json", exclude={"kind", "outcomes"})
    told = {column: fields[column] for column in COLUMNS if column in fields}
    return {
        **told,
        "outcomes": " ".join(getattr(item, "outcomes", ())) or None,
        "metric_kind": getattr(item, "kind", None),
        "priority": getattr(item, "priority", None),
    }


def _written(state: CallState) -> Iterator[dict[str, Cell]]:
    for prose in state.prose.values():
        for sentence in prose.sentences:
            yield {"part": "prose", "id": prose.purpose, "text": sentence.text, "found_by": "llm"}
            yield from _evidence(state, prose.purpose, sentence.evidence)


def _questions(state: CallState) -> Iterator[dict[str, Cell]]:
    for question in (*state.questions, *state.closed_questions):
        yield _question(question)
        yield from _evidence(state, question.id, question.evidence)


def _question(question: Question) -> dict[str, Cell]:
    return {
        "part": "question",
        "id": question.id,
        "text": question.text,
        "state": question.state.value,
        "found_by": question.worded_by,
        "about": question.about,
        "reason": question.why,
        "utterance": number(question.after),
        "stage": question.stage,
    }


def _pitfalls(state: CallState) -> Iterator[dict[str, Cell]]:
    for pitfall in state.pitfalls.values():
        yield _pitfall(pitfall)
        yield from _evidence(state, pitfall.id, pitfall.evidence)


def _pitfall(pitfall: Pitfall) -> dict[str, Cell]:
    return {
        "part": "pitfall",
        "id": pitfall.id,
        "text": pitfall.kind,
        "state": pitfall.state.value,
        "about": pitfall.about,
        "reason": pitfall.fact or pitfall.reason,
    }


def _evidence(state: CallState, about: str, evidence: Sequence[Evidence]) -> Iterator[dict[str, Cell]]:
    for piece in evidence:
        yield {
            **_utterance(state, piece.utterance),
            "part": "evidence",
            "id": None,
            "about": about,
            "text": piece.quote,
        }


def _figures(state: CallState) -> Iterator[dict[str, Cell]]:
    for stage, coverage in state.coverage.items():
        yield {"part": "stage", "id": stage, "state": coverage}
    for name, figure in state.talk.model_dump(mode="json", exclude={"running"}).items():
        yield {"part": "talk", "id": name, "value": figure}


def _moments(state: CallState) -> Iterator[dict[str, Cell]]:
    for moment in state.moments.values():
        if not moment.removed:
            yield {
                "part": "moment",
                "id": moment.id,
                "text": moment.text,
                "utterance": None if moment.i is None else number(moment.i),
            }


def _said(state: CallState) -> Iterator[dict[str, Cell]]:
    for utterance in state.utterances:
        yield {**_utterance(state, utterance.i), "part": "utterance", "id": utterance.id, "text": utterance.text}


def _utterance(state: CallState, i: int) -> dict[str, Cell]:
    said = state.utterances[i]
    return {
        "utterance": number(i),
        "speaker": said.speaker,
        "role": said.role.value,
        "start_s": said.start_s,
        "end_s": said.end_s,
        "stage": state.stage_of(i),
    }
