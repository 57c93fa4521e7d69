"""Measures among the other things of a call: where they are told, and which results they measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from copilot.analysis.extraction.matching import latest, meant
from copilot.domain.call import CallKind
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

TiePass = Callable[[CallState, int], Sequence[UpdateItem]]

MEASURES = "metrics"
_REACH = 6  # utterances for which an outcome is the one that figures are told of
_SAME = 0.5


def is_review(state: CallState) -> bool:
    """Whether the call looks back on value that was delivered."""
    return state.call is not None and state.call.kind is CallKind.QBR


def metric_tie_pass() -> TiePass:
    """A pass that links the measures just spoken of to the outcome they are named like, or else to the last one."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        fresh = [m for m in state.metrics.values() if m.stands and i in m.utterances and not m.outcomes]
        last = latest(state.outcomes.values(), i, reach=_REACH)
        ties = ((m, next(iter(meant(state.outcomes, m.text, least=_SAME)), last)) for m in fresh)
        return tuple(UpdateItem(id=m.id, outcomes=(outcome.id,)) for m, outcome in ties if outcome is not None)

    return run
