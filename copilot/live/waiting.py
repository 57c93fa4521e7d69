"""What waits to be decoded, of all calls together, and whose turn it is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from copilot.domain.audio import Decoded, DecodeRequest, Samples


class Urgency(IntEnum):
    """What goes first. A guess is a final before it is sure that the utterance is over; what was recorded can wait.

    What is left over from an earlier run of the server is a final once those before it on its channel are told.
    """

    FINAL = 0
    GUESS = 1
    FIRST_PARTIAL = 2
    LEFT_OVER = 3
    PARTIAL = 4
    RECORDED = 5


PARTIALS = (Urgency.FIRST_PARTIAL, Urgency.PARTIAL)


@dataclass(eq=False, slots=True)
class Job:
    """One stretch to decode. `read` gives its samples, and is called in a thread; cancelling `done` drops the job.

    `in_time`: it was said just now, so that how long it waits says whether decoding keeps up.
    """

    request: DecodeRequest
    read: Callable[[], Samples]
    urgency: Urgency
    since_s: float
    done: asyncio.Future[Decoded]
    tries: int = 0
    in_time: bool = True


@dataclass(slots=True)
class _Line:
    """What waits of one call, and how much of it has been decoded so far, in seconds of sound."""

    had_s: float = 0.0
    jobs: dict[Urgency, deque[Job]] = field(default_factory=lambda: {urgency: deque() for urgency in Urgency})


class Waiting:
    """In the order of urgency; among calls, the one that has had least.

    Of what a channel asks for while somebody speaks the newest alone is kept: the guess of an end holds the words too.
    """

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}
        self._level_s = 0.0  # what the call that was last served had had: a newcomer begins there

    def put(self, job: Job) -> None:
        line = self._line(job)
        if job.urgency is Urgency.GUESS or job.urgency in PARTIALS:
            for urgency in PARTIALS:
                for older in [other for other in line.jobs[urgency] if _same_channel(other, job)]:
                    older.done.cancel()
                    line.jobs[urgency].remove(older)
        line.jobs[job.urgency].append(job)

    def put_back(self, job: Job) -> None:
        """To be tried again, before whatever else waits of its call."""
        self._line(job).jobs[job.urgency].appendleft(job)

    def promote(self, job: Job) -> None:
        """The guess was right, or the turn of what was left over has come."""
        if job.urgency not in (Urgency.GUESS, Urgency.LEFT_OVER):
            return
        line = self._line(job)
        if job in line.jobs[job.urgency]:
            line.jobs[job.urgency].remove(job)
            line.jobs[Urgency.FINAL].append(job)
        job.urgency = Urgency.FINAL

    def take(self, up_to: Urgency = Urgency.RECORDED) -> Job | None:
        """The job whose turn it is, or None where nothing waits that is as urgent as `up_to`."""
        for urgency in Urgency:
            if urgency > up_to:
                return None
            lines = [line for line in self._lines.values() if self._next(line, urgency) is not None]
            if lines:
                line = min(lines, key=lambda line: line.had_s)
                job = line.jobs[urgency].popleft()
                self._level_s = line.had_s
                line.had_s += job.request.span.length_s
                return job
        return None

    def finals_in_time(self) -> Iterator[Job]:
        """Those that were said just now and wait."""
        for line in self._lines.values():
            yield from (job for job in line.jobs[Urgency.FINAL] if job.in_time and not job.done.done())

    def forget(self, call_id: str) -> None:
        """The call is over."""
        line = self._lines.pop(call_id, _Line())
        for jobs in line.jobs.values():
            for job in jobs:
                job.done.cancel()

    def _line(self, job: Job) -> _Line:
        line = self._lines.setdefault(job.request.call_id, _Line())
        if not any(line.jobs.values()):
            line.had_s = max(line.had_s, self._level_s)  # a call that was silent has saved nothing up
        return line

    @staticmethod
    def _next(line: _Line, urgency: Urgency) -> Job | None:
        """The first that somebody still wants."""
        jobs = line.jobs[urgency]
        while jobs and jobs[0].done.done():
            jobs.popleft()
        return jobs[0] if jobs else None


def _same_channel(one: Job, other: Job) -> bool:
    return one.request.channel == other.request.channel
