"""Calls in real time to one of the two servers, and when their words came."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from copilot.analysis.speech.frames import packed
from copilot.domain.audio import RATE_HZ
from scripts.peer.programs import Program
from scripts.peer.talk import Talk

FRAME = RATE_HZ // 10
AFTER_S = 30  # for words that come late


@dataclass
class Heard:
    """When each word of a call was first seen, and when it was first settled: nothing said later changes it."""

    talk: Talk
    began: float = 0.0
    shown: dict[str, float] = field(default_factory=dict)
    settled: dict[str, float] = field(default_factory=dict)
    refused: str | None = None

    def show(self, text: str, *, settled: bool) -> None:
        now = time.monotonic() - self.began
        for word in text.split():
            self.shown.setdefault(word, now)
            if settled:
                self.settled.setdefault(word, now)

    @property
    def complete(self) -> bool:
        return all(word in self.settled for said in self.talk.utterances for word in said.words)

    @property
    def first_words_s(self) -> list[float]:
        """From where an utterance begins until any of its words is seen."""
        return [
            min(seen) - said.start_s
            for said in self.talk.utterances
            if (seen := [self.shown[word] for word in said.words if word in self.shown])
        ]

    def last_word_s(self, of: dict[str, float]) -> list[float]:
        """From where an utterance ends until its last word is there."""
        return [of[said.words[-1]] - said.end_s for said in self.talk.utterances if said.words[-1] in of]

    @property
    def words(self) -> tuple[int, int]:
        """How many came whole, of how many that were said; one whose sound was cut is another word."""
        said = [word for utterance in self.talk.utterances for word in utterance.words]
        return sum(word in self.settled for word in said), len(said)


async def heard_by(program: Program, talks: Sequence[Talk], prefix: str) -> list[Heard]:
    """All calls begin at once and are sent in real time."""
    play = _to_ours if program.name == "ours" else _to_theirs
    calls = [Heard(talk) for talk in talks]
    async with contextlib.AsyncExitStack() as stack:
        opened = [await stack.enter_async_context(play(program, call, f"{prefix}-{n}")) for n, call in enumerate(calls)]
        began = time.monotonic()
        for call in calls:
            call.began = began
        await asyncio.gather(
            *(_send(socket, call, number=program.name == "ours") for socket, call in zip(opened, calls, strict=True))
        )
        late = time.monotonic() + AFTER_S
        while time.monotonic() < late and not all(call.complete or call.refused for call in calls):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    return calls


async def _send(socket: ClientConnection, call: Heard, *, number: bool) -> None:
    if call.refused:
        return
    samples = call.talk.samples.astype("<i2")
    with contextlib.suppress(ConnectionClosed):
        for n, at in enumerate(range(0, len(samples), FRAME)):
            await asyncio.sleep(max(call.began + (at + FRAME) / RATE_HZ - time.monotonic(), 0))
            piece = samples[at : at + FRAME].tobytes()
            await socket.send(packed(n, piece) if number else piece)


@contextlib.asynccontextmanager
async def _to_ours(program: Program, call: Heard, call_id: str) -> AsyncIterator[ClientConnection]:
    key = {"Authorization": f"Bearer {program.token}"}
    address = f"ws://127.0.0.1:{program.port}/ws/calls/{call_id}"
    async with connect(f"{address}/ingest", additional_headers=key, proxy=None) as ingest:
        audio = {"encoding": "pcm_s16le", "sample_rate_hz": RATE_HZ, "channels": ["unknown"]}
        await ingest.send(json.dumps({"type": "start", "protocol": 1, "audio": audio}))
        answer: dict[str, Any] = json.loads(await ingest.recv())
        if answer["type"] == "error":
            call.refused = answer["message"]
            yield ingest
            return
        async with connect(f"{address}/panel", additional_headers=key, proxy=None, max_size=None) as panel:
            reading = [asyncio.create_task(_drained(ingest)), asyncio.create_task(_our_words(panel, call))]
            try:
                yield ingest
            finally:
                await _cancelled(reading)


async def _our_words(panel: ClientConnection, call: Heard) -> None:
    async for message in panel:
        told = json.loads(message)
        if told["type"] == "partial":
            call.show(f"{told['stable']} {told['tentative']}", settled=False)
        elif told["type"] == "event" and told["event"]["type"] == "utterance":
            call.show(told["event"]["text"], settled=True)


@contextlib.asynccontextmanager
async def _to_theirs(program: Program, call: Heard, call_id: str) -> AsyncIterator[ClientConnection]:
    async with connect(f"ws://127.0.0.1:{program.port}/asr", proxy=None, max_size=None) as socket:
        reading = asyncio.create_task(_their_words(socket, call), name=call_id)
        try:
            yield socket
        finally:
            await _cancelled([reading])


async def _their_words(socket: ClientConnection, call: Heard) -> None:
    async for message in socket:
        told = json.loads(message)
        call.show(" ".join(line["text"] or "" for line in told.get("lines", ())), settled=True)
        call.show(told.get("buffer_transcription") or "", settled=False)


async def _drained(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


async def _cancelled(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
