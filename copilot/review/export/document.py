"""A call as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from copilot.domain.records import CallRecord
from copilot.domain.snapshot import snapshot
from copilot.domain.state import CallState

FORMAT = "copilot.call/1"


def without_notes(state: CallState) -> CallState:
    """Without the moments that somebody marked, and what they noted there for their own side."""
    return replace(state, moments={})


def document(record: CallRecord, state: CallState, stages: Sequence[str]) -> dict[str, Any]:
    """Its state as panels see it, with when it was, its figures, and how far its log goes."""
    told = record.model_dump(mode="json", include={"started_at", "ended_at", "wrapped_up", "figures"})
    return {
        "format": FORMAT,
        "id": record.info.id,
        "held_on": record.held_on.isoformat(),
        **told,
        "seq": state.seq,
        "state": snapshot(state, stages),
    }
