"""The pitfall of not listening: what the customer named is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.turns import last_turn_before, running_turn
from copilot.analysis.pitfalls import ways_to_reply as ways
from copilot.analysis.pitfalls.cue_signs import cue_signs, protests
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, sentences
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, open_pitfalls, seen_since
from copilot.analysis.pitfalls.weights import PASSED_OVER
from copilot.analysis.weighing import weighed
from copilot.domain.call import Role
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LEAST_WORDS = 8  # of an utterance that names something
_UTTERANCES_BACK = 2
_APART = 2  # utterances between a cue and the reply to it


class _Cue(NamedTuple):
    """What was named, by its name in the fact, and where."""

    name: str
    utterance: int
    span: Span


def ignored_cue(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The customer's last turn held a pain, an outcome or a number, and the rep speaks of something else.

    Taken back where the same turn of the rep's still comes to it; told late where only the customer's protest shows it.
    """
    if is_backchannel(state.utterances[i].text):
        return ()
    if not is_rep(state, i):
        return _told_late(state, i, watch)
    turn = running_turn(state.utterances, i)
    if not _is_passed_over(state, turn, watch, protested=False):
        return _taken_back(state, turn)
    return _flagged(state, turn, watch) if opens(state, turn) else ()


def signs_of_passing_over(state: CallState, turn: Sequence[int], watch: Watch) -> dict[str, float] | None:
    """What speaks for and against it at a turn of the rep's; None where there is nothing that it could pass over."""
    heard = _heard_before(state, turn)
    if not heard or _cue(state, heard, watch) is None:
        return None
    return cue_signs(state, turn, heard, watch.signs)


def _told_late(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """At the customer's protest against the turn of the rep's that it follows."""
    turn = last_turn_before(state.utterances, i, Role.REP)
    if not turn or not protests(state.utterances[i].text) or _goes_on(state, turn, i):
        return ()
    return _flagged(state, turn, watch) if _is_passed_over(state, turn, watch, protested=True) else ()


def _goes_on(state: CallState, turn: Sequence[int], i: int) -> bool:
    """Whether others have spoken since the turn: the protest may be against them."""
    return any(not is_backchannel(state.utterances[k].text) for k in range(turn[-1] + 1, i))


def _is_passed_over(state: CallState, turn: Sequence[int], watch: Watch, *, protested: bool) -> bool:
    signs = signs_of_passing_over(state, turn, watch)
    if signs is None:
        return False
    likely = weighed({**signs, "protest": float(protested)}, PASSED_OVER)
    return likely >= watch.limit(PitfallKind.IGNORED_CUE, "sure", state)


def _flagged(state: CallState, turn: Sequence[int], watch: Watch) -> Sequence[PitfallOp]:
    cue = _cue(state, _heard_before(state, turn), watch)
    if cue is None or seen_since(state, PitfallKind.IGNORED_CUE, turn[0]):
        return ()
    evidence = (evidence_at(state, cue.utterance, cue.span), evidence_at(state, turn[-1]))
    return (watch.flag(PitfallKind.IGNORED_CUE, evidence, cue=cue.name),)


def opens(state: CallState, turn: Sequence[int]) -> bool:
    """Whether nothing but listening noises came before the last utterance of a turn."""
    return all(is_backchannel(state.utterances[k].text) for k in turn[:-1])


def _heard_before(state: CallState, turn: Sequence[int]) -> tuple[int, ...]:
    """The customer's turn that the rep replies to; empty where too much lies between."""
    heard = last_turn_before(state.utterances, turn[0], Role.CUSTOMER)
    return heard if heard and turn[0] - heard[-1] <= _APART else ()


def _cue(state: CallState, heard: Sequence[int], watch: Watch) -> _Cue | None:
    """The last pain, outcome or number of the customer's turn; none where it ends in a question, which goes first."""
    noted = {o.evidence[-1].utterance: o.evidence[-1].quote for o in state.outcomes.values() if o.stands}
    if _ends_in_a_question(state.utterances[heard[-1]].text):
        return None
    asked = heard[0] > 0 and asks(state.utterances[heard[0] - 1].text)
    for k in reversed(heard[-_UTTERANCES_BACK:]):
        text = state.utterances[k].text
        if len(text.split()) < _LEAST_WORDS or watch.signs.has("small_talk", text):
            continue
        pain = _pain_in(state, k, watch, answers=asked)
        if pain is not None:
            return _Cue("pain", k, pain)
        if k in noted:
            return _Cue("outcome", k, (text.find(noted[k]), len(text)))
        if figures_in(text):
            return _Cue("number", k, figures_in(text)[0])
    return None


def _ends_in_a_question(text: str) -> bool:
    start, end = sentences(text)[-1] if sentences(text) else (0, len(text))
    return asks(text[start:end])


def _pain_in(state: CallState, k: int, watch: Watch, *, answers: bool) -> Span | None:
    """Where the customer names a pain: in a word for it, or told as one; an answer to a question takes the word."""
    text = ways.HEDGED.sub(lambda hedge: " " * len(hedge.group()), state.utterances[k].text)
    words = (*watch.signs.find("pain", text), *watch.signs.find("feelings", text))
    if words:
        return words[0]
    return (0, len(text)) if state.stage_of(k) == "negative_consequences" and not answers else None


def _taken_back(state: CallState, turn: Sequence[int]) -> Sequence[RetirePitfall]:
    return [
        RetirePitfall(id=pitfall.id, reason="it was taken up after all")
        for pitfall in open_pitfalls(state, PitfallKind.IGNORED_CUE)
        if pitfall.utterances[-1] in turn
    ]
