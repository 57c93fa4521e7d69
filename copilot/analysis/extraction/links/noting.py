"""Which outcome a capability or a metric serves, as far as the conversation tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.extraction.links.signs import Tied, tie_signs
from copilot.analysis.extraction.links.weights import CAPABILITY_SERVES, METRIC_SERVES
from copilot.analysis.weighing import chosen
from copilot.domain.items import Capability, Outcome
from copilot.domain.ops import UpdateItem
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

TiePass = Callable[[CallState, int], Sequence[UpdateItem]]

_SURE = 0.5  # while the call goes on: what is tied stays tied
_LEAST = 0.2  # once all has been said: chosen on writers left out


def tie_pass() -> TiePass:
    """A pass that ties what was just spoken of to the outcome that it likely serves, where that is likely enough."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        return tuple(_ties((item for item in _untied(state) if i in item.utterances), state, _SURE))

    return run


def last_ties(state: CallState) -> Sequence[UpdateItem]:
    """The same for all that is still open when the call is over, but for what was told to serve nothing."""
    alone = {p.about for p in state.pitfalls.values() if p.kind == PitfallKind.UNMAPPED_CAPABILITY}
    return tuple(_ties((item for item in _untied(state) if item.id not in alone), state, _LEAST))


def likeliest(state: CallState, item: Tied) -> tuple[float, Outcome] | None:
    """The outcome that an item most likely serves, and how likely; None where no outcome is known."""
    outcomes = [o for o in state.outcomes.values() if o.stands]
    if not outcomes:
        return None
    weights = CAPABILITY_SERVES if isinstance(item, Capability) else METRIC_SERVES
    likely = chosen(tie_signs(state, item, outcomes), weights)
    best = max(range(len(outcomes)), key=likely.__getitem__)
    return likely[best], outcomes[best]


def _untied(state: CallState) -> Iterator[Tied]:
    items: tuple[Tied, ...] = (*state.capabilities.values(), *state.metrics.values())
    return (item for item in items if item.stands and not item.outcomes)


def _ties(items: Iterator[Tied], state: CallState, least: float) -> Iterator[UpdateItem]:
    for item in items:
        best = likeliest(state, item)
        if best is not None and best[0] >= least:
            yield UpdateItem(id=item.id, outcomes=(best[1].id,))
