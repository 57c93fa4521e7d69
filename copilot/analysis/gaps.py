"""What the value map still lacks: each gap is a named hole where something belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar

from copilot.domain.items import Capability, Item, Metric
from copilot.domain.state import CallState
from copilot.domain.value import Value

GapKind = Literal[
    "outcome_without_capability",
    "outcome_without_metric",
    "capability_without_outcome",
    "metric_without_baseline",
    "metric_without_target",
    "metric_without_owner",
    "metric_without_cadence",
]

ItemT = TypeVar("ItemT", bound=Item)


class Gap(Value):
    """`about` is the id of the item that is not complete."""

    kind: GapKind
    about: str


def gaps(state: CallState) -> list[Gap]:
    """The holes in the map as it stands, item by item in the map's order. Items set aside have none."""
    served = {link for item in _standing(state.capabilities.values()) for link in item.outcomes}
    measured = {link for item in _standing(state.metrics.values()) for link in item.outcomes}
    found: list[Gap] = []
    for outcome in _standing(state.outcomes.values()):
        if outcome.id not in served:
            found.append(Gap(kind="outcome_without_capability", about=outcome.id))
        if outcome.id not in measured:
            found.append(Gap(kind="outcome_without_metric", about=outcome.id))
    untied = (c for c in _standing(state.capabilities.values()) if not _serves(c, state))
    found.extend(Gap(kind="capability_without_outcome", about=capability.id) for capability in untied)
    for metric in _standing(state.metrics.values()):
        found.extend(_metric_gaps(metric))
    return found


def _metric_gaps(metric: Metric) -> Iterator[Gap]:
    if metric.baseline is None:
        yield Gap(kind="metric_without_baseline", about=metric.id)
    if metric.target is None:
        yield Gap(kind="metric_without_target", about=metric.id)
    if metric.owner is None:
        yield Gap(kind="metric_without_owner", about=metric.id)
    if metric.cadence is None:
        yield Gap(kind="metric_without_cadence", about=metric.id)


def _serves(capability: Capability, state: CallState) -> bool:
    return any(state.outcomes[link].stands for link in capability.outcomes)


def _standing(items: Iterable[ItemT]) -> list[ItemT]:
    return [item for item in items if item.stands]
