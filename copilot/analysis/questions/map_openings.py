"""What the value map still lacks, as something to ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copilot.analysis.gaps import gaps
from copilot.analysis.questions.opening import Opening
from copilot.analysis.questions.wording import named
from copilot.domain.call import CallKind
from copilot.domain.gap_questions import Gap, GapRule
from copilot.domain.items import Capability, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

Key = tuple[Gap, str]

_HAS_A_NUMBER_ALREADY = 0.7
_ONLY_PROPOSED = 0.6
_PLACEHOLDERS: Mapping[type[Item], str] = {
    Outcome: "outcome",
    Capability: "capability",
    Metric: "metric",
    NextStep: "next_step",
}


def map_openings(state: CallState, playbook: Playbook, kind: CallKind) -> Iterator[Opening]:
    """One per hole in an item that stands."""
    for gap, item_id in _holes(state):
        rule, item = playbook.gap_questions(gap), state.item(item_id)
        if item is not None and rule.weight_in(kind) > 0:
            yield _opening(gap, rule, item, kind)


def still_open(state: CallState, gap: str, about: str | None) -> bool:
    """Whether a hole in the map is still there. True for gaps that are not about the map."""
    return gap not in _ABOUT_ITEMS or (gap, about) in set(_holes(state))


def _holes(state: CallState) -> Iterator[Key]:
    for hole in gaps(state):
        yield Gap(hole.kind), hole.about
    outcomes = [outcome for outcome in state.outcomes.values() if outcome.stands]
    if len(outcomes) > 1 and all(outcome.priority is None for outcome in outcomes):
        yield Gap.OUTCOME_UNRANKED, outcomes[0].id
    for capability in state.capabilities.values():
        if capability.stands and capability.phase is None:
            yield Gap.CAPABILITY_WITHOUT_PHASE, capability.id
    for step in state.next_steps.values():
        if step.stands and step.owner is None:
            yield Gap.NEXT_STEP_WITHOUT_OWNER, step.id
        if step.stands and step.due is None:
            yield Gap.NEXT_STEP_WITHOUT_DATE, step.id
    if outcomes and not any(m.stands and m.kind == "leading" for m in state.metrics.values()):
        measured = [m for m in state.metrics.values() if m.stands and m.target is not None]
        if measured:
            yield Gap.EARLY_SIGNAL_MISSING, measured[-1].id


_ABOUT_ITEMS = frozenset(
    {
        Gap.OUTCOME_WITHOUT_METRIC,
        Gap.OUTCOME_WITHOUT_CAPABILITY,
        Gap.OUTCOME_UNRANKED,
        Gap.METRIC_WITHOUT_BASELINE,
        Gap.METRIC_WITHOUT_TARGET,
        Gap.METRIC_WITHOUT_OWNER,
        Gap.METRIC_WITHOUT_CADENCE,
        Gap.CAPABILITY_WITHOUT_OUTCOME,
        Gap.CAPABILITY_WITHOUT_PHASE,
        Gap.EARLY_SIGNAL_MISSING,
        Gap.NEXT_STEP_WITHOUT_OWNER,
        Gap.NEXT_STEP_WITHOUT_DATE,
    }
)


def _opening(gap: Gap, rule: GapRule, item: Item, kind: CallKind) -> Opening:
    values = {_PLACEHOLDERS[type(item)]: named(item.text, (e.quote for e in item.evidence))}
    if isinstance(item, Metric):
        values["figure"] = item.target or item.baseline or ""
    return Opening(
        gap=gap.value,
        about=item.id,
        stage=rule.stage or "other",
        weight=rule.weight_in(kind) * _certainty(gap, item),
        at=item.utterances[-1],
        evidence=item.evidence[-1:],
        values=values,
        why_values=values,
    )


def _certainty(gap: Gap, item: Item) -> float:
    certainty = _ONLY_PROPOSED if item.state is ItemState.PROPOSED else 1.0
    measured = gap is Gap.OUTCOME_WITHOUT_METRIC and isinstance(item, Outcome) and item.measurable
    return certainty * (_HAS_A_NUMBER_ALREADY if measured else 1.0)
