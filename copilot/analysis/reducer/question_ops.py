"""What becomes of the questions that an analyst suggests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from copilot.analysis.grounding import grounded
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.events import By, Event, QuestionClosed, QuestionsSuggested
from copilot.domain.items import Question, QuestionState
from copilot.domain.ops import CloseQuestion, SuggestQuestions
from copilot.domain.state import CallState

MOST_QUESTIONS = 3  # one in front, at most two behind it
FRESH_UTTERANCES = 8  # a question worded for a moment stands so long without being suggested again


def suggest_questions(state: CallState, op: SuggestQuestions, by: By) -> list[Event]:
    """The list as it stands now: pinned ones stay in front, closed ones do not come back, known ones keep their ids.

    What the language model suggests goes before what stands, and stays for a while although the first tier, which
    knows nothing of it, suggests others. Nothing is asked about an item that was set aside.
    """
    done = {q.key for q in state.closed_questions}
    standing = {q.key: q for q in state.questions}
    suggested = [q.model_copy(update={"worded_by": _words_of(by)}) for q in op.questions]
    wanted = [*suggested, *state.questions] if by == "llm" else [*_still_fresh(state, suggested), *suggested]
    chosen = [q for q in state.questions if q.state is QuestionState.PINNED]
    made = state.questions_made
    for suggestion in wanted:
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
    """The end of a question, at the last utterance heard so far; after the call nobody's words were its end."""
    updates = {"state": as_state, "closed_at": None if state.ended else max(len(state.utterances) - 1, 0)}
    return QuestionClosed(question=question.model_copy(update=updates))


def dismiss_about(state: CallState, items: Collection[str]) -> list[QuestionClosed]:
    """The ends of the open questions about items that are set aside: there is nothing left to ask about them."""
    return [closed(state, q, QuestionState.DISMISSED) for q in state.questions if q.about in items]


def _is_set_aside(state: CallState, about: str | None) -> bool:
    item = state.item(about) if about else None
    return item is not None and not item.stands


def _words_of(by: By) -> Literal["playbook", "llm"]:
    return "llm" if by == "llm" else "playbook"


def _still_fresh(state: CallState, suggested: Sequence[Question]) -> list[Question]:
    """The model's questions that the first tier would not ask, as long as they still fit the moment."""
    known, now = {q.key for q in suggested}, len(state.utterances) - 1
    return [
        q for q in state.questions if q.worded_by == "llm" and q.key not in known and now - q.after < FRESH_UTTERANCES
    ]


def _placed(state: CallState, suggestion: Question, known: Question | None, number: int) -> Question:
    """A suggestion as it goes into the list. One that is standing keeps its id; its wording follows its item.

    Words that the language model found for this moment are not replaced by the playbook's.
    """
    if known is not None:
        if known.worded_by == "llm" and suggestion.worded_by != "llm":
            return known
        words = {name: getattr(suggestion, name) for name in ("text", "why", "stage", "worded_by")}
        return known.model_copy(update=words)
    updates = {
        "id": f"Q{number}",
        "after": max(len(state.utterances) - 1, 0),
        "evidence": grounded(suggestion.evidence, state.utterances),
        "state": QuestionState.OPEN,
    }
    return suggestion.model_copy(update=updates)
