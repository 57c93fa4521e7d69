"""How long it takes from a cue to the panel with a language model listening in on many calls at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from copilot.domain.call import Saying
from tests.acceptance.programs import Serving, serving
from tests.benchmarks.hours import long_call
from tests.benchmarks.load import socket_to
from tests.benchmarks.machine import machine, percentile
from tests.integration.second_tiers import op
from tests.provider import provider

pytestmark = [pytest.mark.bench, pytest.mark.anyio]

EVERY_S = 5.0
ROUNDS = 16
SAID = re.compile(r"u(\d+) customer [^:]*: «([^»]+)»")
TITLE = re.compile(r"«(load-\d+)»")


@dataclass
class Watched:
    """When utterances were sent, which of them each request had last, and how long each then took to the panel."""

    sent: dict[tuple[str, int], float] = field(default_factory=dict)
    newest: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    incomplete: int = 0

    def answer(self, body: dict[str, Any]) -> str:
        """As a model that takes down what the customer said last; it notes what it was asked about."""
        told = json.dumps(body["messages"][1:], ensure_ascii=False)  # what the first says is the same for all
        title, said = TITLE.search(told), SAID.findall(told)
        if title is None or not said:
            return '{"ops": [], "prose": []}'
        newest = max(int(i) for i in re.findall(r"u(\d+) (?:customer|rep|unknown) ", told))
        self.newest[title[1]].append(newest)
        self.asked.append(time.perf_counter() - self.sent[title[1], newest])
        quote = " ".join(said[-1][1].split()[:8])
        return json.dumps({"ops": [op("add_outcome", int(said[-1][0]), quote, text=quote)], "prose": []})

    def seen(self, call: str, event: dict[str, Any]) -> None:
        if event["type"] == "model_used" and event["purpose"] == "live":
            self.incomplete += event["ended"] != "complete"
            self.found.append(time.perf_counter() - self.sent[call, self.newest[call].popleft()])


@pytest.mark.parametrize("calls", [1, 50])
async def test_from_a_cue_to_the_panel(calls: int, tmp_path: Path) -> None:
    watched = Watched()
    talk = long_call(3).sayings
    async with provider(answer=watched.answer) as at:
        names = {"MODEL": "made-up", "PROFILE": "openai", "BASE_URL": at.base_url, "API_KEY": "sk-made-up"}
        settings = {f"COPILOT_LLM__{name}": value for name, value in names.items()}
        with serving(tmp_path / "data", settings=settings) as server:
            parts = [talk[n * ROUNDS : (n + 1) * ROUNDS] for n in range(calls)]
            await asyncio.gather(*(_called(server, n, calls, parts[n], watched) for n in range(calls)))

    print(f"\n{calls} live calls, an utterance every {EVERY_S:g} s each, a model that answers at once · {machine()}")
    print("     n    p50 ms    p95 ms    max ms")
    for name, took in (("from the utterance to the provider", watched.asked), ("and to the panel", watched.found)):
        shares = [percentile(took, share) * 1000 for share in (0.5, 0.95, 1)]
        print(f"  {len(took):4}" + "".join(f"{ms:10.1f}" for ms in shares) + f"  {name}")
    assert watched.incomplete == 0
    assert len(watched.found) > calls


async def _called(server: Serving, n: int, calls: int, said: Sequence[Saying], watched: Watched) -> None:
    call = f"load-{n}"
    async with socket_to(server, call, "ingest") as ingest:
        start = {"kind": "discovery", "title": call}
        await ingest.send(json.dumps({"type": "start", "protocol": 1, "call": start}))
        await ingest.recv()
        async with socket_to(server, call, "panel") as panel:
            readers = [asyncio.create_task(_watch(panel, call, watched)), asyncio.create_task(_drain(ingest))]
            began = time.perf_counter() + EVERY_S * n / calls
            for i, saying in enumerate(said):
                await asyncio.sleep(max(began + i * EVERY_S - time.perf_counter(), 0))
                watched.sent[call, i] = time.perf_counter()
                fields = {"id": f"u{i}", "speaker": saying.speaker, "role": saying.role, "text": saying.text}
                await ingest.send(json.dumps({"type": "utterance", **fields}))
            await asyncio.sleep(EVERY_S)
            for reader in readers:
                reader.cancel()
            await asyncio.gather(*readers, return_exceptions=True)


async def _watch(panel: ClientConnection, call: str, watched: Watched) -> None:
    async for frame in panel:
        message = json.loads(frame)
        if message["type"] == "event":
            watched.seen(call, message["event"])


async def _drain(socket: ClientConnection) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        async for _ in socket:
            pass
