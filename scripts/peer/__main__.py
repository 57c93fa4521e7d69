"""WhisperLiveKit beside us, on the same sound with the same model: `make peer`.

Both load one Whisper of the tiny size with random weights, in CTranslate2's form, in which words are stand-ins
(`stand_in.py`). Each program has its own settings otherwise, WhisperLiveKit LocalAgreement, which is what it has for
such models. A call is one channel, since WhisperLiveKit hears one. Both are measured in turn, in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from copilot.domain.audio import RATE_HZ
from scripts.peer.listening import heard_by
from scripts.peer.programs import PEER, Program, ours, theirs
from scripts.peer.talk import VOCABULARY, Talk, talk
from tests.benchmarks.machine import machine
from tests.whisper import make_whisper

TINY = {"width": 384, "heads": 6, "layers": 4}


@dataclass(frozen=True, slots=True)
class Run:
    """One program with some calls, once. Seconds, but for `mib` and counts; `load` is the machine's."""

    program: str
    calls: int
    first_words: list[float]
    shown: list[float]
    settled: list[float]
    utterances: int
    words: tuple[int, int]
    refused: int
    cpu_per_s: float
    mib: float
    load: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--length-s", type=float, default=60.0)
    parser.add_argument("--theirs", default="", help="more options for WhisperLiveKit's server, in one string")
    given = parser.parse_args()
    if not PEER.exists():
        raise SystemExit("WhisperLiveKit is not installed; make peer does that")
    with tempfile.TemporaryDirectory(prefix="copilot-peer-") as folder:
        runs = list(_runs(Path(folder), given))
    _say(f"\n{machine()}; {given.repeats} runs of {given.length_s:.0f} s each, medians and p95 over their utterances")
    for calls in given.calls:
        for name in ("ours", "WhisperLiveKit"):
            _say(_row([run for run in runs if (run.program, run.calls) == (name, calls)]))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _runs(folder: Path, given: argparse.Namespace) -> Iterator[Run]:
    model = make_whisper(folder / "model", **TINY)
    subprocess.run([PEER, "-m", "scripts.peer.voice", folder / "voice.npz", *VOCABULARY], check=True)  # noqa: S603
    with np.load(folder / "voice.npz") as voice:
        talks = [talk(dict(voice), seed, given.length_s) for seed in range(max(given.calls))]
    warm_up = _wav(folder / "warm_up.wav", talks[0])
    for n in range(given.repeats):
        for count in given.calls:
            programs = [ours(model, _new(folder)), theirs(model, folder, warm_up, given.theirs.split())]
            for program in programs if n % 2 == 0 else reversed(programs):
                with program as running:
                    run = _measured(running, talks[:count], given.length_s)
                _say(_row([run]))
                yield run


def _measured(program: Program, talks: Sequence[Talk], length_s: float) -> Run:
    time.sleep(5)  # the models load
    before, _ = program.cost()
    most: list[float] = []
    with _looking(program, most):
        heard = asyncio.run(heard_by(program, talks, "call"))
    used, _ = program.cost()
    return Run(
        program=program.name,
        calls=len(talks),
        first_words=[s for call in heard for s in call.first_words_s],
        shown=[s for call in heard for s in call.last_word_s(call.shown)],
        settled=[s for call in heard for s in call.last_word_s(call.settled)],
        utterances=sum(len(call.talk.utterances) for call in heard if not call.refused),
        words=_added([call.words for call in heard if not call.refused]),
        refused=sum(call.refused is not None for call in heard),
        cpu_per_s=(used - before) / length_s / len(talks),
        mib=max(most),
        load=os.getloadavg()[0],
    )


@contextlib.contextmanager
def _looking(program: Program, most: list[float]) -> Iterator[None]:
    over = threading.Event()

    def look() -> None:
        while not over.wait(1):
            most.append(program.cost()[1])

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()


def _row(runs: Sequence[Run]) -> str:
    count = sum(run.utterances for run in runs)
    cells = [
        f"{runs[0].program:15} {runs[0].calls} calls",
        *(
            f"{name} {_median([of for run in runs for of in getattr(run, part)])} ({len(_all(runs, part))}/{count})"
            for name, part in (("first", "first_words"), ("last word", "shown"), ("settled", "settled"))
        ),
        "words {}/{}".format(*_added([run.words for run in runs])),
        f"cpu {statistics.median(run.cpu_per_s for run in runs):.2f} s/s",
        f"{statistics.median(run.mib for run in runs):.0f} MiB",
        f"load {min(run.load for run in runs):.0f}-{max(run.load for run in runs):.0f}",
        *(f"{run.refused} refused" for run in runs if run.refused),
    ]
    return " | ".join(cells)


def _all(runs: Sequence[Run], part: str) -> list[float]:
    return [seconds for run in runs for seconds in getattr(run, part)]


def _added(counts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(some for some, _ in counts), sum(all_ for _, all_ in counts)


def _median(seconds: list[float]) -> str:
    if not seconds:
        return "-"
    return f"{statistics.median(seconds):.2f} s, p95 {sorted(seconds)[max(-(-len(seconds) * 95 // 100) - 1, 0)]:.2f}"


def _new(folder: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=folder))


def _wav(file: Path, said: Talk) -> Path:
    with wave.open(str(file), "wb") as wav:
        wav.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        wav.writeframes(said.samples[: 5 * RATE_HZ].astype("<i2").tobytes())
    return file


if __name__ == "__main__":
    main()
