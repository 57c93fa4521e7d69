"""How long words take from the mouth to the log, what hearing a call costs, and what happens when it is too much.

Seconds are p50 and p95, from the sound until words are asked for, wait, are decoded, and are seen.
"""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from copilot.adapters.asr.whisper import WhisperTerms, open_whisper
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore, open_store
from copilot.domain.audio import RATE_HZ, DecodeRequest, Samples, Span
from copilot.domain.call import CallInfo
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from tests.benchmarks.machine import machine, percentile, resident_mib
from tests.benchmarks.sound import CostlyDetector, Heard, Hearing, Talks, Way, conversation
from tests.benchmarks.sound_models import SIZES, Cost, Costly, Waits, measured_cost, open_stopped
from tests.benchmarks.virtual_time import run
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import TWO_SIDES, Oracle, frames, wire
from tests.whisper import make_whisper

pytestmark = [pytest.mark.bench, pytest.mark.anyio]

LENGTH_S, LONG_S = 60.0, 120.0
PARTS: dict[str, Callable[[Way], float]] = {
    "whole": lambda way: way.whole,
    "asking": lambda way: way.asking,
    "queue": lambda way: way.queue,
    "decode": lambda way: way.decode,
    "send": lambda way: way.send,
}


def table(name: str, ways: Sequence[Way]) -> str:
    if not ways:
        return f"    {name:15} none"
    cells = [
        f"{part} {percentile([of(way) for way in ways], 0.5):5.2f} {percentile([of(way) for way in ways], 0.95):5.2f}"
        for part, of in PARTS.items()
    ]
    return f"    {name:15} {'   '.join(cells)}   ({len(ways)})"


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_mouth_to_the_log(size: str, tmp_path: Path) -> None:
    folder = make_whisper(tmp_path / "model", **SIZES[size])
    print(f"\n{size}, int8, random weights, {LENGTH_S:.0f} s of talk in real time · {machine()}")
    for count in (1, 4):
        talks = {f"{size}-{count}-{n}": conversation(n, LENGTH_S) for n in range(count)}
        oracle = Oracle(talks)
        async with open_stopped(folder, size, oracle) as whisper:
            memory = [resident_mib(process._process.pid) for process in whisper._free]
            async with open_store(f"sqlite+aiosqlite:///{tmp_path / f'{count}.db'}") as store:
                hearing = Hearing(Costly(whisper, oracle), tmp_path / f"{count}", LENGTH_S)
                heard = await hearing.play(talks, store)
        print(
            f"  {count} calls; {max(memory):.0f} MiB in each process of the model; our own "
            f"{heard.own_s / LENGTH_S / count:.1%} of a core per call; others used {heard.others:.0%} of the machine"
        )
        report(heard, talks)


@pytest.mark.parametrize("size", SIZES)
def test_what_waiting_for_one_another_costs(size: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decodes take the processor time that they were measured to take, two at once; nothing else takes any time."""
    folder = make_whisper(tmp_path / "model", **SIZES[size])
    cost = asyncio.run(cost_of(folder, size))
    print(
        f"\n{size}: a decode takes {cost.listening_s:.2f} s of a core and {cost.token_s * 1000:.1f} ms a token; "
        f"{LONG_S:.0f} s of talk in virtual time · {machine()}"
    )
    for count in (1, 2, 4, 6):
        talks = {f"{size}-{count}-{n}": conversation(n, LONG_S) for n in range(count)}
        hearing = Hearing(Waits(cost, Oracle(talks)), tmp_path / f"{count}", LONG_S)
        heard = run(hearing.play(talks, MemoryStore()), monkeypatch)
        print(f"  {count} calls")
        report(heard, talks)


async def cost_of(folder: Path, size: str) -> Cost:
    async with open_whisper(folder, size, WhisperTerms(at_once=1)) as whisper:
        await whisper.transcribe(*_second())
        return await measured_cost(whisper)


def report(heard: Heard, talks: Talks) -> None:
    """Print what came of it, and hold it to what has to be true however slow the machine is."""
    spoken = sum(map(len, talks.values()))
    print(table("first partials", heard.first_partials))
    print(table(f"finals of {spoken}", heard.finals) + f"   steps {sorted(heard.steps)}; residue {heard.residue}")
    assert heard.residue == 0
    assert len(heard.finals) == spoken


def test_twice_what_can_be_decoded_comes_late_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four calls, and one decode at a time that takes twice as long as these calls' utterances come in."""
    talks = {f"flood-{n}": conversation(n, LENGTH_S) for n in range(4)}
    utterances = sum(map(len, talks.values()))
    oracle = Oracle(talks, delay_s=2 * LENGTH_S / utterances)
    heard = run(Hearing(oracle, tmp_path, LENGTH_S).play(talks, MemoryStore()), monkeypatch)
    print(f"\nFinals at twice the capacity, {LENGTH_S:.0f} s, in virtual time · {machine()}")
    print(
        f"  at most {heard.longest_backlog_s:.0f} s of sound waited, all channels together; "
        f"caught up {heard.caught_up_s:.0f} s after the end"
    )
    report(heard, talks)


async def test_memory_for_a_call_that_is_heard(tmp_path: Path) -> None:
    """Eight calls of two minutes, as fast as they are taken, so that no decode waits."""
    calls_n, length_s = 8, 120.0
    lines = conversation(1, length_s)
    sent = frames(wire(lines, TWO_SIDES, length_s), TWO_SIDES, frame_s=1.0)
    oracle = Oracle({f"call-{n}": lines for n in range(calls_n)}, at_once=2)
    ears = Ears(oracle, CostlyDetector(), SpoolFolder(tmp_path))
    calls = Calls(MemoryStore(), ScriptedAnalyst(), PLAYBOOK, Limits(), ears=ears)
    gc.collect()
    before = resident_mib(os.getpid())
    for n in range(calls_n):
        call = await calls.begin(CallInfo(id=f"call-{n}"))
        sound = await ears.open(call, TWO_SIDES)
        assert sound is not None
        assert sound.listening is not None
        for frame in sent:
            sound.listening.take(frame)
            await asyncio.sleep(0)
        while sound.listening.backlog_s > 1.2:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    gc.collect()
    each = (resident_mib(os.getpid()) - before) / calls_n
    print(f"\nMemory of a call of {length_s / 60:.0f} minutes that is heard: {each:.2f} MiB · {machine()}")
    await calls.close()

    assert each < 10


def _second() -> tuple[Samples, DecodeRequest]:
    return np.zeros(RATE_HZ, dtype=np.int16), DecodeRequest("warm-up", 0, Span(0, RATE_HZ), final=False, language="en")
