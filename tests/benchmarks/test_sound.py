"""How long words take from the mouth to the log, what hearing a call costs, and what happens when it is too much.

The models have random weights. A decode costs what it does with trained ones, but always runs to as many tokens as it
may, and is never sure of itself: so it is greedy and not tried again warmer here. What is said, an oracle puts in.
"""

from __future__ import annotations

import asyncio
import random
import resource
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from copilot.adapters.asr.silero import Silero
from copilot.adapters.asr.whisper import Whisper, WhisperTerms, open_whisper
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import open_store
from copilot.analysis.speech.account import Fate
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Span
from copilot.domain.call import CallInfo
from copilot.domain.events import Logged, UtteranceHeard
from copilot.live.call import LiveCall
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from copilot.live.feed import Feed, Partial
from copilot.live.listening import Listening
from copilot.ports import Transcriber, Voice
from tests.benchmarks.machine import machine, percentile
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import TWO_SIDES, Line, LoudnessDetector, Oracle, frames, wire
from tests.whisper import make_whisper

pytestmark = [pytest.mark.bench, pytest.mark.anyio]

LENGTH_S = 40.0
FRAME_S = 0.1
SIZES = {"tiny": {"width": 384, "heads": 6, "layers": 4}, "base": {"width": 512, "heads": 8, "layers": 6}}


def conversation(seed: int) -> list[Line]:
    """Speech for 46 % of the time, an utterance's median 1.3 s, as in real calls of two."""
    chance = random.Random(seed)  # noqa: S311
    lines: list[Line] = []
    now_s = chance.uniform(0.5, 3)
    while True:
        length_s = min(max(chance.lognormvariate(0.26, 0.85), 0.5), 9.0)
        if now_s + length_s > LENGTH_S - 2:
            return lines
        words = " ".join(f"c{seed}u{len(lines)}w{n}" for n in range(max(round(length_s * 2.5), 1)))
        lines.append(Line(len(lines) % 2, now_s, now_s + length_s, words))
        now_s += length_s + max(chance.expovariate(1 / (length_s * 1.17)), 0.3)


@dataclass
class Costly:
    """Decodes for the cost of it, and answers with what was said."""

    whisper: Whisper
    knows: Oracle
    name: str = "random"

    @property
    def at_once(self) -> int:
        return self.whisper.at_once

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        await self.whisper.transcribe(samples, replace(request, quick=True))
        return await self.knows.transcribe(samples, request)


class CostlyDetector:
    """Silero's cost, and the answer of one who takes noise for speech."""

    def __init__(self) -> None:
        self._silero, self._loud = Silero(), LoudnessDetector()

    def listen(self) -> Voice:
        return _Both(self._silero.listen(), self._loud.listen())


@dataclass
class _Both:
    costs: Voice
    answers: Voice

    def probability(self, frame: Samples) -> float:
        self.costs.probability(frame)
        return self.answers.probability(frame)


@dataclass
class Times:
    """Seconds after the first sound until anything was shown, and after the last until the final was in the log."""

    first_partials: list[float] = field(default_factory=list)
    finals: list[float] = field(default_factory=list)


async def watch(call: LiveCall, feed: Feed, lines: Sequence[Line], began: float, times: Times) -> None:
    by_first_word = {line.text.split()[0]: line for line in lines}
    shown: set[str] = set()
    clock = asyncio.get_running_loop()
    while True:
        for item in await feed.next():
            now_s = clock.time() - began
            if isinstance(item, Partial) and item.utterance.id not in shown:
                shown.add(item.utterance.id)
                times.first_partials.append(now_s - by_first_word[item.utterance.text.split()[0]].start_s)
            elif isinstance(item, Logged) and isinstance(item.event, UtteranceHeard):
                times.finals.append(now_s - by_first_word[item.event.text.split()[0]].end_s)


