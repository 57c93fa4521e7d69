"""Pitfalls of holding the floor: talking on and on, asking too much at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.turns import running_turn, seconds_of
from copilot.analysis.language.words import containment
from copilot.analysis.pitfalls.signs import is_rep
from copilot.analysis.pitfalls.watching import PitfallOp, Watch, evidence_at
from copilot.analysis.talk_stats import SILENCE_THAT_BREAKS_S
from copilot.domain.call import Role, Utterance
from copilot.domain.items import Evidence
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.state import CallState

_WORDS_BETWEEN = 40  # of statement between two questions; after more, the first has been left
_PAUSE_FOR_AN_ANSWER_S = 3.0
_SAME_QUESTION = 0.75  # of the content words of the shorter
_BROKEN_OFF = re.compile(r"\b(?:sorry|hang on|hold on|wait|no|actually)\W*$", re.I)
_ASKS_LEAVE = re.compile(
    r"\W*(?:(?:so|and|but|okay|sorry)\W+)*(?:can|could|may|shall|should) (?:i|we) (?:just |also |maybe |quickly )?"
    r"(?:ask|do|go|start|come|jump|stop|step|share|show|move|say|take|have)\b",
    re.I,
)
_CONTINUES = re.compile(r"\W*(?:or|if|to|because|like|for|with|meaning|such as|as in|say|i mean)\b", re.I)


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
    """Separate questions in one breath of the rep's; greetings and sound checks are none."""
    if not is_rep(state, i):
        return ()
    asked = _in_one_breath(state, i, watch)
    if len(asked) < watch.limit(PitfallKind.STACKED_QUESTIONS, "questions", state) or asked[-1].utterance != i:
        return ()
    return (watch.flag(PitfallKind.STACKED_QUESTIONS, asked, count=len(asked)),)


def _in_one_breath(state: CallState, i: int, watch: Watch) -> list[Evidence]:
    """The questions up to utterance `i` of which none could be answered before the next was asked."""
    asked: list[Evidence] = []
    words_between = 0
    for k in _without_a_pause(state.utterances, i):
        said = state.utterances[k].text
        for question in reversed(questions_in(said)):
            before, _, after = said.rpartition(question)
            words_between += len(after.split())
            if asked and words_between > _WORDS_BETWEEN:
                return asked
            if _is_separate(question, asked) and not watch.signs.has("small_talk", question):
                asked.insert(0, Evidence(utterance=k, quote=question))
            said, words_between = before, 0
        words_between += len(said.split())
    return asked


def _without_a_pause(utterances: Sequence[Utterance], i: int) -> Iterator[int]:
    """The rep's utterances up to `i`, latest first, into which nobody spoke or could have."""
    for k in range(i, -1, -1):
        if utterances[k].role is not Role.REP:
            return
        yield k
        start_s, end_s = utterances[k].start_s, utterances[k - 1].end_s if k else None
        if start_s is not None and end_s is not None and start_s - end_s >= _PAUSE_FOR_AN_ANSWER_S:
            return


def _is_separate(question: str, later: Sequence[Evidence]) -> bool:
    """Whether it is a question of its own.

    No alternative or rest of the one before, nor the next in other words; no false start, no asking for leave to ask.
    """
    if _CONTINUES.match(question) or _BROKEN_OFF.search(question) or _ASKS_LEAVE.match(question):
        return False
    return not later or containment(question, later[0].quote) < _SAME_QUESTION


def _unbroken(state: CallState, run: tuple[int, ...]) -> tuple[int, ...]:
    """The part of a run since its last long silence."""
    for at in range(len(run) - 1, 0, -1):
        start_s, end_s = state.utterances[run[at]].start_s, state.utterances[run[at - 1]].end_s
        if start_s is not None and end_s is not None and start_s - end_s >= SILENCE_THAT_BREAKS_S:
            return run[at:]
    return run
