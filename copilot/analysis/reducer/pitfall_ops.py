"""What becomes of a pitfall that an analyst sees."""

from __future__ import annotations

from copilot.analysis.grounding import grounded
from copilot.analysis.reducer.noting import joined, next_id
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.events import Event, PitfallNoted
from copilot.domain.items import Evidence, Pitfall, PitfallState
from copilot.domain.ops import FlagPitfall, RetirePitfall
from copilot.domain.state import CallState


def flag_pitfall(state: CallState, op: FlagPitfall) -> list[Event]:
    """Found once per place: the same kind about the same item or at the same utterance is the same event."""
    evidence = grounded(op.evidence, state.utterances)
    if not evidence:
        raise Refused("ungrounded")
    same = _same(state, op, evidence)
    if same is None:
        item = Pitfall(id=next_id("P", state.pitfalls), kind=op.kind, evidence=evidence, fact=op.fact, about=op.about)
        return [PitfallNoted(change="found", item=item)]
    if same.locked:
        return []  # dismissed or called wrong by a person
    known = set(evidence) <= set(same.evidence)
    updates = {
        "evidence": same.evidence if known else joined(same.evidence, evidence, state.utterances),
        "fact": op.fact or same.fact,
        "state": PitfallState.OPEN,
        "reason": None,
    }
    merged = same.model_copy(update=updates)
    return [] if merged == same else [PitfallNoted(change="changed", item=merged)]


def retire_pitfall(state: CallState, op: RetirePitfall) -> list[Event]:
    """Withdrawn, unless a person has judged it."""
    pitfall = state.pitfalls.get(op.id)
    if pitfall is None:
        raise Refused("unknown_item")
    if pitfall.locked or pitfall.state is not PitfallState.OPEN:
        return []
    withdrawn = pitfall.model_copy(update={"state": PitfallState.WITHDRAWN, "reason": op.reason})
    return [PitfallNoted(change="withdrawn", item=withdrawn)]


def _same(state: CallState, op: FlagPitfall, evidence: tuple[Evidence, ...]) -> Pitfall | None:
    at = {e.utterance for e in evidence}
    for pitfall in state.pitfalls.values():
        if pitfall.kind == op.kind and (
            (op.about is not None and pitfall.about == op.about)
            or (pitfall.about == op.about and at & set(pitfall.utterances))
        ):
            return pitfall
    return None
