"""Servers on loopback that a test plays: HTTP by hand, so that they can also break it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from anyio.from_thread import start_blocking_portal

T = TypeVar("T")


class LoopbackServer(ABC):
    """Serves one request after another on each connection, until it is closed; `base_url` leads to it."""

    def __init__(self) -> None:
        self.base_url = ""
        self._visits: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def listening(self, port: int = 0) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._visit, "127.0.0.1", port)
        self.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        try:
            yield
        finally:
            server.close()
            for visit in self._visits:
                visit.cancel()
            await asyncio.gather(*self._visits, return_exceptions=True)
            await server.wait_closed()

    @abstractmethod
    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection can be used again."""

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._visits.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self.serve_one(reader, writer):
                    pass
        except asyncio.CancelledError:
            pass  # the server closes; the streams' own callback would complain
        finally:
            self._visits.discard(task)
            writer.close()


@contextlib.contextmanager
def beside(server: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """On an event loop of its own: this thread waits for programs, or Playwright has its loop."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(server) as running:
        yield running


def free_port() -> int:
    """One for a server that is to come back under the same address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
