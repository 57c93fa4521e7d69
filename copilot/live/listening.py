"""The sound of one call on its way to words: on disk first, then heard channel by channel, then decoded."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.echo import Said, could_be_echo, is_echo
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
from copilot.analysis.speech.frames import judged, unpacked
from copilot.analysis.speech.gate import LEAST_VOICED_S, Reason, gated
from copilot.analysis.speech.pcm import channel_samples, needed, resampled, samples_at_16k, settled_samples
from copilot.analysis.speech.shedding import Shed
from copilot.domain.audio import RATE_HZ, AudioFormat, Decoded, DecodeRequest, Samples, Span
from copilot.domain.call import Role, Saying
from copilot.domain.spooled import Quiet, Settled, Spoken, utterance_id
from copilot.errors import CopilotError, StoreUnavailable, TranscriptionFailed
from copilot.live import meters
from copilot.live.call import CallOver, Conflict, LiveCall
from copilot.live.channel import Channel, Ended, Speaking
from copilot.live.decoding import Decoding
from copilot.live.waiting import Job
from copilot.ports import Spool, VoiceDetector

PIECE = FRAME * 32  # samples heard at a time, so that other calls go on in between
FIRST_PARTIAL = round(0.7 * RATE_HZ)  # after the beginning of an utterance
QUIET_NOTED_EVERY = 10 * RATE_HZ
MOST_TERMS = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """`sync_s`: how often sound is brought to disk where nothing waits for it.

    `far_side_s`: how long the rep's words wait for what the customer says at the same time. Where nobody watches, words
    are only decoded once they are complete.
    """

    watched: bool = True
    sync_s: float = 0.4
    far_side_s: float = 3.0
    store_retry_s: float = 1.0


class Listening:
    """Turns frames into utterances of the call. What is acknowledged is on disk; what is on disk is accounted for.

    A call's spool is the only queue there is for sound: jobs name stretches of it, and whoever decodes reads them.
    """

    def __init__(
        self,
        call: LiveCall,
        spool: Spool,
        decoding: Decoding,
        detector: VoiceDetector,
        language: str | None = None,
        terms: Sequence[str] = (),
        pace: Pace = Pace(),
    ) -> None:
        self.call = call
        self.safe_frame = spool.last_frame  # read from disk, so it is there
        self.failed: CopilotError | None = None  # why nothing is taken any more
        self._spool = spool
        self._decoding = decoding
        self._pace = pace
        self._terms = _likely_said(call, terms)
        self._language = (call.state.call.language if call.state.call else None) or language
        limits = limits_for(spool.audio.sample_rate_hz)
        self.channels = [Channel(i, role, detector, limits) for i, role in enumerate(spool.audio.channels)]
        self._arrived = asyncio.Event()
        self._unsafe = asyncio.Event()
        self._urgent = asyncio.Event()  # somebody waits for it to be safe
        self._progress = asyncio.Condition()  # told of what became safe, was heard or settled
        self._safe_size = spool.size
        self._ending = False
        self._heard_all = False
        self._restore()

    @property
    def audio(self) -> AudioFormat:
        return self._spool.audio

    @property
    def done_s(self) -> float:
        """How much of what was received is heard and decoded, or given up; of the channel that is least far."""
        totals = [channel.account.totals() for channel in self.channels]
        return min(sum(of.values()) - of[Fate.PENDING] for of in totals) / RATE_HZ

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
        number, payload = unpacked(frame, self.audio)
        if judged(number, last=self._spool.last_frame) == "known":
            return False
        self._append(number, payload)
        return True

    def put(self, payload: bytes) -> None:
        """Take the samples that follow, from a sender who does not number them."""
        if self.failed is not None:
            raise self.failed
        last = self._spool.last_frame
        self._append(0 if last is None else last + 1, payload)

    def _append(self, number: int, payload: bytes) -> None:
        if self._ending:
            raise CallOver(self.call.id)
        self._spool.append(number, payload)
        meters.AUDIO_SECONDS.inc(len(payload) / self.audio.sample_bytes / self.audio.sample_rate_hz)
        self.call.touch()
        self._arrived.set()
        self._unsafe.set()

    async def acks(self) -> AsyncGenerator[int]:
        """The number of the last frame that is on disk, whenever it has moved on. Raises what makes it end."""
        told = None
        while True:
            async with self._progress:
                while self.safe_frame == told and self.failed is None:
                    await self._progress.wait()
                if self.failed is not None:
                    raise self.failed
                told = self.safe_frame
            if told is not None:
                yield told

    async def finish(self) -> None:
        """No more sound will come: hear and decode everything that has. What failed is tried once more.

        Raises TranscriptionFailed where it fails again because the model does not answer at all; then nothing is lost,
        and it can be asked for another time.
        """
        self._ending = True
        self._arrived.set()
        async with self._progress:
            await self._progress.wait_for(lambda: self._heard_all)
        for channel in self.channels:
            await channel.ended.join()
        for channel in self.channels:
            for span in channel.account.failed():
                channel.ended.put_nowait(Ended(channel.stretches[span.start]))
        for channel in self.channels:
            await channel.ended.join()
        if self.failed_s:
            await self._decoding.check()
        await self._until_safe()

    # ── at work ──

    async def run(self) -> None:
        """Work until cancelled, or until the disk or a mistake of ours ends it."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_safe(), name=f"spool of {self.call.id}")
            tasks.create_task(self._hear(), name=f"hearing {self.call.id}")
            for channel in self.channels:
                tasks.create_task(self._understand(channel), name=f"understanding {self.call.id}/{channel.index}")

    async def fail(self, problem: CopilotError) -> None:
        """Take nothing any more, and tell whoever waits."""
        self.failed = problem
        async with self._progress:
            self._progress.notify_all()

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
                    channel.ended.put_nowait(Ended(stretch))
        self._arrived.set()

    async def _keep_safe(self) -> None:
        while True:
            await self._unsafe.wait()
            self._unsafe.clear()
            self._urgent.clear()
            frame, size = self._spool.last_frame, self._spool.size
            await asyncio.to_thread(self._spool.sync)
            async with self._progress:
                self.safe_frame, self._safe_size = frame, size
                self._progress.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pace.sync_s):
                    await self._urgent.wait()

    async def _until_safe(self) -> None:
        """Wait until everything written by now is on disk."""
        size = self._spool.size
        self._unsafe.set()
        self._urgent.set()
        async with self._progress:
            await self._progress.wait_for(lambda: self._safe_size >= size)

    async def _hear(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            await self._hear_what_came()
            if self._ending and not self._heard_all and not self._arrived.is_set():
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
                    for frame in self._samples(channel.index, span).reshape(frames, FRAME):
                        await self._follow(channel, channel.hear(frame))
                    await self._ask_partial(channel)
            await asyncio.sleep(0)

    async def _hear_the_rest(self) -> None:
        """The last part of a frame, and the end."""
        for channel in self.channels:
            while channel.heard < channel.account.received:
                span = Span(channel.heard, min(channel.heard + FRAME, channel.account.received))
                frame = np.zeros(FRAME, dtype=np.int16)
                frame[: len(span)] = self._samples(channel.index, span)
                await self._follow(channel, channel.hear(frame))
            await self._follow(channel, channel.finish())
        async with self._progress:
            self._heard_all = True
            self._progress.notify_all()

    def _samples(self, channel: int, span: Span) -> Samples:
        """A span at 16 kHz, read from the spool. Called from threads, too."""
        wanted = needed(span, self.audio.sample_rate_hz)
        there = Span(max(wanted.start, 0), min(wanted.end, self._spool.wire_samples))
        samples = channel_samples(self._spool.read(there), self.audio, channel)
        padded = np.pad(samples, (there.start - wanted.start, wanted.end - there.end))
        return resampled(padded, self.audio.sample_rate_hz, span)

    # ── utterances ──

    async def _follow(self, channel: Channel, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Silence():
                    channel.account.silence(change.up_to)
                    self._note_quiet(channel, change.up_to)
                case Opened():
                    channel.speaking = Speaking(change.start, due=change.start + FIRST_PARTIAL)
                case Paused():
                    await self._guess(channel, change.stretch)
                case Resumed():
                    self._take_back_guess(channel)
                case Closed():
                    self._ended(channel, change.stretch)

    def _note_quiet(self, channel: Channel, up_to: int) -> None:
        if up_to - channel.quiet_noted >= QUIET_NOTED_EVERY:
            channel.quiet_noted = up_to
            self._spool.note(Quiet(channel=channel.index, up_to=up_to))
            self._unsafe.set()

    async def _guess(self, channel: Channel, stretch: Stretch) -> None:
        if channel.speaking is None or stretch.voiced_s < LEAST_VOICED_S:
            return
        if not self._pace.watched or self._decoding.shed >= Shed.GUESSED_ENDS:
            return
        job = await self._decoding.guess(*self._to_decode(channel, stretch.span, final=True))
        channel.speaking.guess = (stretch, job)

    @staticmethod
    def _take_back_guess(channel: Channel) -> None:
        if channel.speaking is not None and channel.speaking.guess is not None:
            channel.speaking.guess[1].done.cancel()
            channel.speaking.guess = None

    def _ended(self, channel: Channel, stretch: Stretch) -> None:
        """The utterance's place is noted before anything is made of it: the same one comes out after a restart."""
        channel.account.utterance(stretch.span.end)
        channel.stretches[stretch.span.start] = stretch
        self._spool.note(
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
        self._unsafe.set()
        guess: Job | None = None
        if channel.speaking is not None:
            if channel.speaking.partial is not None:
                channel.speaking.partial.cancel()
            if channel.speaking.guess is not None and channel.speaking.guess[0] == stretch:
                guess = channel.speaking.guess[1]
            else:
                self._take_back_guess(channel)
        ended_s = time.monotonic() - (channel.heard - stretch.speech.end) / RATE_HZ
        channel.ended.put_nowait(Ended(stretch, ended_s, guess))

    async def _understand(self, channel: Channel) -> None:
        """Decode the channel's utterances, one after the other."""
        while True:
            ended = await channel.ended.get()
            try:
                await self._decode(channel, ended)
            finally:
                channel.ended.task_done()
            async with self._progress:
                self._progress.notify_all()

    async def _decode(self, channel: Channel, ended: Ended) -> None:
        stretch = ended.stretch
        if stretch.span.start not in channel.stretches:
            return  # asked for twice, by two who ended the call
        if stretch.voiced_s < LEAST_VOICED_S:
            self._reject(channel, stretch, {"too_short": 1})
            return
        try:
            decoded = await self._decoding.final(*self._to_decode(channel, stretch.span, final=True), ended.guess)
        except TranscriptionFailed:
            self._settle(channel, stretch, "failed")
            meters.SPEECH_FAILED_SECONDS.inc(stretch.span.length_s)
            return
        believed = gated(decoded, voiced_s=stretch.voiced_s)
        if not believed.text:
            self._reject(channel, stretch, believed.rejected)
            return
        self._count_rejected(channel, believed.rejected)
        self._language = self._language or decoded.language
        said = Said(stretch.speech, believed.text)
        if await self._is_echo(channel, said):
            self._reject(channel, stretch, {"echo": 1})
            return
        channel.said.append(said)
        await self._until_safe()
        await self._tell(channel, stretch, believed.text)
        if ended.speech_ended_s is not None:
            meters.FINAL_SECONDS.observe(time.monotonic() - ended.speech_ended_s)

    async def _tell(self, channel: Channel, stretch: Stretch, text: str) -> None:
        saying = self._saying(channel, stretch.span.start, stretch.speech, text)
        while True:
            try:
                await self.call.hear(saying)
            except StoreUnavailable:
                await asyncio.sleep(self._pace.store_retry_s)
            except CallOver:
                self._settle(channel, stretch, "failed")
                return
            except Conflict:
                break  # it was heard before, in other words; the first ones stand
            else:
                break
        channel.settle(stretch, Fate.FINAL)

    def _reject(self, channel: Channel, stretch: Stretch, reasons: Mapping[Reason, int]) -> None:
        self._count_rejected(channel, reasons)
        self._settle(channel, stretch, "silence")

    def _count_rejected(self, channel: Channel, reasons: Mapping[Reason, int]) -> None:
        channel.rejected.update(reasons)
        for reason, n in reasons.items():
            meters.SPEECH_REJECTED.labels(reason).inc(n)

    def _settle(self, channel: Channel, stretch: Stretch, fate: Literal["silence", "failed"]) -> None:
        channel.settle(stretch, Fate(fate))
        self._spool.note(Settled(channel=channel.index, start=stretch.span.start, fate=fate))
        self._unsafe.set()

    # ── what is shown while somebody speaks ──

    async def _ask_partial(self, channel: Channel) -> None:
        speaking, shed = channel.speaking, self._decoding.shed
        if speaking is None or channel.heard < speaking.due or channel.account.endpointed > speaking.start:
            return
        if not self._pace.watched or shed >= Shed.PARTIALS:
            return
        if shed >= Shed.PARTIALS_OF_THE_REP and channel.role is Role.REP:
            return
        speaking.due = channel.heard + round(shed.partial_every_s * RATE_HZ)
        speaking.asked += 1
        span = Span(speaking.start, channel.heard)
        speaking.partial = await self._decoding.partial(*self._to_decode(channel, span, final=False))
        speaking.partial.add_done_callback(partial(self._show_partial, channel, speaking, speaking.asked, span))

    def _show_partial(
        self, channel: Channel, speaking: Speaking, asked: int, span: Span, done: asyncio.Future[Decoded]
    ) -> None:
        if done.cancelled() or done.exception() is not None or asked < speaking.shown:
            return
        speaking.shown = asked
        text = gated(done.result(), voiced_s=span.length_s).text
        if not text:
            return
        speaking.hypothesis = speaking.hypothesis.revised(text.split())
        said = Said(span, speaking.hypothesis.text)
        if self._has_far_side(channel) and is_echo(said, self._far_side(channel)):
            return
        saying = self._saying(channel, speaking.start, span, said.text)
        self.call.partial(saying, stable=speaking.hypothesis.stable_text)

    # ── echo ──

    def _has_far_side(self, channel: Channel) -> bool:
        """Only the rep's microphone hears the other side's loudspeaker."""
        return channel.role is Role.REP and len(self.channels) > 1

    def _far_side(self, channel: Channel) -> list[Said]:
        others = [other for other in self.channels if other is not channel]
        now = [other.saying for other in others]
        return [*(said for other in others for said in other.said), *(said for said in now if said is not None)]

    async def _is_echo(self, channel: Channel, said: Said) -> bool:
        """Waits a little for what the customer says at the same time."""
        if not self._has_far_side(channel) or not could_be_echo(said.text):
            return False
        others = [other for other in self.channels if other is not channel]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._pace.far_side_s), self._progress:
                await self._progress.wait_for(lambda: not any(_speaks_during(other, said.span) for other in others))
        return is_echo(said, self._far_side(channel))

    # ── small things ──

    def _to_decode(self, channel: Channel, span: Span, *, final: bool) -> tuple[DecodeRequest, Callable[[], Samples]]:
        request = DecodeRequest(
            call_id=self.call.id,
            channel=channel.index,
            span=span,
            final=final,
            language=self._language,
            terms=self._terms,
            quick=not final or self._decoding.shed >= Shed.CARE,
        )
        return request, partial(self._samples, channel.index, span)

    def _saying(self, channel: Channel, start: int, speech: Span, text: str) -> Saying:
        return Saying(
            id=utterance_id(channel.index, start),
            speaker=self._speaker(channel),
            role=channel.role,
            start_s=round(speech.start_s, 3),
            end_s=round(speech.end_s, 3),
            text=text,
        )

    def _speaker(self, channel: Channel) -> str | None:
        """The participant on that side, where there is no choice; where sides are not known, channels still differ."""
        if channel.role is Role.UNKNOWN:
            return f"Speaker {channel.index + 1}" if len(self.channels) > 1 else None
        info = self.call.state.call
        names = [person.name for person in info.participants if person.role is channel.role] if info else []
        return names[0] if len(names) == 1 else None


def _speaks_during(channel: Channel, span: Span) -> bool:
    """Whether it is not known yet what was said on a channel in this span."""
    speaking, account = channel.speaking, channel.account
    still_open = speaking is not None and account.endpointed <= speaking.start < span.end
    return still_open or any(span.overlap(waiting) for waiting in account.waiting())


def _likely_said(call: LiveCall, terms: Sequence[str]) -> tuple[str, ...]:
    """Names and product words that a model may not know, at most 50."""
    info = call.state.call
    names = [*(person.name for person in info.participants), info.account, info.title] if info else []
    return tuple(dict.fromkeys(term for term in (*names, *terms) if term))[:MOST_TERMS]
