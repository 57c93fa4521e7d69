"""Time that passes only where something waits for it, so that what else the machine is at does not count."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


class _NeverWaits(selectors.DefaultSelector):
    """Instead of waiting, it says how long it would have."""

    def __init__(self, passed: Callable[[float], None]) -> None:
        super().__init__()
        self._passed = passed

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._passed(timeout or 0.0)
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._now_s = 1000.0
        super().__init__(_NeverWaits(self._pass))

    def time(self) -> float:
        return self._now_s

    def _pass(self, seconds: float) -> None:
        self._now_s += seconds


def run(work: Coroutine[Any, Any, T], monkeypatch: pytest.MonkeyPatch) -> T:
    """Run it to its end. What would go to a thread is done at once."""

    async def at_once(function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        await asyncio.sleep(0)
        return function(*args, **kwargs)

    with asyncio.Runner(loop_factory=_Loop) as runner, monkeypatch.context() as patched:
        patched.setattr(time, "monotonic", runner.get_loop().time)
        patched.setattr(asyncio, "to_thread", at_once)
        return runner.run(work)
