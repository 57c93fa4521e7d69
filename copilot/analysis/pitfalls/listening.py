"""The pitfall of not listening: what the customer named is passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.turns import last_turn_before, running_turn
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import find_quantities, numbers_in
from copilot.analysis.pitfalls.signs import Span, figures_in, is_rep, quote_around, sentences
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at, open_pitfalls
from copilot.domain.call import Role
from copilot.domain.ops import RetirePitfall
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_LEAST_WORDS = 8
_LEAST_CONTENT = 3  # content words; fewer are thanks or a bridge
_UTTERANCES_BACK = 2
_A_MOMENT = 6  # utterances
_WORDS_BACK = 120  # of the customer's turn; what was said earlier in it has had its answer from somebody else
_ELSEWHERE = frozenset({"other", "how_we_do_it", "proof_points"})
_ASKED_ELSEWHERE = frozenset({"other", "before_scenario"})
_FEELS_WITH = re.compile(
    r"\b(?:sorry|understand|i hear|i see|ouch|wow|painful|(?<!a )tough|noted|hear you|oh no|terrible|hard|no wonder)\b"
    r"|\byou(?:['’]re| are| said| mentioned| were)\b|\b(?:how (?:often|long|big|large|bad|come|(?:many|much) (?:times"
    r"|of|does|did|do|is|was|has|time|money|hours))|why|since when"
    r"|what happen\w*"
    r"|who else|such as|for example)\b",
    re.I,
)
_HEDGED = re.compile(r"\bi don['’]t know\b", re.I)
_OF_OURS = re.compile(r"\b(?:we|us|our|ours)\b", re.I)
_POINTS_BACK = re.compile(r"\b(?:that|this|those|these|(?<!is )(?<!was )it)\b", re.I)
_BRUSHED_OFF = re.compile(
    r"\bgot it\b|\b(?:hear|get|see) (?:that|this|it) (?:a lot|all the time|often|everywhere)\b"
    r"|\b(?:that|it|this)(?:['’]s| is)\s+(?:really |so |super |very )?(?:great|awesome|good|fine|perfect|cool|super"
    r"|amazing"
    r"|fantastic|interesting|helpful|a (?:great|good|fair) \w+)\b"
    r"|\b(?:we|i|let['’]s)(?:['’]ll| will| can)?\s+(?:[\w'’]+\s+){0,3}?(?:get|come)\s+(?:back\s+)?to\s+(?:that|it"
    r"|this)\b"
    r"|\b(?:pick|take|discuss|cover|do)\s+(?:that|it|this)\s+(?:up\s+)?(?:offline|later|afterwards|another time"
    r"|separately)\b"
    r"|\bbefore (?:we|i|you) (?:[\w']+ ){0,4}(?:that|this|it)\b|\bthat reminds me\b|\b(?:park|hold|save)\s+(?:that|it"
    r"|this)\b"
    r"|\b(?:this|that)(?:['’]s| is)\s+(?:exactly\s+|really\s+|just\s+)?(?:where|why|what)\s+(?:we|our|it|the|i)\b",
    re.I,
)
_MOVES_ON = re.compile(
    r"\b(?:(?:next|more|couple of|few|these|those|my|the|this) (?:\w+ )?slides?|moving (?:on|along|forward)"
    r"|next (?:up|one|topic"
    r"|point|page)|(?:jump|skip)(?:ing)?\s+(?:back|to|in|ahead)|kick off (?:on|with))\b",
    re.I,
)
_WRAPS_UP = re.compile(r"\b(?:next steps?|wrap(?:ping)? up|action items?|time is up|run out of time)\b", re.I)
_OPENING_WORDS = 14
"""A rep who takes something up does so at once; "that" much later points to something else."""


class _Cue(NamedTuple):
    """What was named, by its name in the fact, and where."""

    name: str
    utterance: int
    span: Span


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
    cue = _cue(state, heard, watch)
    if cue is None:
        return ()
    taken_up = _taken_up(state, turn, heard, cue, watch)
    if len(turn) > 1:
        return _taken_back(state, turn) if taken_up else ()
    if taken_up or not _elsewhere(state, i, cue, watch):
        return ()
    evidence = (evidence_at(state, cue.utterance, cue.span), evidence_at(state, i))
    return (watch.flag(PitfallKind.IGNORED_CUE, evidence, cue=cue.name),)


def _cue(state: CallState, heard: Sequence[int], watch: Watch) -> _Cue | None:
    """The last pain, outcome or number of the customer's turn."""
    noted = {o.evidence[-1].utterance: o.evidence[-1].quote for o in state.outcomes.values() if o.stands}
    words = 0
    if _ends_in_a_question(state.utterances[heard[-1]].text):
        return None
    asked = heard[0] > 0 and asks(state.utterances[heard[0] - 1].text)
    for k in reversed(heard[-_UTTERANCES_BACK:]):
        text = state.utterances[k].text
        words += len(text.split())
        if words > _WORDS_BACK:
            return None
        if len(text.split()) < _LEAST_WORDS or _ends_in_a_question(text) or watch.signs.has("small_talk", text):
            continue
        pain = _pain_in(state, k, watch, answers=asked)
        if pain is not None:
            return _Cue("pain", k, pain)
        if state.stage_of(k) == "other":
            continue
        if k in noted:
            return _Cue("outcome", k, (text.find(noted[k]), len(text)))
        if figures_in(text) and state.stage_of(k) == "metrics":
            return _Cue("number", k, figures_in(text)[0])
    return None


