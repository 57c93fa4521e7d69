"""How long an utterance takes to the panels, and what a call costs, with a real server and SQLite on disk."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

import pytest

from copilot.importers.detect import read_transcripts
from tests.acceptance.programs import ROOT, Serving, serving
from tests.benchmarks.load import Load, measured, socket_to
from tests.benchmarks.machine import machine, percentile, resident_mib

pytestmark = [pytest.mark.bench, pytest.mark.anyio]

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"
(CALL,) = read_transcripts(DISCOVERY.read_bytes(), name=DISCOVERY.name)
TALKS = [
    read_transcripts(file.read_bytes(), name=file.name)[0].utterances
    for file in sorted((ROOT / "fixtures" / "labelled").rglob("*.json"))
]
IDLE_CALLS = 200


async def test_from_a_final_utterance_to_its_event_on_the_panels(tmp_path: Path) -> None:
    print(f"\nFinal utterance to panel, two panels per call, one utterance per call every 5 s · {machine()}")
    print("  calls    n    p50 ms    p95 ms    p99 ms    max ms")
    with serving(tmp_path / "data") as server:
        for calls, rounds in ((1, 20), (50, 8), (200, 8)):
            took = await measured(server, Load(calls=calls, rounds=rounds), TALKS, prefix=f"load-{calls}")
            shares = [percentile(took, share) * 1000 for share in (0.5, 0.95, 0.99, 1)]
            print(f"  {calls:5} {len(took):5}" + "".join(f"{ms:10.1f}" for ms in shares))
            assert len(took) == calls * rounds * 2


@pytest.mark.parametrize("utterances", [0, len(CALL.utterances)])
async def test_what_an_idle_call_holds_in_memory(tmp_path: Path, utterances: int) -> None:
    with serving(tmp_path / "data") as server:
        async with contextlib.AsyncExitStack() as stack:
            await _left_idle(stack, server, "warm-up", utterances)
            before = resident_mib(server.process.pid)
            for n in range(IDLE_CALLS):
                await _left_idle(stack, server, f"idle-{n}", utterances)
            per_call = (resident_mib(server.process.pid) - before) / IDLE_CALLS

    print(f"\nMemory per idle call with a sender and two panels, {utterances} utterances heard: {per_call:.2f} MiB"
          f" (of {IDLE_CALLS}, a server without calls {before:.0f} MiB) · {machine()}")  # fmt: skip
    assert per_call > 0


async def _left_idle(stack: contextlib.AsyncExitStack, server: Serving, call_id: str, utterances: int) -> None:
    ingest = await stack.enter_async_context(socket_to(server, call_id, "ingest"))
    await ingest.send(json.dumps({"type": "start", "protocol": 1, "call": {"kind": "discovery"}}))
    for said in CALL.utterances[:utterances]:
        message = {"type": "utterance", "id": said.id, "role": said.role, "speaker": said.speaker, "text": said.text}
        await ingest.send(json.dumps(message))
    acknowledged = 0
    while acknowledged < utterances:
        acknowledged += json.loads(await asyncio.wait_for(ingest.recv(), 60))["type"] == "ack"
    for _ in range(2):
        await stack.enter_async_context(socket_to(server, call_id, "panel"))
