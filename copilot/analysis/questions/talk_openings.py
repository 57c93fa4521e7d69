"""What the talk itself leaves open: pains without a size, decisions nobody takes, stages not touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from copilot.analysis.coverage import UNTOUCHED
from copilot.analysis.language.asking import asks
from copilot.analysis.numbers import find_quantities
from copilot.analysis.pitfalls.signs import Signs, Span
from copilot.analysis.questions.map_openings import name_of, near_the_end, wanted
from copilot.analysis.questions.opening import Opening, about_said
from copilot.analysis.questions.review_openings import review_openings
from copilot.analysis.questions.wording import told
from copilot.domain.call import CallKind, Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.gap_questions import Gap
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

STAGE_THIN = "stage_thin"
"""A stage that was touched and is not covered; the playbook asks about it as about an untouched one."""

_NEGATIVE = "negative_consequences"
_BUILD_ON_OUTCOMES = frozenset({"required_capabilities", "metrics", "how_we_do_it", "proof_points"})
_DECIDED_IN = frozenset({OTHER_STAGE, "required_capabilities", "how_we_do_it", "proof_points"})
_PAINS_LOOKED_BACK = 10  # utterances
_DECISIONS_LOOKED_BACK = 12
_LEAST_WORDS = 5
_PAUSE_IN_TELLING = 4  # utterances between two parts of one story
_THIN = 0.6
_TOO_EARLY = 0.6  # for what builds on outcomes, while none is known
_TOO_LATE = 0.6  # for stages that are still open once the end is near
_NEXT_IN_LINE = 12.0
_LOST = re.compile(r"\b(?:los(?:e|es|t|ing)|costs?|costing|spen[dt]|spends|spending|wast(?:e|es|ed|ing))\b", re.I)
_HOW_OFTEN = re.compile(
    r"\b(?:once|twice|\w+ times|several|most) (?:a|an|per|every|each) \w+"
    r"|\b(?:every|each) (?:\w+ )?(?:hour|shift|day|night|morning|week|weekend|month|quarter|year|time)\b"
    r"|\b(?:daily|weekly|monthly|all the time)\b",
    re.I,
)
_DECISION = re.compile(
    r"\b(?:deci(?:de|des|ded|ding|sions?)|sign(?:s|ed)? (?:it |this |that )?off|sign-off|approv(?:e|es|ed|al)"
    r"|green ?light|go-ahead|budget holder|final say|procurement|steering committee|the board has to)\b",
    re.I,
)
_DECIDER = re.compile(
    r"\b(?:i|me|we|he|she|they|(?-i:[A-Z]\w+)|our \w+|the \w+|my \w+)(?:['’](?:ll|d|s))?\s+(?:\w+ ){0,2}(?:decides?"
    r"|signs?|approves?|has the|have the)\b|\b(?:decision|call|say)(?:['’]s| is) (?:mine|with|up to|hers|his|theirs)\b"
    r"|\bwho(?: else)? (?:decides|signs|approves|has)\b",
    re.I,
)


def talk_openings(state: CallState, i: int, playbook: Playbook, signs: Signs, kind: CallKind) -> Iterator[Opening]:
    """Everything open after utterance `i` that is no hole in the value map."""
    yield from _pains(state, i, playbook, signs, kind)
    yield from _decisions(state, i, playbook, kind)
    if kind is CallKind.QBR:
        yield from review_openings(state, i, playbook, signs)
    yield from _stages(state, i, playbook, signs, kind)


def _pains(state: CallState, i: int, playbook: Playbook, signs: Signs, kind: CallKind) -> Iterator[Opening]:
    """The customer's latest pain, as long as it has no size, and as long as nothing is wanted instead."""
    k = latest_pain(state, i)
    if k is None:
        return
    first = _episode(state, k)
    span = _where_it_hurts(state.utterances[k].text, signs)
    values = {"pain": _pain_told(state, k, signs)}
    if not sized_since(state, k):
        yield from about_said(state, Gap.PAIN_WITHOUT_SCALE, k, span, playbook, kind, values, first)
    if not any(o.utterances[-1] >= first for o in state.outcomes.values() if o.stands):
        yield from about_said(state, Gap.PAIN_WITHOUT_OUTCOME, k, span, playbook, kind, values, first)


def latest_pain(state: CallState, i: int) -> int | None:
    """Where the customer last told what goes wrong; None where that is long ago."""
    return next((k for k in range(i, max(-1, i - _PAINS_LOOKED_BACK), -1) if _is_pain(state, k)), None)