def _ends_in_a_question(text: str) -> bool:
    """What was asked last wants its answer first."""
    start, end = sentences(text)[-1] if sentences(text) else (0, len(text))
    return asks(text[start:end])


def _pain_in(state: CallState, k: int, watch: Watch, *, answers: bool) -> Span | None:
    """Where the customer names a pain: told as one, in more than one word for it, or with a figure of their own.

    In answer to the rep's question it takes a word for it: after a plain answer, the next question is due.
    """
    stage = state.stage_of(k)
    text = _HEDGED.sub(lambda hedge: " " * len(hedge.group()), state.utterances[k].text)
    words = (*watch.signs.find("pain", text), *watch.signs.find("feelings", text))
    counted = bool(words and figures_in(text) and _OF_OURS.search(text))
    told = stage == "negative_consequences" and not (answers and not words)
    if counted or told or (len(words) > 1 and stage != "other"):
        return words[0] if words else (0, len(text))
    return None


def _taken_up(state: CallState, turn: Sequence[int], heard: Sequence[int], cue: _Cue, watch: Watch) -> bool:
    """The customer's own words or figures again, some feeling for them, or a "that" which is no mere courtesy."""
    said = " ".join(state.utterances[k].text for k in turn)
    opening = _BRUSHED_OFF.sub(" ", " ".join(said.split()[:_OPENING_WORDS]))
    if watch.signs.has("restatement", said) or _FEELS_WITH.search(opening) or _POINTS_BACK.search(opening):
        return True
    last = [state.utterances[k].text for k in heard[-2:]]
    customers = " ".join([quote_around(state.utterances[cue.utterance].text, cue.span), *last])
    shared = content_words(_without_figures(customers)) & content_words(_without_figures(said))
    return bool(shared or _figures_of_late(state, turn[0]) & numbers_in(said))


def _figures_of_late(state: CallState, before: int) -> frozenset[float]:
    """What the customer has counted a moment ago: a rep who comes back to it has listened."""
    lately = state.utterances[max(0, before - _A_MOMENT) : before]
    return frozenset[float]().union(*(numbers_in(u.text) for u in lately if u.role is not Role.REP))


def _without_figures(text: str) -> str:
    """Two people who both say "per cent" need not speak of the same."""
    for quantity in reversed(find_quantities(text)):
        text = text[: quantity.start] + text[quantity.end :]
    return text


def _elsewhere(state: CallState, i: int, cue: _Cue, watch: Watch) -> bool:
    """Whether the rep's utterance clearly turns to another subject; to end on a number is none."""
    text = state.utterances[i].text
    if (
        len(text.split()) < _LEAST_WORDS
        or len(content_words(text)) < _LEAST_CONTENT
        or (cue.name != "pain" and _WRAPS_UP.search(text))
    ):
        return False
    if _MOVES_ON.search(text) or any(watch.signs.has(name, text) for name in ("topic_change", "logistics")):
        return True
    return cue.name != "number" and state.stage_of(i) in (_ASKED_ELSEWHERE if asks(text) else _ELSEWHERE)


def _taken_back(state: CallState, turn: Sequence[int]) -> Sequence[RetirePitfall]:
    return [
        RetirePitfall(id=pitfall.id, reason="it was taken up after all")
        for pitfall in open_pitfalls(state, PitfallKind.IGNORED_CUE)
        if pitfall.utterances[-1] in turn
    ]
