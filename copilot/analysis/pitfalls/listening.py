"""The pitfall of not listening: what the customer named is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.turns import last_turn_before, running_turn
from copilot.analysis.numbers import find_quantities
from copilot.analysis.pitfalls.signs import Span, is_rep, sentences
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, seen_since
from copilot.analysis.pitfalls.ways_to_say import any_of
from copilot.domain.call import Role
from copilot.domain.impressions import Tag
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LEAST_WORDS = 8  # of an utterance that names something
_UTTERANCES_BACK = 2
_APART = 2  # utterances between a cue and the reply to it
_LIKELY = 0.5  # how likely the reader has to find it, where a playbook of before it was asked says nothing
_HEDGED = any_of(r"i don['’]t know\b")


class _Cue(NamedTuple):
    """What was named, by its name in the fact, and where."""

    name: str
    utterance: int
    span: Span


def ignored_cue(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """The customer's last turn held a pain, an outcome or a number, and the rep speaks of something else.

    Whether it is something else is a matter of meaning: the reader tells.
    """
    kind = PitfallKind.IGNORED_CUE
    if not is_rep(state, i) or is_backchannel(state.utterances[i].text):
        return ()
    turn = running_turn(state.utterances, i)
    least = watch.limit(kind, "likely", state, otherwise=_LIKELY)
    if watch.likely(Tag.IGNORED_CUE, state, i) < least or seen_since(state, kind, turn[0]):
        return ()
    cue = _cue(state, _heard_before(state, turn), watch)
    if cue is None:
        return ()
    evidence = (evidence_at(state, cue.utterance, cue.span), evidence_at(state, i))
    return (watch.flag(kind, evidence, cue=cue.name),)


def _heard_before(state: CallState, turn: Sequence[int]) -> tuple[int, ...]:
    """The customer's turn that the rep replies to; empty where too much lies between."""
    heard = last_turn_before(state.utterances, turn[0], Role.CUSTOMER)
    return heard if heard and turn[0] - heard[-1] <= _APART else ()


def _cue(state: CallState, heard: Sequence[int], watch: Watch) -> _Cue | None:
    """The last pain, outcome or number of the customer's turn; none where it ends in a question, which goes first."""
    if not heard or _ends_in_a_question(state.utterances[heard[-1]].text):
        return None
    noted = {o.evidence[-1].utterance: o.evidence[-1].quote for o in state.outcomes.values() if o.stands}
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
        if counted := [q for q in find_quantities(text) if q.kind != "date"]:
            return _Cue("number", k, (counted[0].start, counted[0].end))
    return None


def _ends_in_a_question(text: str) -> bool:
    start, end = sentences(text)[-1] if sentences(text) else (0, len(text))
    return asks(text[start:end])


def _pain_in(state: CallState, k: int, watch: Watch, *, answers: bool) -> Span | None:
    """Where the customer names a pain: in a word for it, or told as one; an answer to a question takes the word."""
    text = _HEDGED.sub(lambda hedge: " " * len(hedge.group()), state.utterances[k].text)
    words = (*watch.signs.find("pain", text), *watch.signs.find("feelings", text))
    if words:
        return words[0]
    return (0, len(text)) if state.stage_of(k) == "negative_consequences" and not answers else None
