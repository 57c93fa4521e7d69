"""What becomes of the questions that an analyst suggests."""

from __future__ import annotations

from collections.abc import Collection

from copilot.analysis.grounding import grounded
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.events import Event, QuestionClosed, QuestionsSuggested
from copilot.domain.items import Question, QuestionState
from copilot.domain.ops import CloseQuestion, SuggestQuestions
from copilot.domain.state import CallState

MOST_QUESTIONS = 3  # one in front, at most two behind it


def suggest_questions(state: CallState, op: SuggestQuestions) -> list[Event]:
    """The list as it stands now: pinned ones stay in front, closed ones do not come back, known ones keep their ids.

    Nothing is asked about an item that was set aside.
    """
    done = {q.key for q in state.closed_questions}
    standing = {q.key: q for q in state.questions}
    chosen = [q for q in state.questions if q.state is QuestionState.PINNED]
    made = state.questions_made
    for suggestion in op.questions:
        if len(chosen) == MOST_QUESTIONS:
            break
        if suggestion.key in done or any(q.key == suggestion.key for q in chosen):
            continue
        if _is_set_aside(state, suggestion.about):
            continue
        known = standing.get(suggestion.key)
        made += known is None
        chosen.append(_placed(state, suggestion, known, made))
    return [] if tuple(chosen) == state.questions else [QuestionsSuggested(questions=tuple(chosen))]


def close_question(state: CallState, op: CloseQuestion) -> list[Event]:
    for question in state.questions:
        if question.id == op.id:
            return [closed(state, question, QuestionState(op.as_state))]
    if any(question.id == op.id for question in state.closed_questions):
        return []
    raise Refused("unknown_item")


def closed(state: CallState, question: Question, as_state: QuestionState) -> QuestionClosed:
    """The end of a question, at the last utterance heard so far."""
    updates = {"state": as_state, "closed_at": max(len(state.utterances) - 1, 0)}
    return QuestionClosed(question=question.model_copy(update=updates))


def dismiss_about(state: CallState, items: Collection[str]) -> list[QuestionClosed]:
    """The ends of the open questions about items that are set aside: there is nothing left to ask about them."""
    return [closed(state, q, QuestionState.DISMISSED) for q in state.questions if q.about in items]


def _is_set_aside(state: CallState, about: str | None) -> bool:
    item = state.item(about) if about else None
    return item is not None and not item.stands


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
