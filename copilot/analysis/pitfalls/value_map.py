"""Pitfalls of the value map: outcomes without a measure, capabilities without an outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from copilot.analysis.coverage import FROM_THE_CUSTOMER
from copilot.analysis.extraction.links.noting import likeliest
from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.turns import turns_after
from copilot.analysis.pitfalls.need_signs import need_signs
from copilot.analysis.pitfalls.signs import figures_in
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, open_pitfalls
from copilot.analysis.pitfalls.weights import SERVES_NOTHING
from copilot.analysis.weighing import weighed
from copilot.domain.call import Role
from copilot.domain.impressions import Tag
from copilot.domain.items import Capability, Outcome, Pitfall
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_METRICS = "metrics"
_NO_WISHES = frozenset({"how_we_do_it", "proof_points", "other"})
_RANKED = re.compile(r"\b(?:first|second|third)\b", re.I)
_LIMIT = re.compile(
    r"\b(?:none|zero|never|nil|not (?:a single )?one|no (?:one|more)|nobody|down to)\b"
    r"|\b(?:under|within|inside|below|less than) (?:the|an?) (?:\w+ )?"
    r"(?:minute|hour|shift|day|week|month|quarter|year)\b",
    re.I,
)


def vague_outcome(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Told once the rep's turns have passed without a question for a measure; marked where the outcome was named."""
    kind = PitfallKind.VAGUE_OUTCOME
    turns = int(watch.limit(kind, "rep_turns", state))
    named = {
        outcome.utterances[0]: outcome
        for outcome in reversed(tuple(state.outcomes.values()))
        if outcome.state in FROM_THE_CUSTOMER
        and state.stage_of(outcome.utterances[0]) not in _NO_WISHES
        and not _RANKED.search(outcome.evidence[0].quote)
        and not _measured(state, outcome)
        and _passed_over(state, outcome, i, turns, watch)
    }
    flags = (watch.flag(kind, (o.evidence[0],), about=o.id, turns=turns) for o in named.values())
    return [*_retired(state), *flags]


def _retired(state: CallState) -> Iterator[RetirePitfall]:
    for pitfall in open_pitfalls(state, PitfallKind.VAGUE_OUTCOME):
        outcome = state.outcomes.get(pitfall.about or "")
        if outcome is None or not outcome.stands:
            yield RetirePitfall(id=pitfall.id, reason="the outcome was set aside")


def _measured(state: CallState, outcome: Outcome) -> bool:
    """A figure or a limit where it was stated, a date or a metric of its own; or it was said of how to measure."""
    if outcome.measurable or state.stage_of(outcome.utterances[0]) == _METRICS:
        return True
    if any(_has_limit(state.utterances[k].text) for k in outcome.utterances):
        return True
    return any(m.stands and outcome.id in m.outcomes for m in state.metrics.values())


def _has_limit(text: str) -> bool:
    return bool(figures_in(text) or _LIMIT.search(text))


def _passed_over(state: CallState, outcome: Outcome, i: int, turns: int, watch: Watch) -> bool:
    """Whether the rep's turns that count are over, and none of them asked for a measure."""
    named = outcome.utterances[0]
    newest = state.utterances[i]
    if (
        newest.role is Role.REP
        or is_backchannel(newest.text)
        or any(p.about == outcome.id or _told_there(p, named) for p in state.pitfalls.values())
    ):
        return False
    rep_turns = list(islice(turns_after(state.utterances, named, Role.REP), turns))
    if len(rep_turns) < turns:
        return False
    between = range(named, rep_turns[-1][-1] + 1)
    return not any(_asks_for_measure(state, k, watch) or _gives_measure(state, k) for k in between)


def _told_there(pitfall: Pitfall, named: int) -> bool:
    """Whether it was told of an outcome in the same statement: one question would serve both."""
    return pitfall.kind == PitfallKind.VAGUE_OUTCOME and named in pitfall.utterances


def _asks_for_measure(state: CallState, k: int, watch: Watch) -> bool:
    utterance = state.utterances[k]
    if utterance.role is not Role.REP or not asks(utterance.text):
        return False
    return state.stage_of(k) == _METRICS or watch.signs.has("measuring", utterance.text)


def _gives_measure(state: CallState, k: int) -> bool:
    """A customer's figure about how it will be measured."""
    utterance = state.utterances[k]
    return utterance.role is Role.CUSTOMER and state.stage_of(k) == _METRICS and bool(figures_in(utterance.text))


def unmapped_capabilities(state: CallState, watch: Watch) -> Sequence[PitfallOp]:
    """What was required or agreed and most likely stands for itself; told once of what was required in one breath."""
    kind = PitfallKind.UNMAPPED_CAPABILITY
    sure = watch.limit(kind, "sure", state)
    unmapped = {
        capability.evidence[0].utterance: capability
        for capability in reversed(tuple(state.capabilities.values()))
        if _is_unmapped(capability) and _likely_serves_nothing(state, capability, watch) >= sure
    }
    return [watch.flag(kind, (unmapped[i].evidence[0],), about=unmapped[i].id) for i in sorted(unmapped)]


def _is_unmapped(capability: Capability) -> bool:
    return capability.state in FROM_THE_CUSTOMER and not capability.outcomes


def _likely_serves_nothing(state: CallState, capability: Capability, watch: Watch) -> float:
    """By the signs around it, or by the reader's ear for it: each tells some that the other misses, as if both erred
    without regard to each other."""
    tied = likeliest(state, capability)
    signs = need_signs(state, capability, tied[0] if tied is not None else 0.0, watch.signs)
    read = max(watch.likely(Tag.UNMAPPED_CAPABILITY, state, k) for k in capability.utterances)
    return 1 - (1 - weighed(signs, SERVES_NOTHING)) * (1 - read)


def mapped_again(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:  # noqa: ARG001  (a detector)
    """Takes back what has been tied, or set aside, since."""
    unmapped = {c.id for c in state.capabilities.values() if _is_unmapped(c)}
    return [
        RetirePitfall(id=pitfall.id, reason="it has an outcome now")
        for pitfall in open_pitfalls(state, PitfallKind.UNMAPPED_CAPABILITY)
        if pitfall.about not in unmapped
    ]
