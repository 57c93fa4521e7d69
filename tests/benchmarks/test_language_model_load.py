"""How long it takes from a cue to the panel with a language model listening in on many calls at once.

In processor time: a server, its panels, its senders and the made-up provider share one event loop, with real sockets
between them, and the time that passes is what they wait for and what they work, as on a core of their own. The log is
in memory.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.encoder.encoder import Encoder
from copilot.adapters.store import MemoryStore
from copilot.analysis.embedded import Embedded
from copilot.commands.serve import Running
from copilot.domain.call import Saying
from copilot.live.asking import Terms
from tests.benchmarks import virtual_time
from tests.benchmarks.hours import long_call
from tests.benchmarks.load import Load
from tests.benchmarks.machine import machine, percentile
from tests.integration.second_tiers import op, second_tier
from tests.integration.servers import PLAYBOOK, Client, panel, sender, server
from tests.provider import provider

pytestmark = pytest.mark.bench

LOADS = (Load(calls=1, every_s=1.0, rounds=80), Load(calls=50, rounds=16))
AFTER_THE_LAST_S = 5.0
SAID = re.compile(r"u(\d+) customer [^:]*: «([^»]+)»")
TITLE = re.compile(r"«(load-\d+)»")
MOST_S = 0.3


@dataclass
class Watched:
    """When utterances were sent, which of them each request had last, and how long each then took to the panel."""

    now: Callable[[], float]
    sent: dict[tuple[str, int], float] = field(default_factory=dict)
    newest: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    incomplete: int = 0

    def answer(self, body: dict[str, Any]) -> str:
        """As a model that takes down what the customer said last; it notes what it was asked about."""
        told = json.dumps(body["messages"][1:], ensure_ascii=False)  # what the first says is the same for all
        title, said = TITLE.search(told), SAID.findall(told)
        assert title is not None
        newest = max(int(i) for i in re.findall(r"u(\d+) (?:customer|rep|unknown) ", told))
        self.newest[title[1]].append(newest)
        self.asked.append(self.now() - self.sent[title[1], newest])
        if not said:
            return '{"ops": [], "prose": []}'
        quote = " ".join(said[-1][1].split()[:8])
        return json.dumps({"ops": [op("add_outcome", int(said[-1][0]), quote, text=quote)], "prose": []})

    def seen(self, call: str, event: dict[str, Any]) -> None:
        if event["type"] == "model_used" and event["purpose"] == "live":
            self.incomplete += event["ended"] != "complete"
            self.found.append(self.now() - self.sent[call, self.newest[call].popleft()])


@pytest.mark.parametrize("load", LOADS, ids=lambda load: f"{load.calls} calls")
def test_from_a_cue_to_the_panel(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = virtual_time.run(under(load, tmp_path), monkeypatch, work_counts=True)

    print(f"\n{load.calls} live calls, an utterance every {load.every_s:g} s each, a model that answers at once")
    print(f"  in processor time · {machine()}\n     n    p50 ms    p95 ms    max ms")
    for name, took in (("from the utterance to the provider", watched.asked), ("and to the panel", watched.found)):
        shares = [percentile(took, share) * 1000 for share in (0.5, 0.95, 1)]
        print(f"  {len(took):4}" + "".join(f"{ms:10.1f}" for ms in shares) + f"  {name}")
    assert watched.incomplete == 0
    assert len(watched.found) > load.calls
    assert percentile(watched.found, 0.95) < MOST_S


async def under(load: Load, folder: Path) -> Watched:
    watched = Watched(asyncio.get_running_loop().time)
    talk = long_call(3).sayings
    analyst = Embedded(PLAYBOOK, Encoder())
    async with (
        provider(answer=watched.answer) as at,
        second_tier(at, Terms()) as tier,
        server(folder, analyst=analyst, store=MemoryStore(), second_tier=tier) as running,
    ):
        parts = [talk[n * load.rounds : (n + 1) * load.rounds] for n in range(load.calls)]
        gap_s = load.every_s / load.calls
        calls = (_called(running, f"load-{n}", part, load, watched, wait_s=n * gap_s) for n, part in enumerate(parts))
        await asyncio.gather(*calls)
    return watched


async def _called(
    running: Running, call: str, said: Sequence[Saying], load: Load, watched: Watched, *, wait_s: float = 0.0
) -> None:
    async with sender(running, call, kind="discovery", title=call) as ingest, panel(running, call) as watching:
        async with asyncio.TaskGroup() as readers:
            reading = [readers.create_task(_read(watching, call, watched)), readers.create_task(_drain(ingest))]
            await asyncio.sleep(wait_s)
            await _spoken(ingest, call, said, load, watched)
            for reader in reading:
                reader.cancel()


async def _spoken(ingest: Client, call: str, said: Sequence[Saying], load: Load, watched: Watched) -> None:
    began = watched.now()
    for i, saying in enumerate(said):
        await asyncio.sleep(max(began + i * load.every_s - watched.now(), 0))
        watched.sent[call, i] = watched.now()
        fields = {"id": f"u{i}", "speaker": saying.speaker, "role": saying.role, "text": saying.text}
        await ingest.send(type="utterance", **fields)
    await asyncio.sleep(AFTER_THE_LAST_S)


async def _read(watching: Client, call: str, watched: Watched) -> None:
    while True:
        message = json.loads(await watching.socket.recv())
        if message["type"] == "event":
            watched.seen(call, message["event"])


async def _drain(ingest: Client) -> None:
    while True:
        await ingest.socket.recv()
