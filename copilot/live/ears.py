"""Hears all calls that come in as sound, with one speech model."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from weakref import WeakValueDictionary

from copilot.domain.audio import AudioFormat
from copilot.errors import CopilotError, StoreUnavailable
from copilot.live.call import LiveCall
from copilot.live.decoding import Deadlines, Decoding
from copilot.live.listening import Listening
from copilot.live.pace import Pace
from copilot.ports import Spool, Spools, Transcriber, VoiceDetector

log = logging.getLogger(__name__)

RETRY_AFTER_S = 30
TELL_EVERY_S = 1.0


class OtherAudio(CopilotError):
    """The call was begun with sound of another kind."""

    def __init__(self, call_id: str, audio: AudioFormat) -> None:
        self.call_id, self.audio = call_id, audio
        channels = ", ".join(audio.channels)
        super().__init__(
            f"call {call_id!r} was begun with {audio.encoding} at {audio.sample_rate_hz} Hz ({channels}); go on with it"
        )


class Behind(CopilotError):
    """Transcription is behind; calls that are under way come first."""

    def __init__(self) -> None:
        self.retry_after_s = RETRY_AFTER_S
        super().__init__(f"transcription is behind, and the calls under way come first; try again in {RETRY_AFTER_S} s")


@dataclass(frozen=True, slots=True)
class Sound:
    """What there is of a call's sound; `listening` is None once the call is over."""

    last_frame: int | None
    listening: Listening | None


class Ears:
    """Listens to calls from their first frame to their end, also after a restart."""

    def __init__(
        self,
        transcriber: Transcriber,
        detector: VoiceDetector,
        spools: Spools,
        *,
        language: str | None = None,
        terms: Sequence[str] = (),
        deadlines: Deadlines = Deadlines(),  # noqa: B008  frozen
        pace: Pace = Pace(),  # noqa: B008  frozen
    ) -> None:
        self._decoding = Decoding(transcriber, deadlines)
        self._detector = detector
        self._spools = spools
        self._language = language
        self._terms = terms
        self._pace = pace
        self._heard: dict[str, tuple[Listening, asyncio.Task[None]]] = {}
        self._opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._at_work: asyncio.Task[None] | None = None

    def listening(self, call_id: str) -> Listening | None:
        known = self._heard.get(call_id)
        return None if known is None else known[0]

    def admit(self, call_id: str) -> None:
        """Raises Behind where one more call would be too many."""
        if call_id not in self._heard and not self._decoding.shed.takes_calls:
            raise Behind

    async def open(self, call: LiveCall, audio: AudioFormat | None) -> Sound | None:
        """The call's sound, begun now where there is none; None where `audio` is None and there is none.

        Raises OtherAudio and StoreUnavailable.
        """
        async with self._alone(call.id):
            listening = self.listening(call.id)
            if listening is not None:
                self._check(call, audio, listening.audio)
                return Sound(listening.safe_frame, listening)
            spool = await asyncio.to_thread(self._spools.find, call.id)
            if spool is None:
                if audio is None or call.state.ended:
                    return None
                spool = await asyncio.to_thread(self._spools.make, call.id, audio)
            self._check(call, audio, spool.audio)
            if spool.released or call.state.ended:
                return Sound(spool.last_frame, None)
            listening = self._listen(call, spool)
            return Sound(listening.safe_frame, listening)

    async def finish(self, call: LiveCall) -> None:
        """Hear a call's sound to its end, before the call is ended.

        Raises StoreUnavailable where the disk fails, and TranscriptionFailed where the speech model does.
        """
        if call.state.ended:
            return
        sound = await self.open(call, None)
        if sound is None or sound.listening is None:
            return
        _, task = self._heard[call.id]
        finishing = asyncio.create_task(sound.listening.finish(), name=f"last words of {call.id}")
        try:
            await asyncio.wait({finishing, task}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            broken_off = not finishing.done()
            finishing.cancel()
            await asyncio.gather(finishing, return_exceptions=True)
        if not broken_off:
            finishing.result()
        if sound.listening.failed is not None:
            raise sound.listening.failed

    async def release(self, call: LiveCall) -> None:
        """The call is over: its sound is deleted."""
        async with self._alone(call.id):
            await self._stop(call.id)
            spool = await asyncio.to_thread(self._spools.find, call.id)
            if spool is not None:
                await asyncio.to_thread(spool.release)
        call.show_asr("off")

    async def take_up(self, unfinished: Collection[LiveCall]) -> None:
        """Go on with what an earlier run of the server had not finished, and delete what it had not deleted."""
        there = await asyncio.to_thread(self._spools.there)
        calls = {call.id: call for call in unfinished if not call.state.ended}
        for call_id in there:
            try:
                if call_id in calls:
                    await self.open(calls[call_id], None)
                elif (spool := await asyncio.to_thread(self._spools.find, call_id)) is not None:
                    await asyncio.to_thread(spool.release)
            except StoreUnavailable as problem:
                log.warning("Call %s: its sound is left alone: %s", call_id, problem.reason)

    async def close(self) -> None:
        """Stop listening; everything is on disk, and a later run goes on with it."""
        for call_id in list(self._heard):
            await self._stop(call_id)
        if self._at_work is not None:
            self._at_work.cancel()
            await asyncio.gather(self._at_work, return_exceptions=True)

    def _listen(self, call: LiveCall, spool: Spool) -> Listening:
        if self._at_work is None:
            self._at_work = asyncio.create_task(self._work(), name="ears")
        listening = Listening(call, spool, self._decoding, self._detector, self._language, self._terms, self._pace)
        task = asyncio.create_task(self._run(listening), name=f"listening to {call.id}")
        self._heard[call.id] = (listening, task)
        self._show(call)
        return listening

    async def _run(self, listening: Listening) -> None:
        call = listening.call
        problem = StoreUnavailable("the call cannot be heard")
        try:
            await listening.run()
        except ExceptionGroup as failures:  # whatever it is, the sender keeps its sound and begins again
            first = failures.exceptions[0]
            problem = first if isinstance(first, StoreUnavailable) else problem
            place = "".join(traceback.format_tb(first.__traceback__))  # a message could hold speech
            log.error("Call %s is not heard: %s\n%s", call.id, type(first).__name__, place)  # noqa: TRY400
        if self._heard.get(call.id, (None, None))[0] is listening:
            del self._heard[call.id]
        self._decoding.forget(call.id)
        await listening.fail(problem)
        call.show_asr("off", str(problem))

    async def _stop(self, call_id: str) -> None:
        _, task = self._heard.pop(call_id, (None, None))
        self._decoding.forget(call_id)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._decoding.run(), name="decoding")
            tasks.create_task(self._tell(), name="how well calls are heard")

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(TELL_EVERY_S)
            for listening, _ in self._heard.values():
                self._show(listening.call)

    def _show(self, call: LiveCall) -> None:
        if self._decoding.trouble is not None:
            call.show_asr("degraded", f"{self._decoding.trouble}. What is said is kept and tried again.")
        elif (says := self._decoding.shed.says) is not None:
            call.show_asr("degraded", says)
        else:
            call.show_asr("ok")

    @staticmethod
    def _check(call: LiveCall, audio: AudioFormat | None, begun: AudioFormat) -> None:
        if audio is not None and audio != begun:
            raise OtherAudio(call.id, begun)

    @contextlib.asynccontextmanager
    async def _alone(self, call_id: str) -> AsyncIterator[None]:
        """One at a time for each call; the lock lasts as long as somebody holds it or waits for it."""
        lock = self._opening.setdefault(call_id, asyncio.Lock())
        async with lock:
            yield
