"""Work that goes on for as long as the server runs, whatever befalls it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

log = logging.getLogger(__name__)

REST_S = 10.0

OF_LATE_S = 300.0
AGAIN_AND_AGAIN = 3

Watcher = Callable[[], Awaitable[None]]


class Failures:
    """When watchers failed of late. `clock` counts seconds, and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def note(self, name: str) -> None:
        self._times.setdefault(name, deque(maxlen=AGAIN_AND_AGAIN)).append(self._clock())

    @property
    def again_and_again(self) -> list[str]:
        """The watchers that failed three times within the last five minutes."""
        then = self._clock() - OF_LATE_S
        return [name for name, times in self._times.items() if len(times) == AGAIN_AND_AGAIN and times[0] >= then]


@contextlib.asynccontextmanager
async def watched_by(watchers: Mapping[str, Watcher], failures: Failures) -> AsyncIterator[None]:
    """The watchers at work, by name; cancelled and awaited at the end."""
    tasks = [asyncio.create_task(kept_going(name, watcher, failures), name=name) for name, watcher in watchers.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def kept_going(name: str, watcher: Watcher, failures: Failures) -> None:
    """Start a watcher anew whenever it fails, after a rest; until cancelled."""
    while True:
        try:
            await watcher()
        except Exception as problem:  # noqa: BLE001  whatever it is, somebody has to go on watching
            log.error("The %s failed and begins anew: %s", name, ", ".join(_kinds(problem)))  # noqa: TRY400
            failures.note(name)
            await asyncio.sleep(REST_S)
        else:
            return


def _kinds(problem: BaseException) -> list[str]:
    """Of what kind it is, without its words, which may hold what was said; of a group, each in it."""
    if isinstance(problem, BaseExceptionGroup):
        return [kind for one in problem.exceptions for kind in _kinds(one)]
    return [type(problem).__name__]
