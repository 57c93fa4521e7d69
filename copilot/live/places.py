"""How many requests to a language model are under way at once, so that neither kind of them starves the other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from copilot.domain.events import ModelPurpose


def live_at_once(most: int) -> int:
    """How many of so many places live requests may take."""
    return max(1, most - max(1, most // 4))


def wrap_ups_at_once(most: int) -> int:
    return max(1, most - max(1, most // 2))


class Places:
    """So many in all. Half of them wrap-ups never take, and a quarter is theirs alone; of a single one each has turns.

    Many calls end at the full hour, and a look at a whole call takes long: those that still go on are not to wait.
    """

    def __init__(self, most: int) -> None:
        self._all = asyncio.Semaphore(most)
        self._of: dict[ModelPurpose, asyncio.Semaphore] = {
            "live": asyncio.Semaphore(live_at_once(most)),
            "wrap_up": asyncio.Semaphore(wrap_ups_at_once(most)),
        }

    @contextlib.asynccontextmanager
    async def place(self, purpose: ModelPurpose, *, within_s: float) -> AsyncIterator[None]:
        """Raises TimeoutError where none becomes free in time."""
        async with contextlib.AsyncExitStack() as taken:
            async with asyncio.timeout(within_s):
                await taken.enter_async_context(self._of[purpose])
                await taken.enter_async_context(self._all)
            yield
