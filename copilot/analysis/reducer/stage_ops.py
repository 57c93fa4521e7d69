"""What becomes of a stage that an analyst marks."""

from __future__ import annotations

from copilot.analysis.reducer.refusal import Refused
from copilot.domain.events import By, Event, StageMarked
from copilot.domain.ops import MarkStage
from copilot.domain.state import CallState, StageMark


def mark_stage(state: CallState, op: MarkStage, by: By) -> list[Event]:
    """The mark, unless it stands so already, or the language model has put it right before."""
    if not 0 <= op.i < len(state.utterances):
        raise Refused("unknown_item")
    known = state.marks.get(op.i)
    if known is not None and known.by == "llm" and by != "llm":
        return []
    mark = StageMark(i=op.i, stage=op.stage, also=op.also, confidence=op.confidence, by=by)
    return [] if known == mark else [StageMarked(**mark.model_dump(exclude={"by"}))]
