"""One channel of a call while it is heard."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field

from copilot.analysis.speech.account import Account, Fate
from copilot.analysis.speech.echo import Said
from copilot.analysis.speech.endpointing import FRAME, Change, Endpointer, Limits, Stretch
from copilot.analysis.speech.gate import Reason
from copilot.analysis.speech.stable import Hypothesis
from copilot.domain.audio import Decoded, Samples, Span
from copilot.domain.call import Role
from copilot.domain.spooled import Quiet, Settled, Spoken, SpoolNote
from copilot.live.waiting import Job
from copilot.ports import VoiceDetector

REMEMBERED = 30  # finals of a channel that an echo of them is looked for among


@dataclass(slots=True)
class Speaking:
    """The utterance that is being spoken, and what has been made of it so far."""

    start: int
    onset: int  # of its speech, without pre-roll
    hypothesis: Hypothesis = field(default_factory=Hypothesis)
    asked: int = 0  # how many partials of it have been asked for
    shown: int = 0  # which of them was shown last
    partial: asyncio.Future[Decoded] | None = None
    due: int = 0  # where in the sound the next one is to be asked for
    guess: tuple[Stretch, Job] | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """An utterance to be decoded. `speech_ended_s`: when its last sound was heard, by the clock; None for sound that
    an earlier run of the server took. `begun`: its decode, if somebody asked for it already."""

    stretch: Stretch
    speech_ended_s: float | None = None
    begun: Job | None = None

    @property
    def left_over(self) -> bool:
        return self.speech_ended_s is None


class Channel:
    """What has come, where utterances are in it, and what has become of them."""

    def __init__(self, index: int, role: Role, detector: VoiceDetector, limits: Limits) -> None:
        self.index = index
        self.role = role
        self.account = Account()
        self.speaking: Speaking | None = None
        self.ended: asyncio.Queue[Ended] = asyncio.Queue()  # bounded by what is received; the sound itself is on disk
        self.said: deque[Said] = deque(maxlen=REMEMBERED)
        self.rejected: Counter[Reason] = Counter()
        self.stretches: dict[int, Stretch] = {}  # by start, of the utterances that are not settled for good
        self._voice = detector.listen()
        self._limits = limits
        self._endpointer = Endpointer(limits)
        self.heard = 0
        self.quiet_noted = 0
        self.turn: int | None = None  # of the utterance that is decoded and waits for those before it

    @property
    def next_turn(self) -> int:
        """Before this, nothing is said on this channel that is not in the call."""
        if self.turn is not None:
            return self.turn
        return next((span.start for span in self.account.waiting()), self.account.endpointed)

    def restore(self, note: SpoolNote) -> None:
        """Take over what was noted in an earlier run."""
        match note:
            case Quiet():
                self.account.silence(note.up_to)
            case Spoken():
                self.account.silence(note.start)
                span = self.account.utterance(note.end)
                self.stretches[span.start] = Stretch(span, Span(note.speech_start, note.speech_end), note.voiced)
            case Settled():
                self.settle(self.stretches[note.start], Fate(note.fate))

    def resume(self) -> None:
        """Listen on from the last border that was restored."""
        self.heard = self.quiet_noted = self.account.endpointed
        self._endpointer = Endpointer(self._limits, self.heard)

    def hear(self, frame: Samples) -> list[Change]:
        """What the next 512 samples change."""
        self.heard += FRAME
        return self._endpointer.feed(self._voice.probability(frame))

    def finish(self) -> list[Change]:
        """What the end of the sound changes."""
        self.heard = max(self.heard, self.account.received)
        return self._endpointer.finish(self.account.received)

    def settle(self, stretch: Stretch, fate: Fate) -> None:
        self.account.settle(stretch.span, fate)
        if fate is not Fate.FAILED:
            del self.stretches[stretch.span.start]

    @property
    def unknown(self) -> list[Span]:
        """Speech whose words are not known yet."""
        open_ = self.speaking if self.speaking and self.account.endpointed <= self.speaking.start else None
        pending = [self.stretches[span.start].speech for span in self.account.waiting()]
        return [*pending, Span(open_.onset, max(self.heard, open_.onset))] if open_ else pending

    @property
    def saying(self) -> Said | None:
        """What is being said just now, as far as it is known; None once it is over."""
        if self.speaking is None or not self.speaking.hypothesis.text or self.account.endpointed > self.speaking.start:
            return None
        return Said(Span(self.speaking.start, max(self.heard, self.speaking.start)), self.speaking.hypothesis.text)
