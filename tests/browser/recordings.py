"""A server that transcribes recordings of tones, and such recordings."""

from __future__ import annotations

import contextlib
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.acceptance.programs import ROOT, Serving, started
from tests.tones import AS_LOUD, pitch_of

RATE_HZ = 8000
EACH_S = 2.0  # a line and the gap before it


@contextlib.contextmanager
def recording_server(folder: Path) -> Iterator[Serving]:
    """`recording_server.py` with its data in the folder."""
    program = (sys.executable, "-m", "tests.browser.recording_server", folder / "data")
    with started(*program, output=folder / "server.log", cwd=ROOT) as running:
        yield running


def tones(folder: Path, lines: int, *, channels: int = 2) -> bytes:
    """A WAV in which the lines are said in turn, on one channel after the other."""
    at = np.arange(round(0.9 * RATE_HZ)) / RATE_HZ
    samples = np.zeros((round(lines * EACH_S * RATE_HZ), channels))
    for line in range(lines):
        start = round((line * EACH_S + 1.1) * RATE_HZ)
        samples[start : start + len(at), line % channels] = AS_LOUD * np.sin(2 * np.pi * pitch_of(line % 12) * at)
    file = folder / "tones.wav"
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(channels)
        opened.setsampwidth(2)
        opened.setframerate(RATE_HZ)
        opened.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.read_bytes()
