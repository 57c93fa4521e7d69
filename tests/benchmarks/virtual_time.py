"""Time that passes only where something waits for it, so that what else the machine is at does not count."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

_FOR_SOCKETS_S = 0.001  # of real time, in which what was written on loopback is there to be read


class _NeverWaits(selectors.DefaultSelector):
    """Instead of waiting for time to pass, it says how long it would have."""

    def __init__(self, passed: Callable[[float], None], *, sockets: bool) -> None:
        super().__init__()
        self._passed = passed
        self._look_s = _FOR_SOCKETS_S if sockets else 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0 if timeout == 0 else self._look_s)
        if not ready and timeout:
            self._passed(timeout)
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, *, work_counts: bool) -> None:
        self._now_s = 1000.0
        self._work_counts = work_counts
        super().__init__(_NeverWaits(self._pass, sockets=work_counts))

    def time(self) -> float:
        return self._now_s + (time.process_time() if self._work_counts else 0.0)

    def _pass(self, seconds: float) -> None:
        self._now_s += seconds


def run(work: Coroutine[Any, Any, T], monkeypatch: pytest.MonkeyPatch, *, work_counts: bool = False) -> T:
    """Run it to its end. What would go to a thread is done at once.

    Where `work_counts`, the processor time of this process passes as well, as if it had a core of its own, and it may
    speak to itself over sockets.
    """

    async def at_once(function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        await asyncio.sleep(0)
        return function(*args, **kwargs)

    with (
        asyncio.Runner(loop_factory=lambda: _Loop(work_counts=work_counts)) as runner,
        monkeypatch.context() as patched,
    ):
        patched.setattr(time, "monotonic", runner.get_loop().time)
        patched.setattr(asyncio, "to_thread", at_once)
        return runner.run(work)
