"""What the talk itself leaves open: pains without a size, value that nobody checked, stages not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.analysis.coverage import UNTOUCHED
from copilot.analysis.pitfalls.signs import Signs, Span, figures_in, quote_around
from copilot.analysis.pitfalls.value_shown import gain_in, levels_in, validated
from copilot.analysis.pitfalls.watching import open_pitfalls
from copilot.analysis.questions.opening import Opening
from copilot.analysis.questions.wording import named
from copilot.domain.call import CallKind, Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Evidence
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

STAGE_THIN = "stage_thin"
"""A stage that was touched and is not covered; the playbook asks about it as about an untouched one."""

_NEGATIVE, _AFTER = "negative_consequences", "after_scenario"
_PAINS_LOOKED_BACK = 10  # utterances
_VALUE_LOOKED_BACK = 16
_LEAST_WORDS = 5
_THIN = 0.6
_NEXT_IN_LINE = 12.0
_FROM_PITFALLS = (
    (Gap.VALUE_WITHOUT_FIGURE, PitfallKind.UNSUBSTANTIATED_CLAIM),
    (Gap.VANITY_TO_VALUE, PitfallKind.VANITY_METRIC),
    (Gap.VANITY_TO_VALUE, PitfallKind.FEATURE_USAGE_REPORT),
    (Gap.ATTRIBUTION, PitfallKind.INFLATED_CLAIM),
)


def talk_openings(state: CallState, i: int, playbook: Playbook, signs: Signs, kind: CallKind) -> Iterator[Opening]:
    """Everything open after utterance `i` that is no hole in the value map."""
    yield from _pains(state, i, playbook, signs, kind)
    if kind is CallKind.QBR:
        yield from _review(state, i, playbook, signs)
    yield from _stages(state, i, playbook, kind)


def _pains(state: CallState, i: int, playbook: Playbook, signs: Signs, kind: CallKind) -> Iterator[Opening]:
    """The customer's latest pain, as long as it has no size, and as long as nothing is wanted instead."""
    for k in range(i, max(-1, i - _PAINS_LOOKED_BACK), -1):
        utterance = state.utterances[k]
        if utterance.role is Role.REP or state.stage_of(k) != _NEGATIVE or len(utterance.text.split()) < _LEAST_WORDS:
            continue
        pains = signs.find("pain", utterance.text) or signs.find("feelings", utterance.text)
        if not figured_since(state, k):
            yield from _about(state, Gap.PAIN_WITHOUT_SCALE, k, pains, playbook, kind)
        if not any(o.utterances[-1] >= k for o in state.outcomes.values() if o.stands):
            yield from _about(state, Gap.PAIN_WITHOUT_OUTCOME, k, pains, playbook, kind)
        return


def figured_since(state: CallState, k: int) -> bool:
    """Whether the customer has named a figure at utterance `k` or later."""
    return any(u.role is not Role.REP and figures_in(u.text) for u in state.utterances[k:])


def _about(
    state: CallState, gap: Gap, k: int, spans: Sequence[Span], playbook: Playbook, kind: CallKind
) -> Iterator[Opening]:
    """An opening about one utterance; its words are quoted in the ground, not in the question."""
    rule = playbook.gap_questions(gap)
    if rule.weight_in(kind) == 0:
        return
    utterance = state.utterances[k]
    quote = quote_around(utterance.text, spans[0] if spans else (0, len(utterance.text)))
    yield Opening(
        gap=gap.value,
        about=utterance.id,
        stage=rule.stage or OTHER_STAGE,
        weight=rule.weight_in(kind),
        at=k,
        evidence=(Evidence(utterance=k, quote=quote),),
        why_values={"pain": named(quote, (quote,))},
    )


