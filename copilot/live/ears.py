"""Hears all calls that come in as sound, with one speech model."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from copilot.analysis.speech.capacity import MOST_LOAD, WINDOW_S
from copilot.analysis.speech.shedding import LATE_S, Shed
from copilot.domain.audio import AudioFormat
from copilot.errors import CopilotError, StoreUnavailable
from copilot.live import meters
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
    """One more call would cost the `calls` under way their pace, or they have lost it already (`load` is None)."""

    def __init__(self, calls: int, load: float | None) -> None:
        self.calls, self.load, self.retry_after_s = calls, load, RETRY_AFTER_S
        reason = "transcription is behind"
        if load is not None:
            reason = (
                f"with one more, transcription would be busy for {load:.0%} of the time, and {MOST_LOAD:.0%} is most"
            )
        super().__init__(f"{reason}; the calls under way ({calls}) come first; try again in {RETRY_AFTER_S} s")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A call at work, and since when by the monotonic clock."""

    listening: Listening
    task: asyncio.Task[None]
    since_s: float


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
        smaller: Transcriber | None = None,
        language: str | None = None,
        terms: Sequence[str] = (),
        deadlines: Deadlines = Deadlines(),  # noqa: B008  frozen
        pace: Pace = Pace(),  # noqa: B008  frozen
    ) -> None:
        self.recorded: set[str] = set()  # calls whose sound is a recording, for whose words nobody waits
        self.afterwards: Callable[[str], Awaitable[None]] = self._delete  # what becomes of a call's sound in the end
        self._decoding = Decoding(transcriber, deadlines, smaller)
        self._detector = detector
        self._spools = spools
        self._language = language
        self._terms = terms
        self._pace = pace
        self._heard: dict[str, _Heard] = {}
        self._opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._at_work: asyncio.Task[None] | None = None

    def listening(self, call_id: str) -> Listening | None:
        known = self._heard.get(call_id)
        return None if known is None else known.listening

    def admit(self, call_id: str) -> None:
        """Raises Behind where one more call would be too many: before those under way notice, and when they do."""
        live = [heard for heard in self._heard.values() if heard.listening.watched]
        if call_id in self._heard or not live:
            return
        now_s = time.monotonic()
        unmeasured = sum(max(1 - (now_s - heard.since_s) / WINDOW_S, 0) for heard in live)
        load = self._decoding.capacity.load_with(now_s, 1 + unmeasured)
        behind = self._decoding.shed >= Shed.CALLS
        if behind or load > MOST_LOAD:
            meters.CALLS_REFUSED.inc()
            raise Behind(len(live), None if behind else load)

    async def warm_up(self) -> None:
        """Load the model before somebody waits for it."""
        await self._decoding.warm_up()

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
        task = self._heard[call.id].task
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
        """The call is over, and so is listening to it."""
        async with self._alone(call.id):
            await self._stop(call.id)
            await self.afterwards(call.id)
        self.recorded.discard(call.id)
        call.show_asr("off")

    async def take_up(self, unfinished: Collection[LiveCall]) -> None:
        """Go on with what an earlier run of the server had not finished."""
        there = await asyncio.to_thread(self._spools.there)
        calls = {call.id: call for call in unfinished if not call.state.ended}
        for call_id in there:
            try:
                if call_id in calls:
                    await self.open(calls[call_id], None)
                else:
                    await self.afterwards(call_id)
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
        pace = replace(self._pace, watched=False) if call.id in self.recorded else self._pace
        listening = Listening(call, spool, self._decoding, self._detector, self._language, self._terms, pace)
        task = asyncio.create_task(self._run(listening), name=f"listening to {call.id}")
        self._heard[call.id] = _Heard(listening, task, time.monotonic())
        self._show(listening)
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
        if self.listening(call.id) is listening:
            del self._heard[call.id]
        self._decoding.forget(call.id)
        await listening.fail(problem)
        call.show_asr("off", str(problem))

    async def _delete(self, call_id: str) -> None:
        spool = await asyncio.to_thread(self._spools.find, call_id)
        if spool is not None:
            await asyncio.to_thread(spool.release)

    async def _stop(self, call_id: str) -> None:
        heard = self._heard.pop(call_id, None)
        self._decoding.forget(call_id)
        if heard is not None:
            heard.task.cancel()
            await asyncio.gather(heard.task, return_exceptions=True)

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._decoding.run(), name="decoding")
            tasks.create_task(self._tell(), name="how well calls are heard")

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(TELL_EVERY_S)
            live = [heard.listening for heard in self._heard.values() if heard.listening.watched]
            meters.SPEECH_BACKLOG_SECONDS.set(sum(listening.backlog_s for listening in live))
            for listening in live:
                self._show(listening)

    def _show(self, listening: Listening) -> None:
        """Whatever is not as it should be, in one sentence or two."""
        behind_s = listening.behind_s if listening.watched else 0.0
        late_s = int(behind_s // LATE_S * LATE_S)
        trouble = self._decoding.trouble
        says = [
            trouble and f"{trouble}. What is said is kept and tried again.",
            self._decoding.behind if listening.watched else None,
            f"Words come more than {late_s} s late." if late_s else None,
        ]
        reason = " ".join(said for said in says if said)
        listening.call.show_asr("degraded" if reason else "ok", reason or None, behind_s=behind_s if late_s else 0.0)

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
