"""What the value map still lacks, as something to ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copilot.analysis.gaps import gaps
from copilot.analysis.questions.achieved import achieved
from copilot.analysis.questions.figures import level_of
from copilot.analysis.questions.opening import Opening
from copilot.analysis.questions.wording import as_wanted, named
from copilot.domain.call import CallKind
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Capability, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

Key = tuple[Gap, str]

_PLACEHOLDERS: Mapping[type[Item], str] = {
    Outcome: "outcome",
    Capability: "capability",
    Metric: "metric",
    NextStep: "next_step",
}
_HAS_A_NUMBER_ALREADY = 0.7
_ONLY_PROPOSED = 0.6
_AT_THE_END = 1.25  # for what makes next steps and measures stick, once the end is near
_BEFORE_THE_END = 0.4  # for a date or an owner of something promised on the way
_STEPS_AT_THE_END = 2
_IN_A_REVIEW = {
    Gap.METRIC_WITHOUT_BASELINE: Gap.VALUE_WITHOUT_BASELINE,
    Gap.METRIC_WITHOUT_TARGET: Gap.PROMISE_WITHOUT_READING,
}
"""A review asks where a measure started and where it stands now; a target is the promise behind it."""

_MAKES_IT_STICK = frozenset(
    {Gap.METRIC_WITHOUT_OWNER, Gap.METRIC_WITHOUT_CADENCE, Gap.EARLY_SIGNAL_MISSING}
    | {Gap.NEXT_STEP_WITHOUT_OWNER, Gap.NEXT_STEP_WITHOUT_DATE}
)
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
        Gap.VALUE_WITHOUT_BASELINE,
        Gap.PROMISE_WITHOUT_READING,
    }
)


def map_openings(state: CallState, playbook: Playbook, kind: CallKind) -> Iterator[Opening]:
    """One per hole in an item that stands; `values_of` has what fills its words."""
    at_the_end = near_the_end(state)
    for gap, item_id in holes(state, kind):
        rule, item = playbook.gap_questions(gap), state.item(item_id)
        if item is not None and (weight := rule.weight_in(kind)) > 0:
            yield Opening(
                gap=gap.value,
                about=item.id,
                stage=rule.stage or OTHER_STAGE,
                weight=weight * _certainty(gap, item, at_the_end=at_the_end),
                at=_opened_at(state, gap, item),
                evidence=item.evidence[-1:],
            )


def is_about_items(gap: str) -> bool:
    """Whether a gap is a hole in the map, which is open as long as `holes` has it."""
    return gap in _ABOUT_ITEMS


def holes(state: CallState, kind: CallKind) -> Iterator[Key]:
    """What is missing, and of which item."""
    for hole in gaps(state):
        gap = hole.kind
        if gap is Gap.OUTCOME_WITHOUT_CAPABILITY and achieved(state, state.outcomes[hole.about]):
            continue
        yield (_IN_A_REVIEW.get(gap, gap) if kind is CallKind.QBR else gap), hole.about
    outcomes = wanted(state)
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
            yield Gap.EARLY_SIGNAL_MISSING, measured[0].id


def _opened_at(state: CallState, gap: Gap, item: Item) -> int:
    """Two outcomes make a ranking worth asking for, so the later one counts."""
    if gap is Gap.OUTCOME_UNRANKED:
        return max(o.utterances[0] for o in wanted(state))
    return item.utterances[-1]


def values_of(state: CallState, gap: Gap, item: Item) -> dict[str, str]:
    """What fills the words of a question about an item."""
    values = {_PLACEHOLDERS[type(item)]: name_of(item)}
    if isinstance(item, Metric):
        values["figure"] = level_of(item, item.baseline if gap is Gap.METRIC_WITHOUT_TARGET else item.target)
        served = [state.outcomes[link] for link in item.outcomes if link in state.outcomes]
        if gap is Gap.EARLY_SIGNAL_MISSING and served:
            values["outcome"] = name_of(served[0])
    if gap is Gap.OUTCOME_UNRANKED:
        standing = wanted(state)
        if len(standing) == 2:
            values["other_outcome"] = name_of(standing[1])
    return values


def name_of(item: Item) -> str:
    """A few of the customer's words for it; may be empty."""
    if isinstance(item, Outcome):
        return as_wanted(named(item.text, (e.quote for e in item.evidence), with_figures=True))
    return named(item.text, (e.quote for e in item.evidence))


def wanted(state: CallState) -> list[Outcome]:
    """The outcomes that stand and are yet to come true."""
    return [outcome for outcome in state.outcomes.values() if outcome.stands and not achieved(state, outcome)]


def _certainty(gap: Gap, item: Item, *, at_the_end: bool) -> float:
    certainty = _ONLY_PROPOSED if item.state is ItemState.PROPOSED else 1.0
    if gap is Gap.OUTCOME_WITHOUT_METRIC and isinstance(item, Outcome) and item.measurable:
        certainty *= _HAS_A_NUMBER_ALREADY
    if at_the_end and gap in _MAKES_IT_STICK:
        return certainty * _AT_THE_END
    return certainty * (_BEFORE_THE_END if isinstance(item, NextStep) else 1.0)


def near_the_end(state: CallState) -> bool:
    """Next steps are agreed at the end; a single promise may be made at any time."""
    return sum(step.stands for step in state.next_steps.values()) >= _STEPS_AT_THE_END
