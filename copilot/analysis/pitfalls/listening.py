"""The pitfall of not listening: what the customer named is passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot.analysis.asking import asks
from copilot.analysis.backchannels import is_backchannel
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, open_pitfalls
from copilot.analysis.turns import last_turn_before, running_turn
from copilot.analysis.words import content_words
from copilot.domain.call import Role
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LEAST_WORDS = 8
_ELSEWHERE = frozenset({"other", "how_we_do_it", "proof_points"})
_TAKEN_UP = re.compile(
    r"\b(?:that|this|those|these|it)(?:['’]s|s|\s+\w+)?\b|\b(?:sorry|understand|i hear|i see|ouch|painful|tough"
    r"|noted|hear you)\b"
    r"|\byou(?:['’]re| are| said| mentioned| were)\b|\b(?:how (?:often|many|much|long|big|large)|why|since when"
    r"|what happen\w*)\b",
    re.I,
)
_OPENING_WORDS = 14
"""A rep who takes something up does so at once; "that" much later points to something else."""


def ignored_cue(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The customer's last turn held a pain, an outcome or a number, and the rep speaks of something else.

    Taken back where the same turn of the rep's still comes to it.
    """
    if not is_rep(state, i) or is_backchannel(state.utterances[i].text):
        return ()
    turn = running_turn(state.utterances, i)
    heard = last_turn_before(state.utterances, turn[0], Role.CUSTOMER)
    if not heard or turn[0] - heard[-1] > 2:
        return ()
    taken_up = _taken_up(state, turn, heard, watch)
    if len(turn) > 1:
        return _taken_back(state, turn) if taken_up else ()
    cue = None if taken_up or not _elsewhere(state, i, watch) else _cue(state, heard, watch)
    if cue is None:
        return ()
    name, at, span = cue
    evidence = (evidence_at(state, at, span), evidence_at(state, i))
    return (watch.flag(PitfallKind.IGNORED_CUE, evidence, cue=name),)


def _cue(state: CallState, heard: Sequence[int], watch: Watch) -> tuple[str, int, Span] | None:
    """What the customer's turn holds, by its name in the fact: the last pain, outcome or number in it."""
    noted = {o.evidence[-1].utterance for o in state.outcomes.values() if o.stands}
    for k in reversed(heard):
        text = state.utterances[k].text
        if len(text.split()) < _LEAST_WORDS or state.stage_of(k) == "other":
            continue
        pains = (*watch.signs.find("pain", text), *watch.signs.find("feelings", text))
        if len(pains) >= 2 or (pains and state.stage_of(k) == "negative_consequences"):
            return "pain", k, pains[0]
        if k in noted:
            return "outcome", k, (0, len(text))
        if figures_in(text) and state.stage_of(k) in ("metrics", "negative_consequences"):
            return "number", k, figures_in(text)[0]
    return None


def _taken_up(state: CallState, turn: Sequence[int], heard: Sequence[int], watch: Watch) -> bool:
    said = " ".join(state.utterances[k].text for k in turn)
    if watch.signs.has("restatement", said) or _TAKEN_UP.search(" ".join(said.split()[:_OPENING_WORDS])):
        return True
    customers = frozenset[str]().union(*(content_words(state.utterances[k].text) for k in heard))
    return bool(customers & content_words(said))


def _elsewhere(state: CallState, i: int, watch: Watch) -> bool:
    """Whether the rep's utterance clearly turns to another subject."""
    text = state.utterances[i].text
    if len(text.split()) < _LEAST_WORDS:
        return False
    if watch.signs.has("topic_change", text) or watch.signs.has("logistics", text):
        return True
    return state.stage_of(i) in _ELSEWHERE and not asks(text)


def _taken_back(state: CallState, turn: Sequence[int]) -> Sequence[RetirePitfall]:
    return [
        RetirePitfall(id=pitfall.id, reason="it was taken up after all")
        for pitfall in open_pitfalls(state, PitfallKind.IGNORED_CUE)
        if pitfall.utterances[-1] in turn
    ]
