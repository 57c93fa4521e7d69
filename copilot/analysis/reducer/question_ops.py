"""What becomes of the questions that an analyst suggests."""

from __future__ import annotations

from copilot.analysis.grounding import grounded
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.events import Event, QuestionClosed, QuestionsSuggested
from copilot.domain.items import Question, QuestionState
from copilot.domain.ops import CloseQuestion, SuggestQuestions
from copilot.domain.state import CallState

MOST_QUESTIONS = 3  # one in front, at most two behind it


def suggest_questions(state: CallState, op: SuggestQuestions) -> list[Event]:
    """The list as it stands now: pinned ones stay in front, closed ones do not come back, known ones keep their ids."""
    closed = {q.key for q in state.closed_questions}
    standing = {q.key: q for q in state.questions}
    chosen = [q for q in state.questions if q.state is QuestionState.PINNED]
    made = state.questions_made
    for suggestion in op.questions:
        if len(chosen) == MOST_QUESTIONS:
            break
        if suggestion.key in closed or any(q.key == suggestion.key for q in chosen):
            continue
        known = standing.get(suggestion.key)
        made += known is None
        chosen.append(_placed(state, suggestion, known, made))
    return [] if tuple(chosen) == state.questions else [QuestionsSuggested(questions=tuple(chosen))]


def close_question(state: CallState, op: CloseQuestion) -> list[Event]:
    for question in state.questions:
        if question.id == op.id:
            return [QuestionClosed(question=question.model_copy(update={"state": QuestionState(op.as_state)}))]
    if any(question.id == op.id for question in state.closed_questions):
        return []
    raise Refused("unknown_item")


def _placed(state: CallState, suggestion: Question, known: Question | None, number: int) -> Question:
    """A suggestion as it goes into the list. One that is standing keeps its id; its wording follows its item."""
    if known is not None:
        return known.model_copy(update={"text": suggestion.text, "why": suggestion.why, "stage": suggestion.stage})
    updates = {
        "id": f"Q{number}",
        "after": max(len(state.utterances) - 1, 0),
        "evidence": grounded(suggestion.evidence, state.utterances),
        "state": QuestionState.OPEN,
    }
    return suggestion.model_copy(update=updates)
