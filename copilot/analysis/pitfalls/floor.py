"""Pitfalls of holding the floor: talking on and on, asking too much at once."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.asking import questions_in
from copilot.analysis.pitfalls.signs import is_rep
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at
from copilot.analysis.talk_stats import SILENCE_THAT_BREAKS_S
from copilot.analysis.turns import running_turn, seconds_of
from copilot.domain.items import Evidence
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState


def long_monologue(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """From the limit on, as long as the rep goes on; by words where times are not known."""
    kind = PitfallKind.LONG_MONOLOGUE
    if not is_rep(state, i):
        return ()
    run = _unbroken(state, running_turn(state.utterances, i))
    seconds = seconds_of(state.utterances, run)
    words = sum(len(state.utterances[k].text.split()) for k in run)
    enough = (
        seconds >= watch.limit(kind, "seconds", state)
        if seconds is not None
        else words >= watch.limit(kind, "words", state)
    )
    if not enough:
        return ()
    evidence = [evidence_at(state, k) for k in dict.fromkeys((run[0], i))]
    timed = seconds is not None
    return (watch.flag(kind, evidence, timed=timed, seconds=round(seconds or 0), words=words),)


def stacked_questions(state: CallState, i: int, watch: Watch) -> Sequence[PitfallOp]:
    """Separate questions within one turn of the rep's; greetings and sound checks are none."""
    if not is_rep(state, i):
        return ()
    asked = [
        (k, question)
        for k in running_turn(state.utterances, i)
        for question in questions_in(state.utterances[k].text)
        if not watch.signs.has("small_talk", question)
    ]
    if len(asked) < watch.limit(PitfallKind.STACKED_QUESTIONS, "questions", state) or asked[-1][0] != i:
        return ()
    evidence = [Evidence(utterance=k, quote=question) for k, question in asked]
    return (watch.flag(PitfallKind.STACKED_QUESTIONS, evidence, count=len(asked)),)


def _unbroken(state: CallState, run: tuple[int, ...]) -> tuple[int, ...]:
    """The part of a run since its last long silence."""
    for at in range(len(run) - 1, 0, -1):
        start_s, end_s = state.utterances[run[at]].start_s, state.utterances[run[at - 1]].end_s
        if start_s is not None and end_s is not None and start_s - end_s >= SILENCE_THAT_BREAKS_S:
            return run[at:]
    return run
