"""A mail server beside a browser: Playwright has this thread's event loop, so it has a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from tests.integration.mail_servers import SENDER, Mailbox, mail_server


@contextlib.contextmanager
def receiving(mailbox: Mailbox) -> Iterator[dict[str, str]]:
    """A mail server with this mailbox; the settings that name it."""
    listening, done = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def receive() -> None:
        async with mail_server(mailbox):
            listening.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(receive()))
    thread.start()
    listening.wait(20)
    try:
        settings = {"HOST": "127.0.0.1", "PORT": str(mailbox.port), "SECURITY": "none", "SENDER": SENDER}
        yield {f"COPILOT_MAIL__{name}": value for name, value in settings.items()}
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()
