"""Transcribes recordings that were uploaded, one or two at a time, beside the calls that are live."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field

from copilot.domain.recordings import Progress, Uploaded
from copilot.errors import CopilotError
from copilot.live.call import LiveCall
from copilot.live.calls import Calls
from copilot.live.ears import Ears
from copilot.live.listening import Listening
from copilot.live.recordings import hear
from copilot.ports import IncomingFile, Uploads

log = logging.getLogger(__name__)

AT_ONCE = 2  # recordings; others wait, so that the first is done as soon as it can be
ESTIMATE_AFTER_S = 4.0
TELL_EVERY_S = 1.0


class NothingTranscribed(CopilotError):
    """There is no recording of this call that is being transcribed."""

    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"no recording of call {call_id!r} is being transcribed")


@dataclass(eq=False, slots=True)
class Work:
    """One recording on its way to words."""

    call: LiveCall
    uploaded: Uploaded
    task: asyncio.Task[None] | None = None
    listening: Listening | None = None
    began: tuple[float, float] | None = None  # by the clock, and how much was done by then
    trouble: str | None = None
    done_s: float = field(default=0.0)

    def progress(self, now_s: float) -> Progress:
        if self.listening is not None:
            self.done_s = max(self.done_s, self.listening.reached_s)
        state: str = "failed" if self.trouble else "waiting" if self.began is None else "transcribing"
        return Progress.model_validate(
            {
                "state": state,
                "done_s": round(self.done_s, 1),
                "length_s": self.uploaded.length_s,
                "left_s": self._left_s(now_s),
                "reason": self.trouble,
            }
        )

    def _left_s(self, now_s: float) -> float | None:
        """By the pace since it was begun, or gone on with."""
        if self.began is None or self.trouble or self.uploaded.length_s is None:
            return None
        took_s, done_s = now_s - self.began[0], self.done_s - self.began[1]
        if took_s < ESTIMATE_AFTER_S or done_s <= 0:
            return None
        return round(max(self.uploaded.length_s - self.done_s, 0.0) * took_s / done_s, 1)


class Transcribing:
    """Every recording that was taken is transcribed to its end, or until somebody stops it; also after a restart."""

    def __init__(self, calls: Calls, ears: Ears, uploads: Uploads) -> None:
        self._calls = calls
        self._ears = ears
        self._uploads = uploads
        self._left: list[Uploaded] = []  # by an earlier run
        self._work: dict[str, Work] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    def receive(self, name: str) -> IncomingFile:
        """A file that is coming in."""
        return self._uploads.begin(name)

    async def prepare(self) -> None:
        """Find what an earlier run left, before the calls are taken up: nobody waits for the words of a recording."""
        self._left = await asyncio.to_thread(self._uploads.there)
        self._ears.recorded.update(uploaded.info.id for uploaded in self._left)

    async def take_up(self) -> None:
        """Go on with what an earlier run of the server had not transcribed to its end."""
        for uploaded in self._left:
            try:
                await self._begin(uploaded)
            except CopilotError as problem:
                kind = type(problem).__name__
                log.warning("Call %s: its recording is left for the next start: %s", uploaded.info.id, kind)
        self._left = []

    async def add(self, incoming: IncomingFile, uploaded: Uploaded) -> LiveCall:
        """Take a recording that is complete. When this returns, it is safe, and its call has begun."""
        await asyncio.to_thread(incoming.accept, uploaded)
        try:
            return await self._begin(uploaded)
        except CopilotError:
            await asyncio.to_thread(self._uploads.remove, uploaded.info.id)
            raise

    def progress(self, call_id: str) -> Progress | None:
        """How far it is, or None where no recording of this call is being transcribed."""
        work = self._work.get(call_id)
        return None if work is None else work.progress(time.monotonic())

    async def cancel(self, call_id: str) -> None:
        """Stop; what has been transcribed stays, and the call is wrapped up with it. Raises NothingTranscribed."""
        work = self._known(call_id)
        await self._stop(work)
        await self._calls.break_off(work.call)
        await self._finished(work)

    def retry(self, call_id: str) -> None:
        """Go on after a failure. Raises NothingTranscribed."""
        work = self._known(call_id)
        if work.trouble is not None:
            self._start(work)

    async def run(self) -> None:
        """Tell how far they are, until cancelled; a call that waits for its words is not a silent one."""
        while True:
            for work in list(self._work.values()):
                work.call.touch()
                work.call.show_recording(work.progress(time.monotonic()))
            await asyncio.sleep(TELL_EVERY_S)

    async def close(self) -> None:
        """Stop for now: a later run goes on."""
        for work in list(self._work.values()):
            await self._stop(work)

    # ── one recording ──

    async def _begin(self, uploaded: Uploaded) -> LiveCall:
        self._ears.recorded.add(uploaded.info.id)
        call = await self._calls.begin(uploaded.info, content=uploaded.content)
        work = Work(call, uploaded)
        if call.state.ended:
            await self._finished(work)
            return call
        self._work[call.id] = work
        call.take_over(work)
        self._start(work)
        return call

    def _start(self, work: Work) -> None:
        work.trouble, work.began = None, None
        work.task = asyncio.create_task(self._run(work), name=f"transcription of {work.call.id}")
        work.call.show_recording(work.progress(time.monotonic()))

    async def _run(self, work: Work) -> None:
        try:
            async with self._places:
                await self._transcribe(work)
            await self._finished(work)
        except CopilotError as problem:
            self._failed(work, problem, str(problem))
        except Exception as problem:  # noqa: BLE001  whatever it is, the recording is kept and can be tried again
            self._failed(work, problem, f"something went wrong ({type(problem).__name__})")

    async def _transcribe(self, work: Work) -> None:
        sound = await self._ears.open(work.call, work.uploaded.audio)
        if sound is not None and sound.listening is not None:
            work.listening = sound.listening
            work.began = (time.monotonic(), sound.listening.reached_s)
            await hear(await asyncio.to_thread(self._uploads.open, work.uploaded), sound.listening)
        await self._calls.end(work.call, "sender")

    async def _finished(self, work: Work) -> None:
        await asyncio.to_thread(self._uploads.remove, work.call.id)
        self._work.pop(work.call.id, None)
        work.call.show_recording(None)
        if work.call.sender is work:
            work.call.take_over(None)

    def _failed(self, work: Work, problem: Exception, reason: str) -> None:
        log.warning("Call %s: its recording is not transcribed to its end: %s", work.call.id, type(problem).__name__)
        work.trouble = reason
        work.call.show_recording(work.progress(time.monotonic()))

    async def _stop(self, work: Work) -> None:
        if work.task is not None:
            work.task.cancel()
            await asyncio.gather(work.task, return_exceptions=True)

    def _known(self, call_id: str) -> Work:
        work = self._work.get(call_id)
        if work is None:
            raise NothingTranscribed(call_id)
        return work
