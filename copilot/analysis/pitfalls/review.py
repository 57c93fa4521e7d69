"""Pitfalls of a whole review: nothing ahead, one kind of value, a customer who is never asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from copilot.analysis.asking import asks
from copilot.analysis.backchannels import is_backchannel
from copilot.analysis.pitfalls.signs import Span, is_rep
from copilot.analysis.pitfalls.value_shown import LEVELS, gain_in, levels_in, sum_in, validated
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, open_pitfalls
from copilot.analysis.turns import turns_after
from copilot.domain.call import Role
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LOOKED_BACK = 24
"""Utterances that are searched for a sum which nobody has checked."""


def missing_customer_validation(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """A sum of value, and the rep goes on for some turns without asking whether it holds; taken back once asked."""
    kind = PitfallKind.MISSING_CUSTOMER_VALIDATION
    standing = open_pitfalls(state, kind)
    if validated(state.utterances[i : i + 1], watch.signs):
        return [RetirePitfall(id=pitfall.id, reason="the customer was asked") for pitfall in standing]
    if is_rep(state, i) or is_backchannel(state.utterances[i].text) or standing:
        return ()
    turns = int(watch.limit(kind, "rep_turns", state))
    for k in range(max(0, i - _LOOKED_BACK), i):
        span = sum_in(state.utterances[k].text) if is_rep(state, k) else None
        if span is not None and len(list(islice(turns_after(state.utterances, k, Role.REP), turns))) == turns:
            if validated(state.utterances[max(0, k - 1) : i], watch.signs):
                continue
            return (watch.flag(kind, (evidence_at(state, k, span),)),)
    return ()


def missing_at_the_end(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """The same for a sum near the end of a call in which nothing was ever checked."""
    kind = PitfallKind.MISSING_CUSTOMER_VALIDATION
    if any(p.kind == kind for p in state.pitfalls.values()) or validated(state.utterances, watch.signs):
        return ()
    sums = ((k, sum_in(u.text)) for k, u in enumerate(state.utterances) if u.role is Role.REP)
    return [watch.flag(kind, (evidence_at(state, k, span),)) for k, span in sums if span is not None][:1]


def past_only(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """Value was shown, and no talk of substance, scheduling apart, looks ahead."""
    shown = value_shown_at(state, watch)
    if len(shown) < watch.limit(PitfallKind.PAST_ONLY, "value_statements", state) or _looks_ahead(state, watch):
        return ()
    return (watch.flag(PitfallKind.PAST_ONLY, (evidence_at(state, *shown[-1]),)),)


def single_dimension(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """All that was shown is of one kind of value."""
    kind = PitfallKind.SINGLE_DIMENSION
    shown = value_shown_at(state, watch)
    if len(shown) < watch.limit(kind, "value_statements", state):
        return ()
    levels = frozenset[str]().union(
        *(levels_in(state.utterances[k].text[slice(*span)], watch.signs) for k, span in shown)
    )
    if len(levels) != 1:
        return ()
    return (
        watch.flag(kind, (evidence_at(state, *shown[0]),), level=next(level for level in LEVELS if level in levels)),
    )


def value_shown_at(state: CallState, watch: Watch) -> list[tuple[int, Span]]:
    """Where gains were put in figures by the rep, and the sentence that does it."""
    spans = ((k, gain_in(u.text, watch.signs)) for k, u in enumerate(state.utterances) if u.role is Role.REP)
    return [(k, span) for k, span in spans if span is not None]


def _looks_ahead(state: CallState, watch: Watch) -> bool:
    return any(
        watch.signs.has("ahead", u.text) and (state.stage_of(u.i) != "other" or (u.role is Role.REP and asks(u.text)))
        for u in state.utterances
    )