def _is_pain(state: CallState, k: int) -> bool:
    utterance = state.utterances[k]
    told_here = utterance.role is not Role.REP and state.stage_of(k) == _NEGATIVE and not asks(utterance.text)
    return told_here and len(utterance.text.split()) >= _LEAST_WORDS


def _episode(state: CallState, k: int) -> int:
    """Where the customer began to tell what utterance `k` goes on with; a size that was named ends an episode."""
    first = k
    for earlier in range(k - 1, max(-1, k - _PAINS_LOOKED_BACK), -1):
        if first - earlier > _PAUSE_IN_TELLING or _is_sized(state.utterances[earlier].text):
            break
        if _is_pain(state, earlier):
            first = earlier
    return first


def _where_it_hurts(text: str, signs: Signs) -> Span:
    return next(iter(signs.find("pain", text) or signs.find("feelings", text)), (0, len(text)))


def _pain_told(state: CallState, k: int, signs: Signs) -> str:
    """The clause that holds the pain, where words show it."""
    text = state.utterances[k].text
    span = _where_it_hurts(text, signs)
    return told(text, span) if span != (0, len(text)) else ""


def sized_since(state: CallState, k: int) -> bool:
    """Whether the customer has said at utterance `k` or later how costly or how frequent it is.

    How long a thing takes, or which share of it fails, still leaves open what that costs.
    """
    return any(u.role is not Role.REP and _is_sized(u.text) for u in state.utterances[k:])


@lru_cache(maxsize=1024)
def _is_sized(text: str) -> bool:
    if _HOW_OFTEN.search(text):
        return True
    kinds = {quantity.kind for quantity in find_quantities(text)}
    return "money" in kinds or ("duration" in kinds and bool(_LOST.search(text)))


def _decisions(state: CallState, i: int, playbook: Playbook, kind: CallKind) -> Iterator[Opening]:
    """A decision that was spoken of, as long as nobody has been named for it."""
    for k in range(i, max(-1, i - _DECISIONS_LOOKED_BACK), -1):
        text = state.utterances[k].text
        if _DECIDER.search(text):
            return
        decision = _DECISION.search(text)
        if decision and state.stage_of(k) in _DECIDED_IN:
            yield from about_said(state, Gap.DECISION_WITHOUT_OWNER, k, decision.span(), playbook, kind, {})
            return


def _stages(state: CallState, i: int, playbook: Playbook, signs: Signs, kind: CallKind) -> Iterator[Opening]:
    """Stages that were not touched, and with less weight those that are thin; the next in line has some more."""
    rule = playbook.gap_questions(Gap.STAGE_UNTOUCHED)
    share = rule.weight_in(kind) / 100 * (_TOO_LATE if near_the_end(state) else 1.0)
    following = _following(state, i, playbook)
    values = _of_the_call(state, i, signs)
    for stage in playbook.stages:
        coverage = state.coverage.get(stage.id, UNTOUCHED)
        weight = playbook.untouched_weight(stage.id, kind) * share
        if coverage == "covered" or weight == 0:
            continue
        gap = Gap.STAGE_UNTOUCHED.value if coverage == UNTOUCHED else STAGE_THIN
        weight = weight * (1.0 if coverage == UNTOUCHED else _THIN) + (_NEXT_IN_LINE if stage.id == following else 0.0)
        if stage.id in _BUILD_ON_OUTCOMES and kind is not CallKind.QBR and "outcome" not in values:
            weight *= _TOO_EARLY
        yield Opening(gap, stage.id, stage.id, weight, values=values, why_values={"stage": stage.title})


def _of_the_call(state: CallState, i: int, signs: Signs) -> dict[str, str]:
    """What a question that opens a stage can build on: the outcome that counts most, and the latest pain."""
    values: dict[str, str] = {}
    outcomes = wanted(state)
    if outcomes:
        values["outcome"] = name_of(min(outcomes, key=lambda outcome: outcome.priority or 9))
    pain = latest_pain(state, i)
    if pain is not None:
        values["pain"] = _pain_told(state, pain, signs)
    return values


def _following(state: CallState, i: int, playbook: Playbook) -> str | None:
    """The stage after the one that the talk is about now; the first at the beginning."""
    order = [stage.id for stage in playbook.stages]
    for k in range(i, max(-1, i - _PAINS_LOOKED_BACK), -1):
        stage = state.stage_of(k)
        if stage in order:
            at = order.index(stage) + 1
            return order[at] if at < len(order) else None
    return order[0]
