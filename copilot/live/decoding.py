"""One speech model for all calls: whose turn it is, deadlines, and what is left out when it falls behind."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from copilot.analysis.speech.capacity import Capacity
from copilot.analysis.speech.shedding import Ladder, Shed
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Span
from copilot.errors import CopilotError, TranscriptionFailed
from copilot.live import meters
from copilot.live.waiting import PARTIALS, Job, Urgency, Waiting
from copilot.ports import Transcriber

log = logging.getLogger(__name__)

Read = Callable[[], Samples]

MOST_REST_S = 10.0  # for a model that says when it can be asked again
NEEDED = (Urgency.FINAL, Urgency.GUESS, Urgency.FIRST_PARTIAL)
TRIED_AGAIN = (Urgency.FINAL, Urgency.LEFT_OVER, Urgency.RECORDED)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A decode that takes longer than `deadline_s` is given up; a final is tried `tries` times."""

    deadline_s: float = 30.0
    tries: int = 2
    look_every_s: float = 1.0


class Decoding:
    """Runs as long as `run` does."""

    def __init__(
        self, transcriber: Transcriber, deadlines: Deadlines = Deadlines(), smaller: Transcriber | None = None
    ) -> None:
        """`smaller` writes the finals when nothing else helps any more."""
        self.capacity = Capacity(transcriber.at_once)
        self._transcriber = transcriber
        self._smaller = smaller
        self._deadlines = deadlines
        self._waiting = Waiting()
        self._stretching = 0  # decodes at work that others go before
        self._something = asyncio.Condition()
        self._ladder = Ladder()
        self._longest_wait_s = 0.0  # of the finals taken up since the last look
        self.trouble: str | None = None  # why the last decode failed, until one succeeds

    @property
    def shed(self) -> Shed:
        """What is left out now."""
        return self._ladder.step

    @property
    def behind(self) -> str | None:
        """What is left out now, for the panel."""
        return self.shed.says(smaller=self._smaller is not None)

    async def final(
        self, request: DecodeRequest, read: Read, begun: Job | None = None, *, left_over: bool = False
    ) -> Decoded:
        """Decode an utterance whose turn has come, or take what was begun of it. Raises TranscriptionFailed."""
        if begun is not None:
            await self.promote(begun)
            await asyncio.wait([begun.done])  # other than awaiting it, this leaves it alone when we are cancelled
            given_up = begun.tries >= self._deadlines.tries
            if not begun.done.cancelled() and (given_up or begun.done.exception() is None):
                return begun.done.result()
        job = await self.begin(request, read, left_over=left_over)
        await self.promote(job)
        return await job.done

    async def begin(self, request: DecodeRequest, read: Read, *, left_over: bool = False) -> Job:
        """Have an utterance that is over decoded, whatever of its channel is still at work.

        `left_over`: an earlier run of the server heard it, so it makes way for what is said now until its turn comes.
        """
        urgency = Urgency.LEFT_OVER if left_over else Urgency.FINAL
        return await self._put(request, read, Urgency.RECORDED if request.recorded else urgency)

    async def guess(self, request: DecodeRequest, read: Read) -> Job:
        """Decode an utterance that may be over."""
        return await self._put(request, read, Urgency.GUESS)

    async def promote(self, job: Job) -> None:
        """A guess whose utterance is over, or what was left over and has its turn, is as urgent as any other final."""
        self._waiting.promote(job)
        await self._wake()

    async def partial(self, request: DecodeRequest, read: Read, *, first: bool) -> asyncio.Future[Decoded]:
        """Decode what has been said so far; cancelled when a newer one of its channel comes before its turn.

        `first`: nothing is shown of this utterance yet.
        """
        return (await self._put(request, read, Urgency.FIRST_PARTIAL if first else Urgency.PARTIAL)).done

    async def warm_up(self) -> None:
        """Have the model loaded as often as it will be at work, and learn what a decode takes, before anybody waits."""
        nothing = np.zeros(RATE_HZ, dtype=np.int16)
        request = DecodeRequest("", 0, Span(0, len(nothing)), final=True, language="en")
        try:
            async with asyncio.timeout(self._deadlines.deadline_s):
                for _ in range(2):
                    began = time.monotonic()
                    await asyncio.gather(
                        *(self._transcriber.transcribe(nothing, request) for _ in range(self._transcriber.at_once))
                    )
        except (CopilotError, TimeoutError) as problem:
            self.trouble = str(problem) or f"the speech model was not ready within {self._deadlines.deadline_s:g} s"
        else:
            self.capacity.decoded(began, time.monotonic() - began)

    async def check(self) -> None:
        """Have the model listen to half a second of nothing. Raises TranscriptionFailed where it does not answer."""
        nothing = Span(0, RATE_HZ // 2)
        request = DecodeRequest("", 0, nothing, final=True, language="en", quick=True)
        await self.final(request, lambda: np.zeros(len(nothing), dtype=np.int16))

    def forget(self, call_id: str) -> None:
        self._waiting.forget(call_id)

    async def run(self) -> None:
        """Decode until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for n in range(self._transcriber.at_once):
                tasks.create_task(self._work(), name=f"decoding {n}")
            tasks.create_task(self._look(), name="how far decoding is behind")

    async def _put(self, request: DecodeRequest, read: Read, urgency: Urgency) -> Job:
        done: asyncio.Future[Decoded] = asyncio.get_running_loop().create_future()
        job = Job(request, read, urgency, time.monotonic(), done, in_time=urgency is not Urgency.LEFT_OVER)
        # Whoever asked may be gone by then, and nobody is to be told that nobody listens.
        job.done.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        self._waiting.put(job)
        await self._wake()
        return job

    async def _wake(self) -> None:
        async with self._something:
            self._something.notify()

    async def _work(self) -> None:
        while True:
            async with self._something:
                while (job := self._waiting.take(self._least_urgent())) is None:
                    await self._something.wait()
            if job.urgency is Urgency.FINAL and job.in_time:
                waited_s = time.monotonic() - job.since_s
                self._longest_wait_s = max(self._longest_wait_s, waited_s)
                meters.FINAL_WAIT_SECONDS.observe(waited_s)
            stretches = job.urgency > Urgency.FIRST_PARTIAL
            self._stretching += stretches
            try:
                await self._decode(job)
            finally:
                self._stretching -= stretches

    def _least_urgent(self) -> Urgency:
        """While calls are heard, what can wait leaves one decode free for what shows something new."""
        live = self.capacity.load(time.monotonic()) > 0
        room = max(self._transcriber.at_once - live, 1)
        return Urgency.RECORDED if self._stretching < room else Urgency.FIRST_PARTIAL

    async def _decode(self, job: Job) -> None:
        began = time.monotonic()
        job.tries += 1
        transcriber, request = self._careful_enough(job)
        try:
            samples = await asyncio.to_thread(job.read)
            async with asyncio.timeout(self._deadlines.deadline_s):
                decoded = await transcriber.transcribe(samples, request)
        except TimeoutError:
            await self._failed(job, TranscriptionFailed(f"nothing came within {self._deadlines.deadline_s:g} s"))
        except CopilotError as problem:
            await self._failed(job, problem)
        except Exception as problem:  # noqa: BLE001  an adapter's bug costs this stretch a try, not all calls their ears
            log.error("The speech model's adapter failed: %s", type(problem).__name__)  # noqa: TRY400  no speech in logs
            await self._failed(job, TranscriptionFailed(type(problem).__name__))
        else:
            self.trouble = None
            self._count(job, time.monotonic() - began)
            if not job.done.done():
                job.done.set_result(decoded)

    def _careful_enough(self, job: Job) -> tuple[Transcriber, DecodeRequest]:
        """Decided when its turn has come: what has waited long is what has to go quickly."""
        if job.request.recorded or job.urgency in PARTIALS or self.shed < Shed.CARE:
            return self._transcriber, job.request
        return self._smaller or self._transcriber, replace(job.request, quick=True)

    def _count(self, job: Job, took_s: float) -> None:
        if job.urgency in NEEDED and job.in_time:
            self.capacity.decoded(time.monotonic(), took_s)
        meters.DECODE_SECONDS.labels(job.urgency.name.lower()).observe(took_s)
        meters.DECODED_SECONDS.inc(job.request.span.length_s)

    async def _failed(self, job: Job, problem: CopilotError) -> None:
        failed = problem if isinstance(problem, TranscriptionFailed) else TranscriptionFailed(str(problem))
        meters.DECODE_FAILURES.inc()
        self.trouble = str(failed)
        again = job.urgency in TRIED_AGAIN and job.tries < self._deadlines.tries
        if not again and not job.done.done():
            job.done.set_exception(failed)
        await asyncio.sleep(min(failed.retry_after_s or 0.0, MOST_REST_S))
        if again and not job.done.done():
            self._waiting.put_back(job)

    async def _look(self) -> None:
        while True:
            now = time.monotonic()
            waiting_s = max((now - job.since_s for job in self._waiting.finals_in_time()), default=0.0)
            self._ladder.observe(now, waited_s=max(waiting_s, self._longest_wait_s))
            self._longest_wait_s = 0.0
            meters.SHED_STEP.set(self.shed)
            meters.SPEECH_LOAD.set(self.capacity.load(now))
            await asyncio.sleep(self._deadlines.look_every_s)
