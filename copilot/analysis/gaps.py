"""What the value map still lacks: each gap leaves a hole where something belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from copilot.domain.gap_questions import Gap
from copilot.domain.items import Capability, Item, Metric
from copilot.domain.state import CallState
from copilot.domain.value import Value

ItemT = TypeVar("ItemT", bound=Item)


class Hole(Value):
    """One gap in the map: `about` is the id of the item that is not complete."""

    kind: Gap
    about: str


def gaps(state: CallState) -> list[Hole]:
    """The holes in the map as it stands, item by item in the map's order. Items set aside have none."""
    served = {link for item in _standing(state.capabilities.values()) for link in item.outcomes}
    measured = {link for item in _standing(state.metrics.values()) for link in item.outcomes}
    found: list[Hole] = []
    for outcome in _standing(state.outcomes.values()):
        if outcome.id not in served:
            found.append(Hole(kind=Gap.OUTCOME_WITHOUT_CAPABILITY, about=outcome.id))
        if outcome.id not in measured:
            found.append(Hole(kind=Gap.OUTCOME_WITHOUT_METRIC, about=outcome.id))
    untied = (c for c in _standing(state.capabilities.values()) if not _serves(c, state))
    found.extend(Hole(kind=Gap.CAPABILITY_WITHOUT_OUTCOME, about=capability.id) for capability in untied)
    for metric in _standing(state.metrics.values()):
        found.extend(_metric_gaps(metric))
    return found


def _metric_gaps(metric: Metric) -> Iterator[Hole]:
    if metric.baseline is None:
        yield Hole(kind=Gap.METRIC_WITHOUT_BASELINE, about=metric.id)
    if metric.target is None:
        yield Hole(kind=Gap.METRIC_WITHOUT_TARGET, about=metric.id)
    if metric.owner is None:
        yield Hole(kind=Gap.METRIC_WITHOUT_OWNER, about=metric.id)
    if metric.cadence is None:
        yield Hole(kind=Gap.METRIC_WITHOUT_CADENCE, about=metric.id)


def _serves(capability: Capability, state: CallState) -> bool:
    return any(state.outcomes[link].stands for link in capability.outcomes)


def _standing(items: Iterable[ItemT]) -> list[ItemT]:
    return [item for item in items if item.stands]
