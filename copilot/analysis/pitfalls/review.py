"""Pitfalls of a whole review: nothing ahead, one kind of value, a customer who is never asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.turns import turns_after
from copilot.analysis.numbers import numbers_in
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences
from copilot.analysis.pitfalls.value_shown import (
    LEVELS,
    agrees_that_it_holds,
    asks_whether_it_holds,
    levels_in,
    sum_in,
    value_in,
)
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, open_pitfalls
from copilot.domain.call import Role
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LOOKED_BACK = 24  # utterances that are searched for a sum which nobody has checked
_SOON = 8  # utterances within which "does that hold?" means the sum
_AT_ONCE = 4  # utterances within which a customer's "that's right" does
_CUSTOMERS_WORDS = 8  # utterances before a sum in which the customer may have named it first
_VALUE = frozenset({"metrics", "positive_business_outcomes"})
_AHEAD = frozenset({"after_scenario", "positive_business_outcomes", "required_capabilities"})
_TIME_AHEAD = re.compile(
    r"\b(?:by|before|until|from|in|this|next)\s+(?:the\s+)?(?:(?:end|start|middle) of\s+(?:the\s+)?)?"
    r"(?:january|february|march|april|june|july|august|september|october|november|december|christmas|easter"
    r"|spring|summer|autumn|winter|month|quarter|year)\b",
    re.I,
)
_INTENDED = re.compile(r"\b(?:will|want|need|should|must|ha(?:s|ve) to|going to|to be|i can|we can)\b|\w['’]ll\b", re.I)
_THEIR_FIGURE = re.compile(r"\b(?:gave|told|sent) (?:me|us)\b|\byour (?:own )?(?:figures?|numbers?)\b", re.I)
_ALL_OF_IT = re.compile(
    r"\b(?:these|those|the|all(?: of)?(?: the| these| those)?) (?:numbers|figures|sums|results)\b", re.I
)


def missing_customer_validation(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """A sum of value, and the rep goes on for some turns without asking whether it holds; taken back once asked."""
    kind = PitfallKind.MISSING_CUSTOMER_VALIDATION
    standing = open_pitfalls(state, kind)
    checked = [pitfall for pitfall in standing if _checks(state, i, pitfall.utterances[0], watch)]
    if checked:
        return [RetirePitfall(id=pitfall.id, reason="the customer was asked") for pitfall in checked]
    if is_rep(state, i) or is_backchannel(state.utterances[i].text) or standing:
        return ()
    turns = int(watch.limit(kind, "rep_turns", state))
    for k in range(max(0, i - _LOOKED_BACK), i):
        span = _sum_of_rep(state, k)
        if span is not None and _turns_passed(state, k, turns) and not _is_settled(state, k, watch):
            return (watch.flag(kind, (evidence_at(state, k, span),)),)
    return ()


def _turns_passed(state: CallState, k: int, turns: int) -> bool:
    return len(list(islice(turns_after(state.utterances, k, Role.REP), turns))) == turns


def missing_at_the_end(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """The same for a sum so near the end of a call that no turns were left to pass."""
    kind = PitfallKind.MISSING_CUSTOMER_VALIDATION
    if any(p.kind == kind for p in state.pitfalls.values()):
        return ()
    sums = ((k, _sum_of_rep(state, k)) for k in range(len(state.utterances)))
    unchecked = ((k, span) for k, span in sums if span is not None and not _is_settled(state, k, watch))
    return [watch.flag(kind, (evidence_at(state, k, span),)) for k, span in islice(unchecked, 1)]


def _sum_of_rep(state: CallState, k: int) -> Span | None:
    """Where the rep works out a value, unless the customer has just named the same figures."""
    span = sum_in(state.utterances[k].text) if is_rep(state, k) else None
    if span is None or _THEIR_FIGURE.search(state.utterances[k].text):
        return None
    before = state.utterances[max(0, k - _CUSTOMERS_WORDS) : k]
    named = frozenset[float]().union(*(numbers_in(u.text) for u in before if u.role is not Role.REP))
    return None if numbers_in(state.utterances[k].text[slice(*span)]) <= named else span


def _is_settled(state: CallState, k: int, watch: Watch) -> bool:
    """Whether the sum at `k` is checked, or told of already as one that claims too much."""
    inflated = (p for p in state.pitfalls.values() if p.kind == PitfallKind.INFLATED_CLAIM)
    return any(k in pitfall.utterances for pitfall in inflated) or any(
        _checks(state, i, k, watch) for i in range(max(0, k - 1), len(state.utterances))
    )


def _checks(state: CallState, i: int, k: int, watch: Watch) -> bool:
    """Whether utterance `i` asks the customer about the sum at `k`, or is the customer's word for it.

    A customer who asks where a figure comes from has not been asked.
    """
    utterance = state.utterances[i]
    if agrees_that_it_holds(utterance, watch.signs):
        return i - k <= _AT_ONCE
    if not asks_whether_it_holds(utterance, watch.signs):
        return False
    if i - k <= _SOON or _ALL_OF_IT.search(utterance.text):
        return True
    worked_out = state.utterances[k].text[slice(*(sum_in(state.utterances[k].text) or (0, 0)))]
    return max(numbers_in(worked_out), default=0.0) in numbers_in(utterance.text)


def past_only(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """Value was shown, and no talk of substance, scheduling apart, looks ahead."""
    shown = value_shown_at(state, watch)
    if len(shown) < watch.limit(PitfallKind.PAST_ONLY, "value_statements", state) or _looks_ahead(state, watch):
        return ()
    last = max(shown[-1][0], *_value_talk(state), 0)
    return (watch.flag(PitfallKind.PAST_ONLY, (evidence_at(state, last, dict(shown).get(last)),)),)


def _value_talk(state: CallState) -> list[int]:
    """Where the rep gives figures of value, whether or not they are gains."""
    return [
        u.i for u in state.utterances if u.role is Role.REP and state.stage_of(u.i) in _VALUE and figures_in(u.text)
    ]


def single_dimension(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """All that was shown is of one kind of value; a gain of which the kind is not known may be of another."""
    kind = PitfallKind.SINGLE_DIMENSION
    shown = value_shown_at(state, watch)
    if len(shown) < watch.limit(kind, "value_statements", state):
        return ()
    kinds = [levels_in(said, watch.signs) for said in _said_of_value(state, watch)]
    levels = frozenset[str]().union(*kinds)
    if len(levels) != 1 or not all(kinds):
        return ()
    return (
        watch.flag(kind, (evidence_at(state, *shown[0]),), level=next(level for level in LEVELS if level in levels)),
    )


def _said_of_value(state: CallState, watch: Watch) -> Iterator[str]:
    """The sentences that show value, whoever says them."""
    for utterance in state.utterances:
        span = value_in(utterance.text, watch.signs)
        if span is not None:
            yield utterance.text[slice(*span)]


def value_shown_at(state: CallState, watch: Watch) -> list[tuple[int, Span]]:
    """Where gains were put in figures or worked out by the rep, and the sentence that does it."""
    reps = (u for u in state.utterances if u.role is Role.REP)
    spans = ((u.i, value_in(u.text, watch.signs)) for u in reps)
    return [(k, span) for k, span in spans if span is not None]


def _looks_ahead(state: CallState, watch: Watch) -> bool:
    """Whether the rep asks about what comes next, or anybody speaks of it beyond dates for the next meeting."""
    return any(
        (u.role is not Role.CUSTOMER and asks(u.text) and state.stage_of(u.i) in _AHEAD)
        or (_speaks_of_next(u.text, watch) and (state.stage_of(u.i) != "other" or asks(u.text)))
        for u in state.utterances
    )


def _speaks_of_next(text: str, watch: Watch) -> bool:
    """Words for what lies ahead, or a time to come with something that is meant for it."""
    said = (text[start:end] for start, end in sentences(text))
    return watch.signs.has("ahead", text) or any(_TIME_AHEAD.search(s) and _INTENDED.search(s) for s in said)
