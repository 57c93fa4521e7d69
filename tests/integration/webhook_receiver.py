"""A receiver of webhooks on loopback that answers as a test wants, and misbehaves where it wants that."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

HANG, HANG_UP, DRIP = "hang", "hang up", "drip"


@dataclass
class Got:
    """A message as it came in."""

    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """`plays`: what it does with the messages in turn, a status or a misdeed; with all further ones it does `then`."""

    plays: list[int | str] = field(default_factory=list)
    then: int | str = 204
    headers: str = ""
    answer: bytes = b""
    got: list[Got] = field(default_factory=list)
    port: int = 0
    _taking: set[asyncio.Task[None]] = field(default_factory=set)
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook/with-a-secret"

    async def has(self, n: int) -> list[Got]:
        """So many messages, once they are there."""
        async with asyncio.timeout(20), self._came:
            await self._came.wait_for(lambda: len(self.got) >= n)
        return self.got

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._taking.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._take(reader, writer)
        finally:
            writer.transport.abort()
            self._taking.discard(task)

    async def stop(self) -> None:
        """Let go of whoever still waits for an answer."""
        for task in [*self._taking]:
            task.cancel()
        await asyncio.gather(*self._taking, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.split(": ", 1) for line in head[1:] if line)
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers["content-length"]))
        play = self.plays.pop(0) if self.plays else self.then
        async with self._came:
            self.got.append(Got(headers, body))
            self._came.notify_all()
        match play:
            case "hang":
                await reader.read()  # until the other side has had enough
            case "hang up":
                return
            case "drip":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
                while True:
                    writer.write(b".")
                    await writer.drain()
                    await asyncio.sleep(0.01)
            case status:
                lines = f"HTTP/1.1 {status} Played\r\n{self.headers}Content-Length: {len(self.answer)}\r\n\r\n"
                writer.write(lines.encode() + self.answer)
                await reader.read()  # the other side closes, once it has what it wants


@contextlib.asynccontextmanager
async def receiving(receiver: Receiver | None = None) -> AsyncIterator[Receiver]:
    receiver = receiver or Receiver()
    server = await asyncio.start_server(receiver.take, "127.0.0.1", receiver.port)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        await receiver.stop()
