"""Which stages of the value conversation have been covered, as the playbook defines it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from copilot.domain.conversation import Condition, DoneWhen, ItemKind
from copilot.domain.events import Coverage
from copilot.domain.items import Capability, Item, ItemState, Metric, Outcome
from copilot.domain.ops import CoverStage
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState, Spoken

FROM_THE_CUSTOMER = frozenset({ItemState.HEARD, ItemState.CONFIRMED})
UNTOUCHED: Coverage = "untouched"

ItemT = TypeVar("ItemT", bound=Item)
CoveragePass = Callable[[CallState, int], Sequence[CoverStage]]


def stage_coverage(state: CallState, playbook: Playbook) -> dict[str, Coverage]:
    """How far every stage of the playbook has been covered, `other` left out, in the playbook's order."""
    spoken, items = state.spoken, _items(state)
    return {
        stage.id: _reached(stage.done_when, spoken.get(stage.id, Spoken()), items) if stage.done_when else UNTOUCHED
        for stage in playbook.stages
    }


def coverage_pass(playbook: Playbook) -> CoveragePass:
    """A pass that says which stages have come further, or lost ground with what was taken back."""

    def run(state: CallState, i: int) -> Sequence[CoverStage]:  # noqa: ARG001  (every pass has this shape)
        return tuple(
            CoverStage(stage=stage, coverage=reached)
            for stage, reached in stage_coverage(state, playbook).items()
            if reached != state.coverage.get(stage, UNTOUCHED)
        )

    return run


ItemsHaving = Mapping[ItemKind, Sequence[frozenset[str]]]
"""What each item that was heard from the customer has, by kind."""


def _items(state: CallState) -> ItemsHaving:
    outcomes = _heard(state.outcomes.values())
    capabilities = _heard(state.capabilities.values())
    metrics = _heard(state.metrics.values())
    served = {link for capability in capabilities for link in capability.outcomes}
    measured = {link for metric in metrics for link in metric.outcomes}
    return {
        ItemKind.OUTCOMES: [_outcome_has(outcome, served, measured) for outcome in outcomes],
        ItemKind.CAPABILITIES: [_capability_has(capability) for capability in capabilities],
        ItemKind.METRICS: [_metric_has(metric) for metric in metrics],
    }


def _heard(items: Iterable[ItemT]) -> list[ItemT]:
    return [item for item in items if item.state in FROM_THE_CUSTOMER]


def _outcome_has(outcome: Outcome, served: set[str], measured: set[str]) -> frozenset[str]:
    return _true(
        measurable=outcome.measurable,
        priority=outcome.priority is not None,
        capability=outcome.id in served,
        metric=outcome.id in measured,
    )


def _capability_has(capability: Capability) -> frozenset[str]:
    return _true(outcome=bool(capability.outcomes), phase=capability.phase is not None)


def _metric_has(metric: Metric) -> frozenset[str]:
    return _true(
        outcome=bool(metric.outcomes),
        baseline=metric.baseline is not None,
        target=metric.target is not None,
        owner=metric.owner is not None,
        cadence=metric.cadence is not None,
    )


def _true(**facts: bool) -> frozenset[str]:
    return frozenset(name for name, holds in facts.items() if holds)


def _reached(done_when: DoneWhen, spoken: Spoken, items: ItemsHaving) -> Coverage:
    if any(_holds(condition, spoken, items) for condition in done_when.covered):
        return "covered"
    return "thin" if any(_holds(condition, spoken, items) for condition in done_when.thin) else UNTOUCHED


def _holds(condition: Condition, spoken: Spoken, items: ItemsHaving) -> bool:
    counts = (
        (condition.utterances, spoken.utterances),
        (condition.customer_utterances, spoken.customer_utterances),
        (condition.customer_words, spoken.customer_words),
        (condition.rep_utterances, spoken.rep_utterances),
    )
    if any(wanted is not None and there < wanted for wanted, there in counts):
        return False
    if condition.items is None or condition.at_least is None:
        return True
    having = frozenset(condition.having)
    return sum(having <= has for has in items[condition.items]) >= condition.at_least
