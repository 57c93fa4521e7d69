"""The provider itself: as much of HTTP as it takes, so that it can also break it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

from tests.loopback import LoopbackServer
from tests.provider.plays import Answer, Play, Received, least_answer, text_of
from tests.provider.prompt_cache import PromptCache, tokens
from tests.provider.published import Refusal, check, chunk

RETRY_AFTER_S = 7
CHARACTERS_PER_PIECE = 4


class Provider(LoopbackServer):
    """Does one play per request: those that it was told, in turn, and then `otherwise`."""

    def __init__(
        self,
        *,
        answer: Answer = least_answer,
        otherwise: Play = "answer",
        key: str | None = None,
        unknown: Collection[str] = (),
        pause_s: float = 0.0,
    ) -> None:
        """`unknown` are fields that it has never heard of; `pause_s` lies between two pieces of an answer.

        Set later: `cut_to`, how many tokens of a request it reads, in silence; `complaint`, what it refuses all with;
        `held`, what it waits for before it says anything.
        """
        super().__init__()
        self.answer, self.otherwise, self.key, self.unknown, self.pause_s = answer, otherwise, key, unknown, pause_s
        self.cut_to: int | None = None
        self.complaint: str | None = None
        self.held: asyncio.Event | None = None
        self.requests: list[Received] = []
        self.visited = asyncio.Event()
        self._plays: deque[Play] = deque()
        self._cache = PromptCache()

    def will(self, *plays: Play) -> None:
        """What it does with the next requests."""
        self._plays.extend(plays)

    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether the connection can be used again."""
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        if first.split()[:2] != ["POST", "/v1/chat/completions"]:
            await _send(writer, Refusal(404, "There is nothing here."))
            return True
        received = Received(json.loads(raw), headers, len(raw))
        self.requests.append(received)
        self.visited.set()
        try:
            return await self._until_hung_up(reader, writer, received)
        finally:
            received.over.set()

    async def _until_hung_up(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, received: Received
    ) -> bool:
        answering = asyncio.create_task(self._respond(writer, received))
        hearing = asyncio.create_task(reader.read(1))
        try:
            await asyncio.wait({answering, hearing}, return_when=asyncio.FIRST_COMPLETED)
            received.hung_up = not answering.done()
            return answering.done() and answering.result()
        finally:
            for task in (answering, hearing):
                task.cancel()
            await asyncio.gather(answering, hearing, return_exceptions=True)

    async def _respond(self, writer: asyncio.StreamWriter, received: Received) -> bool:
        play = self._plays.popleft() if self._plays else self.otherwise
        try:
            self._admit(received, play)
        except Refusal as refusal:
            await _send(writer, refusal)
            return True
        if self.held is not None:
            await self.held.wait()
        if play == "hang":
            await asyncio.Event().wait()
        return await self._stream(writer, received.body, play)

    def _admit(self, received: Received, play: Play) -> None:
        if self.key is not None and received.headers.get("authorization") != f"Bearer {self.key}":
            raise Refusal(401, "Incorrect API key provided.", code="invalid_api_key")
        check(received.body, self.unknown)
        if self.complaint is not None:
            raise Refusal(400, self.complaint)
        match play:
            case "rate_limit":
                raise Refusal(429, "Rate limit reached for requests.", code="rate_limit_exceeded")
            case "no_credit":
                raise Refusal(429, "You exceeded your current quota.", code="insufficient_quota")
            case "error":
                raise Refusal(500, "The server had an error while processing your request.")

    async def _stream(self, writer: asyncio.StreamWriter, body: dict[str, Any], play: Play) -> bool:
        text = text_of(play, self.answer(body))
        pause_s = max(self.pause_s, 0.2) if play == "drip" else self.pause_s
        _begin(writer)
        await _event(writer, chunk(body, {"role": "assistant", "content": "", "refusal": None}))
        for start in range(0, len(text), CHARACTERS_PER_PIECE):
            piece = text[start : start + CHARACTERS_PER_PIECE]
            await _event(writer, chunk(body, {"refusal" if play == "refuse" else "content": piece}))
            await asyncio.sleep(pause_s)
        match play:
            case "stall":
                await asyncio.Event().wait()
            case "disconnect":
                return False
            case "garbage":
                await _bytes(writer, b'data: {"choices": [{\n\n')
            case "not_utf8":
                await _bytes(writer, b'data: {"choices": [{"delta": {"content": "\xff"}}]}\n\n')
        finish = {"length": "length", "filter": "content_filter"}.get(play, "stop")
        await _event(writer, chunk(body, {}, finish))
        if body.get("stream_options", {}).get("include_usage"):
            await _event(writer, chunk(body, None) | {"usage": self._usage(body, text)})
        await _bytes(writer, b"data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    def _usage(self, body: dict[str, Any], text: str) -> dict[str, Any]:
        counted, answered = self._cache.count(body), tokens(text)
        read = min(counted.prompt, self.cut_to or counted.prompt)
        return {
            "prompt_tokens": read,
            "completion_tokens": answered,
            "total_tokens": read + answered,
            "prompt_tokens_details": {"cached_tokens": counted.cached, "cache_write_tokens": counted.written},
        }


@asynccontextmanager
async def provider(**options: Any) -> AsyncIterator[Provider]:
    """A provider that listens on a free port."""
    made = Provider(**options)
    async with made.listening():
        yield made


def _begin(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")


async def _event(writer: asyncio.StreamWriter, told: dict[str, Any]) -> None:
    await _bytes(writer, f"data: {json.dumps(told)}\n\n".encode())


async def _bytes(writer: asyncio.StreamWriter, event: bytes) -> None:
    writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
    await writer.drain()


async def _send(writer: asyncio.StreamWriter, refusal: Refusal) -> None:
    body = json.dumps(refusal.body).encode()
    wait = f"Retry-After: {RETRY_AFTER_S}\r\n" if refusal.status == 429 else ""
    head = (
        f"HTTP/1.1 {refusal.status} No\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{wait}\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
