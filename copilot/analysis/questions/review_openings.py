"""What a review of delivered value leaves open: gains nobody checked, use without a result, nothing ahead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copilot.analysis.coverage import UNTOUCHED
from copilot.analysis.numbers import find_quantities
from copilot.analysis.pitfalls.signs import Signs, Span, quote_around
from copilot.analysis.pitfalls.value_shown import levels_in, validated, value_in
from copilot.analysis.pitfalls.watching import open_pitfalls
from copilot.analysis.questions.opening import Opening, about_said
from copilot.domain.call import CallKind, Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.items import Evidence
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

_AFTER = "after_scenario"
_VALUE_LOOKED_BACK = 16  # utterances
_LARGE = 1000
_FROM_PITFALLS = (
    (Gap.VALUE_WITHOUT_FIGURE, PitfallKind.UNSUBSTANTIATED_CLAIM),
    (Gap.VANITY_TO_VALUE, PitfallKind.VANITY_METRIC),
    (Gap.VANITY_TO_VALUE, PitfallKind.FEATURE_USAGE_REPORT),
    (Gap.ATTRIBUTION, PitfallKind.INFLATED_CLAIM),
)


def review_openings(state: CallState, i: int, playbook: Playbook, signs: Signs) -> Iterator[Opening]:
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
        values = {"figure": _figure(state.utterances[k].text[slice(*span)])}
        if not validated(state.utterances[k : i + 1], signs):
            yield from about_said(state, Gap.VALUE_WITHOUT_VALIDATION, k, span, playbook, CallKind.QBR, values)
        if not signs.has("attribution", state.utterances[k].text):
            yield from about_said(state, Gap.ATTRIBUTION, k, span, playbook, CallKind.QBR, values)
        return


@lru_cache(maxsize=256)
def _figure(sentence: str) -> str:
    """The figure that a sentence comes to: its last sum of money or share, else its last large number or time span."""
    found = find_quantities(sentence)
    worth = [q.text for q in found if q.kind in ("money", "percent")]
    rest = [q.text for q in found if q.low >= _LARGE or (q.kind == "duration" and q.unit not in ("years", "months"))]
    return next(reversed(worth or rest), "")


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
    return value_in(utterance.text, signs) if utterance.role is not Role.CUSTOMER else None
