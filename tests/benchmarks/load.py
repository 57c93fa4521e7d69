"""Many live calls at once, from outside: each with a sender and panels, an utterance every few seconds."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from copilot.domain.call import Utterance
from tests.acceptance.programs import PATIENCE_S, Serving


@dataclass(frozen=True, slots=True)
class Load:
    """`rounds` utterances per call, one every `every_s` seconds, the calls spread evenly over that time."""

    calls: int
    panels: int = 2
    every_s: float = 5.0
    rounds: int = 6


@dataclass(slots=True)
class Heard:
    """When each utterance of a call was sent, and how long it took to each panel, in seconds.

    `all` is set once `expected` events have reached the panels.
    """

    expected: int
    sent: dict[str, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    all: asyncio.Event = field(default_factory=asyncio.Event)

    def reached(self, utterance: str, now: float) -> None:
        self.took.append(now - self.sent[utterance])
        if len(self.took) == self.expected:
            self.all.set()


async def measured(server: Serving, load: Load, talks: Sequence[Sequence[Utterance]], *, prefix: str) -> list[float]:
    """Seconds from sending a final utterance to its event on a panel's socket, for every utterance and panel.

    Each call is another of the `talks`, from another place in it, so that no cache knows what was said elsewhere.
    """
    async with contextlib.AsyncExitStack() as stack:
        calls = [await _opened(stack, server, f"{prefix}-{n}", load) for n in range(load.calls)]
        gap_s = load.every_s / load.calls
        parts = [_part_of(talks, n, load.rounds) for n in range(load.calls)]
        await asyncio.gather(*(_spoken(c, load, parts[n], wait_s=n * gap_s) for n, c in enumerate(calls)))
        async with asyncio.timeout(PATIENCE_S):
            await asyncio.gather(*(call.heard.all.wait() for call in calls))
        return [took for call in calls for took in call.heard.took]


def _part_of(talks: Sequence[Sequence[Utterance]], n: int, length: int) -> Sequence[Utterance]:
    """The `n`th call's utterances: the talks in turn, each time a part further on."""
    talk = talks[n % len(talks)]
    begin = (n // len(talks) + 1) * length
    return [talk[(begin + k) % len(talk)] for k in range(length)]


@dataclass(slots=True)
class _Call:
    ingest: ClientConnection
    heard: Heard


async def _opened(stack: contextlib.AsyncExitStack, server: Serving, call_id: str, load: Load) -> _Call:
    ingest = await stack.enter_async_context(socket_to(server, call_id, "ingest"))
    await ingest.send(json.dumps({"type": "start", "protocol": 1, "call": {"kind": "discovery"}}))
    heard = Heard(expected=load.rounds * load.panels)
    readers = [asyncio.create_task(_drained(ingest))]
    for _ in range(load.panels):
        panel = await stack.enter_async_context(socket_to(server, call_id, "panel"))
        readers.append(asyncio.create_task(_timed(panel, heard)))
    for reader in readers:
        stack.callback(reader.cancel)
    return _Call(ingest, heard)


async def _spoken(call: _Call, load: Load, words: Sequence[Utterance], *, wait_s: float) -> None:
    began = time.perf_counter() + wait_s
    for n in range(load.rounds):
        await asyncio.sleep(max(began + n * load.every_s - time.perf_counter(), 0))
        said = words[n]
        utterance = f"u{n}"
        message = {"type": "utterance", "id": utterance, "role": said.role, "speaker": said.speaker, "text": said.text}
        call.heard.sent[utterance] = time.perf_counter()
        await call.ingest.send(json.dumps(message))


async def _timed(panel: ClientConnection, heard: Heard) -> None:
    async for frame in panel:
        now = time.perf_counter()
        message: dict[str, Any] = json.loads(frame)
        if message["type"] == "event" and message["event"]["type"] == "utterance":
            heard.reached(message["event"]["utterance"], now)


async def _drained(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


def socket_to(server: Serving, call_id: str, end: str) -> connect:
    return connect(
        f"ws{server.address.removeprefix('http')}/ws/calls/{call_id}/{end}",
        additional_headers={"Authorization": f"Bearer {server.token}"},
        compression=None,
        proxy=None,
        ping_interval=None,
        max_size=None,
    )
