"""An analyst proposes, the reducer decides.

Every op of either analyst passes here. What comes out are events, or nothing where the op says what is already so or
where a person has decided otherwise. What has no ground in the talk is dropped and counted, by reason.
"""

from __future__ import annotations

from typing import assert_never

from copilot.analysis.reducer.item_ops import add_item, confirm_item, empty_field, retire_item, update_item
from copilot.analysis.reducer.pitfall_ops import flag_pitfall, retire_pitfall
from copilot.analysis.reducer.prose_ops import write_prose
from copilot.analysis.reducer.question_ops import close_question, suggest_questions
from copilot.analysis.reducer.refusal import Refused
from copilot.analysis.reducer.stage_ops import mark_stage
from copilot.domain.events import By, Event, ProposalsDropped, StageCovered, TalkCounted
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddNextStep,
    AddOutcome,
    AnyOp,
    CloseQuestion,
    ConfirmItem,
    CountTalk,
    CoverStage,
    EmptyField,
    FlagPitfall,
    MarkStage,
    RetireItem,
    RetirePitfall,
    SuggestQuestions,
    UpdateItem,
    WriteProse,
)
from copilot.domain.state import CallState


def decide(state: CallState, op: AnyOp, *, by: By, utterance: str | None = None) -> list[Event]:
    """The events that an op leads to; `utterance` is the sender's id of the one that caused it. Pure, never raises."""
    try:
        events = _decided(state, op, by)
    except Refused as refused:
        events = [ProposalsDropped(reasons={refused.reason: 1})]
    return [event.model_copy(update={"by": by, "utterance": utterance}) for event in events]


def _decided(state: CallState, op: AnyOp, by: By) -> list[Event]:
    match op:
        case MarkStage():
            return mark_stage(state, op, by)
        case CoverStage():
            known = state.coverage.get(op.stage, "untouched") == op.coverage
            return [] if known else [StageCovered(stage=op.stage, coverage=op.coverage)]
        case CountTalk():
            return [] if state.talk == op.talk else [TalkCounted(talk=op.talk)]
        case AddOutcome() | AddCapability() | AddMetric() | AddNextStep():
            return add_item(state, op, by)
        case UpdateItem():
            return update_item(state, op)
        case EmptyField():
            return empty_field(state, op)
        case ConfirmItem():
            return confirm_item(state, op)
        case RetireItem():
            return retire_item(state, op)
        case FlagPitfall():
            return flag_pitfall(state, op)
        case RetirePitfall():
            return retire_pitfall(state, op)
        case SuggestQuestions():
            return suggest_questions(state, op, by)
        case CloseQuestion():
            return close_question(state, op)
        case WriteProse():
            return write_prose(state, op)
        case _:
            assert_never(op)
