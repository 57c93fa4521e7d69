"""Measures among the other things of a call: where they are told, and in which calls value is looked back on."""

from __future__ import annotations

from copilot.domain.call import CallKind
from copilot.domain.state import CallState

METRICS_STAGE = "metrics"


def is_review(state: CallState) -> bool:
    """Whether the call looks back on value that was delivered."""
    return state.call is not None and state.call.kind is CallKind.QBR
