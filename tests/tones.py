"""Speech in which every line is a tone of its own, and a listener that knows them by their pitch."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Segment, Word

FIRST_HZ, STEP_HZ = 400, 100
AS_LOUD = 0.25  # of full scale
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def pitch_of(line: int) -> int:
    """In Hz."""
    return FIRST_HZ + STEP_HZ * line


def words_of(line: int) -> str:
    return f"this is line {NUMBERS[line]}"


def tones(lines: Sequence[int], path: Path, *, each_s: float = 0.9, gap_s: float = 1.1, rate_hz: int = 48000) -> Path:
    """A WAV in which the lines are said one after the other, each after a gap."""
    silence = np.zeros(round(gap_s * rate_hz))
    at = np.arange(round(each_s * rate_hz)) / rate_hz
    parts = [np.concatenate([silence, AS_LOUD * np.sin(2 * np.pi * pitch_of(line) * at)]) for line in lines]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.concatenate(parts) * 32767).astype("<i2").tobytes())
    return path


class ToneListener:
    """A speech model that writes down which lines it hears, whenever they come."""

    name = "tones"
    language: str | None = "en"
    at_once = 1

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        line = heard_line(samples)
        if line is None:
            return Decoded((), "en")
        said = words_of(line).split()
        length_s = len(samples) / RATE_HZ
        each_s = length_s / len(said)
        words = tuple(Word(word, i * each_s, (i + 1) * each_s) for i, word in enumerate(said))
        return Decoded((Segment(words_of(line), 0.0, length_s, -0.1, 0.01, words),), "en")


def heard_line(samples: Samples) -> int | None:
    """The line whose tone is the strongest, or None where nothing sounds."""
    if not len(samples) or np.abs(samples.astype(np.float64)).max() < 300:
        return None
    spectrum = np.abs(np.fft.rfft(samples.astype(np.float64) * np.hanning(len(samples))))
    loudest_hz = np.argmax(spectrum) * RATE_HZ / len(samples)
    line = round((loudest_hz - FIRST_HZ) / STEP_HZ)
    return line if 0 <= line < len(NUMBERS) and abs(loudest_hz - pitch_of(line)) < STEP_HZ / 4 else None
