"""The two servers, started as their users start them, and what they cost."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

PEER = Path("build/peer/bin/python")
READY_S = 180


@dataclass(frozen=True, slots=True)
class Program:
    """A server that takes calls."""

    name: str
    port: int
    token: str
    process: subprocess.Popen[str]

    def cost(self) -> tuple[float, float]:
        """Processor seconds by now and MiB of memory of the server and all that it started."""
        family = list(_family(self.process.pid))
        return sum(_seconds(pid) for pid in family), sum(_mib(pid) for pid in family)


@contextlib.contextmanager
def ours(model: Path, folder: Path) -> Iterator[Program]:
    settings = {"COPILOT_SPEECH__MODEL": str(model), "COPILOT_SPEECH__LANGUAGE": "en"}
    command = (sys.executable, "-m", "scripts.peer.ours", "--port", "0", "--data", str(folder / "data"))
    with _started(command, folder / "ours.log", settings) as process:
        first = process.stdout.readline() if process.stdout else ""
        link = re.search(r"http://127.0.0.1:(\d+)/\?token=(\S+)", first)
        if link is None:
            raise SystemExit(f"our server did not start: {(folder / 'ours.log').read_text()[-800:]}")
        yield Program("ours", int(link[1]), link[2], process)


@contextlib.contextmanager
def theirs(model: Path, folder: Path, warm_up: Path, options: Sequence[str]) -> Iterator[Program]:
    """`options` of its own, besides those that it needs for such a model."""
    port = _free_port()
    command = (
        *(str(PEER), "-m", "scripts.peer.theirs", "--host", "127.0.0.1", "--port", str(port), "--pcm-input"),
        *("--backend", "faster-whisper", "--backend-policy", "localagreement", "--model-path", str(model)),
        *("--lan", "en", "--warmup-file", str(warm_up), "--log-level", "ERROR", *options),
    )
    with _started(command, folder / "theirs.log", {"HF_HUB_OFFLINE": "1"}) as process:
        until = time.monotonic() + READY_S
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"WhisperLiveKit did not start: {(folder / 'theirs.log').read_text()[-800:]}")
            time.sleep(0.5)
        yield Program("WhisperLiveKit", port, "", process)


@contextlib.contextmanager
def _started(command: tuple[str, ...], log: Path, settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPILOT_")}
    with log.open("w", encoding="utf-8") as opened:
        process = subprocess.Popen(  # noqa: S603  of our own making
            command, stdout=subprocess.PIPE, stderr=opened, text=True, env={**environment, **settings}
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False, timeout=2).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _mib(pid: int) -> float:
    """What it alone holds, and its share of what it holds with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