def _review(state: CallState, i: int, playbook: Playbook, signs: Signs) -> Iterator[Opening]:
    """What a review of delivered value leaves open."""
    yield from _unchecked(state, i, playbook, signs)
    for gap, kind in _FROM_PITFALLS:
        for pitfall in open_pitfalls(state, kind)[-1:]:
            rule, at = playbook.gap_questions(gap), pitfall.utterances[-1]
            stage, weight = rule.stage or OTHER_STAGE, rule.weight_in(CallKind.QBR)
            yield Opening(gap.value, pitfall.id, stage, weight, at, pitfall.evidence[-1:])
    shown = [(k, span) for k in range(i + 1) if (span := _gain_of_rep(state, k, signs)) is not None]
    if shown:
        yield from _whole(state, shown, playbook, signs)


def _unchecked(state: CallState, i: int, playbook: Playbook, signs: Signs) -> Iterator[Opening]:
    """The latest gain that was put in figures and that nobody has confirmed since."""
    for k in range(i, max(-1, i - _VALUE_LOOKED_BACK), -1):
        span = _gain_of_rep(state, k, signs)
        if span is None:
            continue
        if not validated(state.utterances[k : i + 1], signs):
            yield from _about(state, Gap.VALUE_WITHOUT_VALIDATION, k, (span,), playbook, CallKind.QBR)
        if not signs.has("attribution", state.utterances[k].text):
            yield from _about(state, Gap.ATTRIBUTION, k, (span,), playbook, CallKind.QBR)
        return


def _whole(state: CallState, shown: list[tuple[int, Span]], playbook: Playbook, signs: Signs) -> Iterator[Opening]:
    """What the review as a whole has left out so far; open from its last gain on."""
    last, span = shown[-1]
    levels = frozenset[str]().union(*(levels_in(state.utterances[k].text[slice(*s)], signs) for k, s in shown))
    missing = [(Gap.PAST_ONLY, state.coverage.get(_AFTER, UNTOUCHED) == UNTOUCHED)]
    missing.append((Gap.SINGLE_DIMENSION, len(shown) > 1 and len(levels) == 1))
    for gap, open_now in missing:
        rule = playbook.gap_questions(gap)
        if open_now:
            quote = Evidence(utterance=last, quote=quote_around(state.utterances[last].text, span))
            stage = rule.stage or OTHER_STAGE
            yield Opening(gap.value, stage, stage, rule.weight_in(CallKind.QBR), last, (quote,))


def _gain_of_rep(state: CallState, k: int, signs: Signs) -> Span | None:
    utterance = state.utterances[k]
    return gain_in(utterance.text, signs) if utterance.role is not Role.CUSTOMER else None


def _stages(state: CallState, i: int, playbook: Playbook, kind: CallKind) -> Iterator[Opening]:
    """Stages that were not touched, and with less weight those that are thin; the next in line has some more."""
    rule = playbook.gap_questions(Gap.STAGE_UNTOUCHED)
    share = rule.weight_in(kind) / 100
    following = _following(state, i, playbook)
    for stage in playbook.stages:
        coverage = state.coverage.get(stage.id, UNTOUCHED)
        weight = playbook.untouched_weight(stage.id, kind) * share
        if coverage == "covered" or weight == 0:
            continue
        gap = Gap.STAGE_UNTOUCHED.value if coverage == UNTOUCHED else STAGE_THIN
        weight = weight * (1.0 if coverage == UNTOUCHED else _THIN) + (_NEXT_IN_LINE if stage.id == following else 0.0)
        yield Opening(gap, stage.id, stage.id, weight, values={"stage": stage.title}, why_values={"stage": stage.title})


def _following(state: CallState, i: int, playbook: Playbook) -> str | None:
    """The stage after the one that the talk is about now; the first at the beginning."""
    order = [stage.id for stage in playbook.stages]
    for k in range(i, max(-1, i - _PAINS_LOOKED_BACK), -1):
        stage = state.stage_of(k)
        if stage in order:
            at = order.index(stage) + 1
            return order[at] if at < len(order) else None
    return order[0]
