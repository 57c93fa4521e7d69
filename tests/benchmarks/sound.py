"""Made-up conversations, played to ears in real time or in virtual time, and where the time goes."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from copilot.adapters.asr.silero import Silero
from copilot.adapters.spool import SpoolFolder
from copilot.analysis.speech.account import Fate
from copilot.domain.audio import Decoded, DecodeRequest, Samples
from copilot.domain.call import CallInfo
from copilot.domain.events import Logged, UtteranceHeard
from copilot.live.call import LiveCall
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from copilot.live.feed import Feed, Partial
from copilot.live.listening import Listening
from copilot.live.waiting import Job
from copilot.ports import Store, Transcriber, Voice
from tests.benchmarks.machine import process_fields, process_seconds
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import TWO_SIDES, Line, LoudnessDetector, frames, wire

FRAME_S = 0.1
Talks = dict[str, list[Line]]


def conversation(seed: int, length_s: float) -> list[Line]:
    """Speech for 46 % of the time, an utterance's median 1.3 s, as in real calls of two."""
    chance = random.Random(seed)  # noqa: S311
    lines: list[Line] = []
    now_s = chance.uniform(0.5, 3)
    while True:
        spoken_s = min(max(chance.lognormvariate(0.26, 0.85), 0.5), 9.0)
        if now_s + spoken_s > length_s - 2:
            return lines
        words = " ".join(f"c{seed}u{len(lines)}w{n}" for n in range(max(round(spoken_s * 2.5), 1)))
        lines.append(Line(len(lines) % 2, now_s, now_s + spoken_s, words))
        now_s += spoken_s + max(chance.expovariate(1 / (spoken_s * 1.17)), 0.3)


