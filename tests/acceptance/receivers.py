"""A receiver of webhooks beside the program under test, on a thread with an event loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from tests.integration.webhook_receiver import Receiver, receiving


@contextlib.contextmanager
def receiver(plays: Receiver) -> Iterator[Receiver]:
    ready, over = threading.Event(), threading.Event()

    async def run() -> None:
        async with receiving(plays):
            ready.set()
            while not over.is_set():  # noqa: ASYNC110  set from another thread
                await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert ready.wait(20)
        yield plays
    finally:
        over.set()
        thread.join()
