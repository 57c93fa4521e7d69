"""What can be counted of the talk itself: who spoke how long, who asked, who waited."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from copilot.analysis.language.asking import questions_in
from copilot.analysis.language.backchannels import is_backchannel
from copilot.domain.call import Role, Utterance
from copilot.domain.ops import CountTalk
from copilot.domain.state import CallState
from copilot.domain.talk import RunningMonologue, TalkStats

SILENCE_THAT_BREAKS_S = 10.0
"""A pause this long ends a monologue even where the same side goes on."""

_SECONDS_PER_WORD = 0.4  # 150 words a minute, for utterances whose end is not known
_CALLS_REMEMBERED = 64


def count_talk(utterances: Sequence[Utterance]) -> TalkStats:
    """All talk stats of a call so far.

    Seconds are each utterance's own length, summed per side: silence counts for nobody, overlap for both sides.
    `talk_ratio` is the rep's share of rep and customer together; where no utterance of either has times it is their
    share of words; None until one of them has spoken. A monologue runs from its first start to its last end; the other
    side's turn or ten silent seconds end it, a backchannel does not. `patience_s` is the median of the silences between
    a customer's end and the rep's answer, from given times only. Switches are changes of side per minute between the
    first start and the last end. An end that is missing is guessed from the words, and `estimated` says so.
    """
    tally = _Tally()
    for utterance in utterances:
        tally.hear(utterance)
    return tally.stats()


def talk_pass() -> Callable[[CallState, int], Sequence[CountTalk]]:
    """A pass that counts the talk after every utterance, going on from the last one where the call only grew."""
    counted: OrderedDict[str, tuple[tuple[Utterance, ...], _Tally]] = OrderedDict()

    def run(state: CallState, i: int) -> Sequence[CountTalk]:  # noqa: ARG001  (every pass has this shape)
        call_id = state.call.id if state.call else ""
        before, tally = counted.pop(call_id, ((), _Tally()))
        if state.utterances[: len(before)] != before:
            before, tally = (), _Tally()
        for utterance in state.utterances[len(before) :]:
            tally.hear(utterance)
        counted[call_id] = (state.utterances, tally)
        if len(counted) > _CALLS_REMEMBERED:
            counted.popitem(last=False)
        return (CountTalk(talk=tally.stats()),)

    return run


@dataclass(slots=True)
class _Run:
    """An unbroken stretch of one side's."""

    role: Role
    words: int = 0
    start_s: float | None = None
    end_s: float | None = None

    @property
    def seconds(self) -> float | None:
        return None if self.start_s is None or self.end_s is None else max(0.0, self.end_s - self.start_s)


@dataclass(slots=True)
class _Tally:
    seconds: dict[Role, float] = field(default_factory=lambda: dict.fromkeys(Role, 0.0))
    words: dict[Role, int] = field(default_factory=lambda: dict.fromkeys(Role, 0))
    questions: dict[Role, int] = field(default_factory=lambda: dict.fromkeys(Role, 0))
    longest_s: dict[Role, float | None] = field(default_factory=lambda: dict.fromkeys(Role))
    longest_words: int = 0
    run: _Run | None = None
    silences_s: list[float] = field(default_factory=list)
    customer_end_s: float | None = None
    switches: int = 0
    first_s: float | None = None
    last_s: float | None = None
    estimated: bool = False

    def hear(self, utterance: Utterance) -> None:
        words = len(utterance.text.split())
        start_s, end_s = self._times(utterance, words)
        self.words[utterance.role] += words
        self.questions[utterance.role] += len(questions_in(utterance.text))
        if start_s is not None and end_s is not None:
            self.seconds[utterance.role] += end_s - start_s
            self.first_s = start_s if self.first_s is None else min(self.first_s, start_s)
            self.last_s = end_s if self.last_s is None else max(self.last_s, end_s)
        listening = self.run is not None and self.run.role != utterance.role and is_backchannel(utterance.text)
        if not listening:
            self._wait(utterance)
            self._go_on(utterance.role, words, start_s, end_s)

    def _times(self, utterance: Utterance, words: int) -> tuple[float | None, float | None]:
        start_s, end_s = utterance.start_s, utterance.end_s
        if start_s is None:
            return None, None
        if end_s is None:
            self.estimated = True
            end_s = start_s + words * _SECONDS_PER_WORD
        return start_s, max(start_s, end_s)

    def _wait(self, utterance: Utterance) -> None:
        if utterance.role is Role.CUSTOMER:
            self.customer_end_s = utterance.end_s
            return
        if utterance.role is Role.REP and self.customer_end_s is not None and utterance.start_s is not None:
            self.silences_s.append(utterance.start_s - self.customer_end_s)
        self.customer_end_s = None

    def _go_on(self, role: Role, words: int, start_s: float | None, end_s: float | None) -> None:
        run = self.run
        if run is not None and run.role != role:
            self.switches += 1
        if run is None or run.role != role or _silent_before(run, start_s):
            run = self.run = _Run(role, start_s=start_s)
        run.words += words
        if end_s is not None:
            run.end_s = end_s if run.end_s is None else max(run.end_s, end_s)
        seconds = run.seconds
        if seconds is not None:
            self.longest_s[role] = max(self.longest_s[role] or 0.0, seconds)
        if role is Role.REP:
            self.longest_words = max(self.longest_words, run.words)

    def stats(self) -> TalkStats:
        return TalkStats(
            rep_s=round(self.seconds[Role.REP], 2),
            customer_s=round(self.seconds[Role.CUSTOMER], 2),
            unknown_s=round(self.seconds[Role.UNKNOWN], 2),
            rep_words=self.words[Role.REP],
            customer_words=self.words[Role.CUSTOMER],
            unknown_words=self.words[Role.UNKNOWN],
            talk_ratio=self._ratio(),
            longest_monologue_s=_rounded(self.longest_s[Role.REP]),
            longest_monologue_words=self.longest_words,
            longest_customer_story_s=_rounded(self.longest_s[Role.CUSTOMER]),
            patience_s=_rounded(median(self.silences_s)) if self.silences_s else None,
            rep_questions=self.questions[Role.REP],
            customer_questions=self.questions[Role.CUSTOMER],
            switches_per_minute=self._switches_per_minute(),
            running=self._running(),
            estimated=self.estimated,
        )

    def _ratio(self) -> float | None:
        rep: float = self.seconds[Role.REP]
        customer: float = self.seconds[Role.CUSTOMER]
        if rep + customer == 0:
            rep, customer = self.words[Role.REP], self.words[Role.CUSTOMER]
        return round(rep / (rep + customer), 4) if rep + customer else None

    def _switches_per_minute(self) -> float | None:
        if self.first_s is None or self.last_s is None or self.last_s <= self.first_s:
            return None
        return round(self.switches * 60 / (self.last_s - self.first_s), 2)

    def _running(self) -> RunningMonologue | None:
        run = self.run
        if run is None:
            return None
        return RunningMonologue(role=run.role, seconds=_rounded(run.seconds), words=run.words, since_s=run.start_s)


def _silent_before(run: _Run, start_s: float | None) -> bool:
    return run.end_s is not None and start_s is not None and start_s - run.end_s >= SILENCE_THAT_BREAKS_S


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