@dataclass
class Clocked:
    """Notes when a decode begins and when it is done."""

    model: Transcriber
    began: dict[tuple[str, int, int, bool], float] = field(default_factory=dict)
    done: dict[tuple[str, int, int, bool], float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def at_once(self) -> int:
        return self.model.at_once

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        stretch = _stretch(request)
        self.note(self.began, stretch)
        decoded = await self.model.transcribe(samples, request)
        self.note(self.done, stretch)
        return decoded

    @staticmethod
    def note(times: dict[tuple[str, int, int, bool], float], stretch: tuple[str, int, int, bool]) -> None:
        """Of a final's decodes the last is the one that counts, of partials the first."""
        if stretch[-1] or stretch not in times:
            times[stretch] = time.monotonic()


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


@dataclass(frozen=True, slots=True)
class Way:
    """Seconds from a sound until its words are seen: until they are asked for, until a decode begins, while it lasts,
    and until they are in the log and with the panel, the rest of the silence that ends an utterance included."""

    asking: float
    queue: float
    decode: float
    send: float

    @property
    def whole(self) -> float:
        return self.asking + self.queue + self.decode + self.send


@dataclass
class Heard:
    """What came of some calls played at once. `own_s` are seconds of our own processor time, without the models';
    `others` is the share of the machine that neither we nor the models used, and that was not idle."""

    first_partials: list[Way] = field(default_factory=list)
    finals: list[Way] = field(default_factory=list)
    own_s: float = 0.0
    others: float = 0.0
    residue: int = 0
    longest_backlog_s: float = 0.0
    caught_up_s: float = 0.0  # after the last sound
    steps: set[int] = field(default_factory=set)


class Hearing:
    """Plays talks in real time to ears of its own, and watches."""

    def __init__(self, model: Transcriber, folder: Path, length_s: float) -> None:
        self._clocked = Clocked(model)
        self._ears = Ears(self._clocked, CostlyDetector(), SpoolFolder(folder / "sound"))
        self._length_s = length_s
        self._asked: dict[tuple[str, int, int, bool], float] = {}
        self._heard = Heard()
        put = self._ears._decoding._waiting.put

        def noted(job: Job) -> None:
            Clocked.note(self._asked, _stretch(job.request))
            put(job)

        self._ears._decoding._waiting.put = noted  # type: ignore[method-assign]  # to see what it is asked for, and when

    async def play(self, talks: Talks, store: Store) -> Heard:
        calls = Calls(store, ScriptedAnalyst(), PLAYBOOK, Limits(), ears=self._ears)
        playing = [await self._begin(calls, name, lines) for name, lines in talks.items()]
        used, began = cpu_seconds(), time.monotonic()
        watching = [
            asyncio.create_task(self._watch(call, await call.watch(after=call.state.seq), talks[call.id], began))
            for call, _, _ in playing
        ]
        for n in range(round(self._length_s / FRAME_S)):
            await asyncio.sleep(max(began + (n + 1) * FRAME_S - time.monotonic(), 0))
            for _, listening, sent in playing:
                listening.take(sent[n])
            self._look(playing)
        await self._catch_up(playing)
        self._heard.own_s, self._heard.others = _used_since(used, began)
        await asyncio.gather(*(calls.end(call, "sender") for call, _, _ in playing))
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await calls.close()
        self._heard.residue = sum(residue(listening) for _, listening, _ in playing)
        return self._heard

    async def _begin(self, calls: Calls, name: str, lines: list[Line]) -> tuple[LiveCall, Listening, list[bytes]]:
        call = await calls.begin(CallInfo(id=name))
        sound = await self._ears.open(call, TWO_SIDES)
        assert sound is not None
        assert sound.listening is not None
        return call, sound.listening, frames(wire(lines, TWO_SIDES, self._length_s), TWO_SIDES, frame_s=FRAME_S)

    def _look(self, playing: Sequence[tuple[LiveCall, Listening, list[bytes]]]) -> float:
        backlog_s = sum(listening.backlog_s for _, listening, _ in playing)
        self._heard.longest_backlog_s = max(self._heard.longest_backlog_s, backlog_s)
        self._heard.steps.add(int(self._ears._decoding.shed))
        return backlog_s

    async def _catch_up(self, playing: Sequence[tuple[LiveCall, Listening, list[bytes]]]) -> None:
        """Wait until nothing is left but the half second of silence that could still become an utterance."""
        over = time.monotonic()
        while self._look(playing) > len(playing) * 2 * 0.6:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        self._heard.caught_up_s = time.monotonic() - over

    async def _watch(self, call: LiveCall, feed: Feed, lines: Sequence[Line], began: float) -> None:
        by_first_word = {line.text.split()[0]: line for line in lines}
        shown: set[str] = set()
        while True:
            for item in await feed.next():
                if isinstance(item, Partial) and item.utterance.id not in shown:
                    shown.add(item.utterance.id)
                    line = by_first_word[item.utterance.text.split()[0]]
                    self._heard.first_partials.append(self._way(call, line, item.utterance.id, began, final=False))
                elif isinstance(item, Logged) and isinstance(item.event, UtteranceHeard):
                    line = by_first_word[item.event.text.split()[0]]
                    self._heard.finals.append(self._way(call, line, item.event.utterance or "", began, final=True))

    def _way(self, call: LiveCall, line: Line, utterance_id: str, began: float, *, final: bool) -> Way:
        now = time.monotonic()
        sounded = began + (line.end_s if final else line.start_s)
        stretch = (call.id, line.channel, int(utterance_id.partition("-")[2]), final)
        asked, taken, done = self._asked[stretch], self._clocked.began[stretch], self._clocked.done[stretch]
        return Way(asked - sounded, taken - asked, done - taken, now - done)


def residue(listening: Listening) -> int:
    """Samples that are not accounted for, or failed."""
    return sum(
        abs(channel.account.received - sum(channel.account.totals().values()))
        + channel.account.totals()[Fate.PENDING]
        + channel.account.totals()[Fate.FAILED]
        for channel in listening.channels
    )


def cpu_seconds() -> tuple[float, float, float]:
    """Processor time by now: ours, that of processes we started, and the whole machine's."""
    tick = os.sysconf("SC_CLK_TCK")
    busy = [int(n) for n in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    whole = (sum(busy) - busy[3] - busy[4]) / tick
    children = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if process_fields(int(folder.name))[1] == str(os.getpid()):
                children += process_seconds(int(folder.name))
        except OSError:
            continue  # it has ended meanwhile
    return process_seconds(os.getpid()), children, whole


def _used_since(before: tuple[float, float, float], began: float) -> tuple[float, float]:
    own, children, whole = (now - then for now, then in zip(cpu_seconds(), before, strict=True))
    cores = len(os.sched_getaffinity(0))
    return own, max(whole - own - children, 0.0) / cores / (time.monotonic() - began)


def _stretch(request: DecodeRequest) -> tuple[str, int, int, bool]:
    return request.call_id, request.channel, request.span.start, request.final