async def hear(folder: Path, transcriber: Transcriber, talks: dict[str, list[Line]]) -> tuple[Times, float, int]:
    """Play all talks at once in real time; the times, our own seconds of processor, and samples not accounted for."""
    ears = Ears(transcriber, CostlyDetector(), SpoolFolder(folder / "sound"))
    times = Times()
    async with open_store(f"sqlite+aiosqlite:///{folder / 'copilot.db'}") as store:
        calls = Calls(store, ScriptedAnalyst(), PLAYBOOK, Limits(), ears=ears)
        playing: list[tuple[LiveCall, Listening, list[bytes]]] = []
        for name, lines in talks.items():
            call = await calls.begin(CallInfo(id=name))
            sound = await ears.open(call, TWO_SIDES)
            assert sound is not None
            assert sound.listening is not None
            sent = frames(wire(lines, TWO_SIDES, LENGTH_S), TWO_SIDES, frame_s=FRAME_S)
            playing.append((call, sound.listening, sent))
        clock = asyncio.get_running_loop()
        began, used = clock.time(), own_seconds()
        watching = [
            asyncio.create_task(watch(call, await call.watch(after=call.state.seq), talks[call.id], began, times))
            for call, _, _ in playing
        ]
        for n in range(round(LENGTH_S / FRAME_S)):
            await asyncio.sleep(max(began + (n + 1) * FRAME_S - clock.time(), 0))
            for _, listening, sent in playing:
                listening.take(sent[n])
        await asyncio.gather(*(calls.end(call, "sender") for call, _, _ in playing))
        used = own_seconds() - used
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await calls.close()
    residue = sum(
        abs(channel.account.received - sum(channel.account.totals().values()))
        + channel.account.totals()[Fate.PENDING]
        + channel.account.totals()[Fate.FAILED]
        for _, listening, _ in playing
        for channel in listening.channels
    )
    return times, used, residue


def own_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def row(times: list[float]) -> str:
    return "".join(f"{percentile(times, share):9.2f}" for share in (0.5, 0.95)) if times else "        –        –"


@pytest.mark.parametrize("size", SIZES)
async def test_from_the_mouth_to_the_log(size: str, tmp_path: Path) -> None:
    folder = make_whisper(tmp_path / "model", **SIZES[size])
    print(f"\n{size}, int8, random weights, talk in real time for {LENGTH_S:.0f} s · {machine()}")
    print("  calls   first partial p50, p95   final p50, p95   of utterances   own core per call   residue")
    for count in (1, 4):
        talks = {f"{size}-{count}-{n}": conversation(n) for n in range(count)}
        (tmp_path / str(count)).mkdir()
        async with open_whisper(folder, size, WhisperTerms()) as whisper:
            await whisper.transcribe(*_second())  # loads it
            transcriber = Costly(whisper, Oracle(talks))
            times, used, residue = await hear(tmp_path / str(count), transcriber, talks)
        spoken = sum(map(len, talks.values()))
        print(
            f"  {count:5}       {row(times.first_partials)}{row(times.finals)}   {len(times.finals):4} of {spoken:4}"
            f"   {used / LENGTH_S / count:14.1%}   {residue:7}"
        )
        assert residue == 0
        assert len(times.finals) == spoken


async def test_twice_what_can_be_decoded_comes_late_and_whole(tmp_path: Path) -> None:
    """Four calls, and one decode at a time that takes twice as long as these calls' utterances come in."""
    talks = {f"flood-{n}": conversation(n) for n in range(4)}
    utterances = sum(map(len, talks.values()))
    oracle = Oracle(talks, delay_s=2 * LENGTH_S / utterances)
    clock = asyncio.get_running_loop()
    began = clock.time()
    times, _, residue = await hear(tmp_path, oracle, talks)
    late_s = clock.time() - began - LENGTH_S
    print(f"\nFinals at twice the capacity · {machine()}")
    print(f"  p50, p95 {row(times.finals)} s; the last {late_s:.0f} s after the end; residue {residue}")

    assert residue == 0
    assert len(times.finals) == utterances


def _second() -> tuple[Samples, DecodeRequest]:
    return np.zeros(RATE_HZ, dtype=np.int16), DecodeRequest("warm-up", 0, Span(0, RATE_HZ), final=False, language="en")
