"""The sound of one call on its way to words: on disk first, then heard channel by channel, then decoded."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Sequence

import numpy as np

from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.endpointing import (
    FRAME,
    Change,
    Closed,
    Opened,
    Paused,
    Resumed,
    Silence,
    Stretch,
    limits_for,
)
from copilot.analysis.speech.gate import Reason
from copilot.analysis.speech.pcm import samples_at_16k, settled_samples
from copilot.domain.audio import RATE_HZ, AudioFormat, Span
from copilot.domain.spooled import Quiet, Spoken, utterance_id
from copilot.errors import CopilotError
from copilot.live.call import CallOver, LiveCall
from copilot.live.channel import Channel, Ended, Speaking
from copilot.live.decoding import Decoding
from copilot.live.pace import Pace
from copilot.live.safe_sound import SafeSound
from copilot.live.understanding import Understanding
from copilot.ports import Spool, VoiceDetector

PIECE = FRAME * 32  # samples heard at a time, so that other calls go on in between
FIRST_PARTIAL = round(0.7 * RATE_HZ)  # after the beginning of an utterance
QUIET_NOTED_EVERY = 10 * RATE_HZ


class Listening:
    """Turns frames into utterances of the call; whatever is on disk is accounted for.

    Jobs name stretches of the sound, and whoever decodes reads them.
    """

    def __init__(
        self,
        call: LiveCall,
        spool: Spool,
        decoding: Decoding,
        detector: VoiceDetector,
        language: str | None = None,
        terms: Sequence[str] = (),
        pace: Pace = Pace(),  # noqa: B008  frozen
    ) -> None:
        self.call = call
        self._sound = SafeSound(spool, pace.sync_s)
        self._spool = spool
        self._decoding = decoding
        self._pace = pace
        limits = limits_for(spool.audio.sample_rate_hz)
        self.channels = [Channel(i, role, detector, limits) for i, role in enumerate(spool.audio.channels)]
        self._arrived = asyncio.Event()
        self._ending = False
        self._heard_all = asyncio.Event()
        self._left_over: list[tuple[Channel, Stretch]] = []  # what an earlier run did not get to know the words of
        self._words = Understanding(call, self.channels, self._sound, decoding, language, terms, pace)
        self._restore()

    @property
    def safe_frame(self) -> int | None:
        """The number of the last frame that is on disk."""
        return self._sound.safe_frame

    @property
    def failed(self) -> CopilotError | None:
        """Why nothing is taken any more."""
        return self._sound.failed

    @property
    def audio(self) -> AudioFormat:
        return self._spool.audio

    @property
    def done_s(self) -> float:
        """How much of what was received is heard and decoded, or given up; of the channel that is least far."""
        totals = [channel.account.totals() for channel in self.channels]
        return min(sum(of.values()) - of[Fate.PENDING] for of in totals) / RATE_HZ

    @property
    def watched(self) -> bool:
        """Whether somebody speaks just now, and others read along."""
        return self._pace.watched

    @property
    def behind_s(self) -> float:
        """How much sound has come since the first utterance ended that is not in the call yet."""
        waiting = [(channel, span) for channel in self.channels for span in channel.account.waiting()]
        return max(((channel.account.received - span.end) / RATE_HZ for channel, span in waiting), default=0.0)

    @property
    def backlog_s(self) -> float:
        """How much has come that is not words or known to be none, of all channels together."""
        return sum(channel.account.totals()[Fate.PENDING] for channel in self.channels) / RATE_HZ

    @property
    def received_s(self) -> float:
        return self._spool.wire_samples / self.audio.sample_rate_hz

    @property
    def reached_s(self) -> float:
        """Up to where everything that is said is in the call, on all channels."""
        return min(channel.next_turn for channel in self.channels) / RATE_HZ

    @property
    def received_bytes(self) -> int:
        return self._spool.wire_samples * self.audio.sample_bytes

    async def until_reached(self, seconds: float) -> None:
        """Wait until it is so far. Raises what it fails with."""
        await self._words.until(lambda: self.failed is not None or self.reached_s >= seconds)
        if self.failed is not None:
            raise self.failed

    @property
    def failed_s(self) -> float:
        """How much could not be decoded, of all channels together."""
        return sum(channel.account.totals()[Fate.FAILED] for channel in self.channels) / RATE_HZ

    @property
    def rejected(self) -> Counter[Reason]:
        """What was decoded and not believed, by reason."""
        return sum((channel.rejected for channel in self.channels), Counter())

    # ── sound comes in ──

    def take(self, frame: bytes) -> bool:
        """Take a frame, unless it is known already; it is safe once `safe_frame` reaches its number.

        Whether it was new. Raises UnusableFrame, FrameGap, StoreUnavailable, and CallOver once the call is being ended.
        """
        if self.failed is not None:
            raise self.failed
        new = self._sound.new(frame)
        if new is not None:
            self._append(new[1], number=new[0])
        return new is not None

    def put(self, payload: bytes) -> None:
        """Take the samples that follow, from a sender who does not number them."""
        if self.failed is not None:
            raise self.failed
        self._append(payload)

    def _append(self, payload: bytes, number: int | None = None) -> None:
        if self._ending:
            raise CallOver(self.call.id)
        self._sound.append(payload, number)
        self.call.touch()
        self._arrived.set()

    def acks(self) -> AsyncGenerator[int]:
        """The number of the last frame that is on disk, whenever it has moved on. Raises what makes it end."""
        return self._sound.acks()

    async def finish(self) -> None:
        """No more sound will come: hear and decode everything that has. What failed is tried once more.

        Raises TranscriptionFailed where it fails again because the model does not answer at all; then nothing is lost,
        and it can be asked for another time.
        """
        self._ending = True
        self._arrived.set()
        await self._heard_all.wait()
        for channel in self.channels:
            await channel.ended.join()
        for channel in self.channels:
            for span in channel.account.failed():
                channel.ended.put_nowait(Ended(channel.stretches[span.start]))
        for channel in self.channels:
            await channel.ended.join()
        if self.failed_s:
            await self._decoding.check()
        await self._sound.until_safe()

    # ── at work ──

    async def run(self) -> None:
        """Work until cancelled, or until the disk or a mistake of ours ends it."""
        for channel, stretch in self._left_over:
            await self._words.left_over(channel, stretch)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sound.keep(), name=f"spool of {self.call.id}")
            tasks.create_task(self._hear(), name=f"hearing {self.call.id}")
            for channel in self.channels:
                tasks.create_task(self._words.run(channel), name=f"understanding {self.call.id}/{channel.index}")

    async def fail(self, problem: CopilotError) -> None:
        """Take nothing any more, and tell whoever waits."""
        await self._sound.fail(problem)
        await self._words.moved()

    def _restore(self) -> None:
        """Go on where an earlier run of the server was: the log says which utterances were heard to their end."""
        received = samples_at_16k(self._spool.wire_samples, self.audio.sample_rate_hz)
        heard = {utterance.id for utterance in self.call.state.utterances}
        for channel in self.channels:
            channel.account.receive(received)
        for note in self._spool.notes:
            self.channels[note.channel].restore(note)
        for channel in self.channels:
            channel.resume()
            for stretch in list(channel.stretches.values()):
                if utterance_id(channel.index, stretch.span.start) in heard:
                    channel.settle(stretch, Fate.FINAL)
                else:
                    self._left_over.append((channel, stretch))
        self._arrived.set()

    async def _hear(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            await self._hear_what_came()
            if self._ending and not self._heard_all.is_set() and not self._arrived.is_set():
                await self._hear_the_rest()

    async def _hear_what_came(self) -> None:
        """Every whole frame that no longer depends on what comes next."""
        rate_hz = self.audio.sample_rate_hz
        for channel in self.channels:
            channel.account.receive(samples_at_16k(self._spool.wire_samples, rate_hz))
        settled = settled_samples(self._spool.wire_samples, rate_hz)
        behind = True
        while behind:
            behind = False
            for channel in self.channels:
                frames = min((settled - channel.heard) // FRAME, PIECE // FRAME)
                if frames > 0:
                    behind = True
                    span = Span(channel.heard, channel.heard + frames * FRAME)
                    for frame in self._sound.samples(channel.index, span).reshape(frames, FRAME):
                        await self._follow(channel, channel.hear(frame))
                    await self._words.ask_partial(channel)
            await self._words.moved()
            await asyncio.sleep(0)

    async def _hear_the_rest(self) -> None:
        """The last part of a frame, and the end."""
        for channel in self.channels:
            while channel.heard < channel.account.received:
                span = Span(channel.heard, min(channel.heard + FRAME, channel.account.received))
                frame = np.zeros(FRAME, dtype=np.int16)
                frame[: len(span)] = self._sound.samples(channel.index, span)
                await self._follow(channel, channel.hear(frame))
            await self._follow(channel, channel.finish())
        await self._words.moved()
        self._heard_all.set()

    # ── where utterances are ──

    async def _follow(self, channel: Channel, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Silence():
                    channel.account.silence(change.up_to)
                    self._note_quiet(channel, change.up_to)
                case Opened():
                    channel.speaking = Speaking(change.start, change.onset, due=change.start + FIRST_PARTIAL)
                case Paused():
                    await self._words.guess(channel, change.stretch)
                case Resumed():
                    self._words.take_back_guess(channel)
                case Closed():
                    await self._ended(channel, change.stretch)

    def _note_quiet(self, channel: Channel, up_to: int) -> None:
        if up_to - channel.quiet_noted >= QUIET_NOTED_EVERY:
            channel.quiet_noted = up_to
            self._sound.note(Quiet(channel=channel.index, up_to=up_to))

    async def _ended(self, channel: Channel, stretch: Stretch) -> None:
        """The utterance's place is noted before anything is made of it: the same one comes out after a restart."""
        channel.account.utterance(stretch.span.end)
        channel.stretches[stretch.span.start] = stretch
        self._sound.note(
            Spoken(
                channel=channel.index,
                start=stretch.span.start,
                end=stretch.span.end,
                speech_start=stretch.speech.start,
                speech_end=stretch.speech.end,
                voiced=stretch.voiced,
            )
        )
        channel.quiet_noted = stretch.span.end
        await self._words.over(channel, stretch)
