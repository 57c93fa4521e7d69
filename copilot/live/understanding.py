"""From where somebody speaks to words in the call: decoded, believed or not, told, and shown meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal, Protocol

from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.echo import Said, could_be_echo, is_echo, undecided
from copilot.analysis.speech.endpointing import Stretch
from copilot.analysis.speech.gate import LEAST_VOICED_S, Reason, gated
from copilot.analysis.speech.hints import likely_said
from copilot.analysis.speech.shedding import LATE_S, Shed
from copilot.analysis.speech.word_times import word_starts_s
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Span
from copilot.domain.call import Role, Saying
from copilot.domain.spooled import Settled, SpoolNote, utterance_id
from copilot.errors import StoreUnavailable, TranscriptionFailed
from copilot.live import meters
from copilot.live.call import CallOver, Conflict, LiveCall
from copilot.live.channel import Channel, Ended, Speaking
from copilot.live.decoding import Decoding
from copilot.live.pace import Pace
from copilot.live.waiting import Job

ECHO_LATEST = RATE_HZ // 2  # an echo may seem to begin so much before what it is the echo of


class Kept(Protocol):
    """The sound on disk, as far as words need it."""

    def samples(self, channel: int, span: Span) -> Samples:
        """A span of a channel at 16 kHz. Called from threads, too."""

    def note(self, note: SpoolNote) -> None: ...

    async def until_safe(self) -> None:
        """Wait until everything written by now is on disk."""


class Understanding:
    """Turns one call's stretches of speech into words. Each channel's come in order."""

    def __init__(
        self,
        call: LiveCall,
        channels: Sequence[Channel],
        kept: Kept,
        decoding: Decoding,
        language: str | None,
        terms: Sequence[str],
        pace: Pace,
    ) -> None:
        self._call = call
        self._channels = channels
        self._kept = kept
        self._decoding = decoding
        self._language = (call.state.call.language if call.state.call else None) or language
        self._terms = likely_said(call.state.call, terms)
        self._pace = pace
        self._settled = asyncio.Condition()  # told whenever an utterance is

    async def run(self, channel: Channel) -> None:
        """Take up the channel's utterances, one after the other, until cancelled."""
        while True:
            ended = await channel.ended.get()
            try:
                await self._decode(channel, ended)
            finally:
                channel.turn = None
                channel.ended.task_done()
            await self.moved()

    async def moved(self) -> None:
        """More is known of what is said where: look whose turn it is."""
        async with self._settled:
            self._settled.notify_all()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that depends on how much is known."""
        async with self._settled:
            await self._settled.wait_for(condition)

    async def _decode(self, channel: Channel, ended: Ended) -> None:
        stretch = ended.stretch
        if stretch.span.start not in channel.stretches:
            return  # asked for twice, by two who ended the call
        if stretch.voiced_s < LEAST_VOICED_S:
            self._reject(channel, stretch, {"too_short": 1})
            return
        try:
            wanted = self._to_decode(channel, stretch.span, final=True)
            decoded = await self._decoding.final(*wanted, ended.begun, left_over=ended.left_over)
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
        if not self._pace.watched:
            await self._until_its_turn(channel, said)
        if await self._is_echo(channel, said):
            self._reject(channel, stretch, {"echo": 1})
            return
        channel.said.append(said)
        await self._kept.until_safe()
        said_words = self._saying(channel, stretch.span.start, stretch.speech, believed.text)
        timed = said_words.model_copy(update={"word_starts_s": word_starts_s(believed.segments, stretch.span)})
        await self._tell(channel, stretch, timed, ended.speech_ended_s)

    async def _until_its_turn(self, channel: Channel, said: Said) -> None:
        """A recording's channels are decoded at whatever pace; its utterances come in the order of their beginnings."""
        possible_echo = self._has_far_side(channel) and could_be_echo(said.text)
        turn = said.span.start + (ECHO_LATEST if possible_echo else 0)
        channel.turn = turn
        await self.moved()
        others = [other for other in self._channels if other is not channel]
        await self.until(lambda: all((turn, channel.index) < (other.next_turn, other.index) for other in others))

    async def _tell(self, channel: Channel, stretch: Stretch, saying: Saying, said_by_s: float | None) -> None:
        while True:
            try:
                await self._call.hear(saying, said_by_s=said_by_s)
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
        if said_by_s is not None and self._pace.watched:
            took_s = time.monotonic() - said_by_s
            meters.FINAL_SECONDS.observe(took_s)
            meters.LATE_FINALS.inc(took_s >= LATE_S)

    def _reject(self, channel: Channel, stretch: Stretch, reasons: Mapping[Reason, int]) -> None:
        self._count_rejected(channel, reasons)
        self._settle(channel, stretch, "silence")

    def _count_rejected(self, channel: Channel, reasons: Mapping[Reason, int]) -> None:
        channel.rejected.update(reasons)
        for reason, n in reasons.items():
            meters.SPEECH_REJECTED.labels(reason).inc(n)

    def _settle(self, channel: Channel, stretch: Stretch, fate: Literal["silence", "failed"]) -> None:
        channel.settle(stretch, Fate(fate))
        self._kept.note(Settled(channel=channel.index, start=stretch.span.start, fate=fate))

    # ── utterances that may be over ──

    async def guess(self, channel: Channel, stretch: Stretch) -> None:
        """Begin with an utterance before it is sure that it is over."""
        if channel.speaking is None or stretch.voiced_s < LEAST_VOICED_S:
            return
        if not self._pace.watched or self._decoding.shed >= Shed.GUESSED_ENDS:
            return
        job = await self._decoding.guess(*self._to_decode(channel, stretch.span, final=True))
        channel.speaking.guess = (stretch, job)

    @staticmethod
    def take_back_guess(channel: Channel) -> None:
        """Somebody speaks on."""
        if channel.speaking is not None and channel.speaking.guess is not None:
            channel.speaking.guess[1].done.cancel()
            channel.speaking.guess = None

    async def over(self, channel: Channel, stretch: Stretch) -> None:
        """The utterance is over. Its words wait for those before it on its channel; its decode does not."""
        begun: Job | None = None
        if channel.speaking is not None:
            if channel.speaking.partial is not None:
                channel.speaking.partial.cancel()
            if channel.speaking.guess is not None and channel.speaking.guess[0] == stretch:
                begun = channel.speaking.guess[1]
                await self._decoding.promote(begun)
            else:
                self.take_back_guess(channel)
        ended_s = time.monotonic() - (channel.heard - stretch.speech.end) / RATE_HZ
        await self._wait_in_line(channel, Ended(stretch, ended_s, begun))

    async def left_over(self, channel: Channel, stretch: Stretch) -> None:
        """An utterance that an earlier run of the server heard, and whose words it did not get to know."""
        await self._wait_in_line(channel, Ended(stretch))

    async def _wait_in_line(self, channel: Channel, ended: Ended) -> None:
        stretch, begun = ended.stretch, ended.begun
        if begun is None and self._language is not None and stretch.voiced_s >= LEAST_VOICED_S:
            wanted = self._to_decode(channel, stretch.span, final=True)
            begun = await self._decoding.begin(*wanted, left_over=ended.left_over)
        channel.ended.put_nowait(replace(ended, begun=begun))

    # ── what is shown while somebody speaks ──

    async def ask_partial(self, channel: Channel) -> None:
        """Have what is being said decoded so far, if it is time."""
        speaking, shed = channel.speaking, self._decoding.shed
        if speaking is None or channel.heard < speaking.due or channel.account.endpointed > speaking.start:
            return
        if speaking.guess is not None:
            return  # which will have all the words
        if not self._pace.watched or shed >= Shed.PARTIALS:
            return
        if shed >= Shed.PARTIALS_OF_THE_REP and channel.role is Role.REP:
            return
        speaking.due = channel.heard + round(shed.partial_every_s * RATE_HZ)
        speaking.asked += 1
        span = Span(speaking.start, channel.heard)
        wanted = self._to_decode(channel, span, final=False)
        speaking.partial = await self._decoding.partial(*wanted, first=not speaking.shown)
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
        self._call.partial(saying, stable=speaking.hypothesis.stable_text)

    # ── echo ──

    def _has_far_side(self, channel: Channel) -> bool:
        """Only the rep's microphone hears the other side's loudspeaker."""
        return channel.role is Role.REP and len(self._channels) > 1

    def _far_side(self, channel: Channel) -> list[Said]:
        others = [other for other in self._channels if other is not channel]
        now = [other.saying for other in others]
        return [*(said for other in others for said in other.said), *(said for said in now if said is not None)]

    async def _is_echo(self, channel: Channel, said: Said) -> bool:
        """Waits a little for what the customer says at the same time; in a recording that is known by now."""
        if not self._has_far_side(channel) or not could_be_echo(said.text):
            return False
        others = [other for other in self._channels if other is not channel]
        if self._pace.watched:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pace.far_side_s):
                    await self.until(lambda: not _undecided(said.span, others))
        return is_echo(said, self._far_side(channel))

    # ── small things ──

    def _to_decode(self, channel: Channel, span: Span, *, final: bool) -> tuple[DecodeRequest, Callable[[], Samples]]:
        request = DecodeRequest(
            call_id=self._call.id,
            channel=channel.index,
            span=span,
            final=final,
            language=self._language,
            terms=self._terms,
            quick=not final,
            recorded=not self._pace.watched,
        )
        return request, partial(self._kept.samples, channel.index, span)

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
            return f"Speaker {channel.index + 1}" if len(self._channels) > 1 else None
        info = self._call.state.call
        names = [person.name for person in info.participants if person.role is channel.role] if info else []
        return names[0] if len(names) == 1 else None


def _undecided(span: Span, others: Sequence[Channel]) -> bool:
    known = [said.span for other in others for said in other.said]
    return undecided(span, known, [unknown for other in others for unknown in other.unknown])
