"""Speech models that cost what trained ones would.

Their weights are random. A decode costs what it does with trained ones, but would always run to as many tokens as it
may, since nothing tells these models to stop: so they are stopped after as many as the words that are said there would
take (`TOKENS_PER_WORD`). They are never sure of themselves, so that they are not tried again warmer here. What is said,
an oracle puts in.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from copilot.adapters.asr.whisper import Whisper, WhisperTerms
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Span
from tests.benchmarks.machine import process_seconds
from tests.speech import Oracle

TOKENS_PER_WORD = 1.4
SIZES = {"tiny": {"width": 384, "heads": 6, "layers": 4}, "base": {"width": 512, "heads": 8, "layers": 6}}


class StoppedWhisper(Whisper):
    """Writes as many tokens as the words take that are said where it listens."""

    def __init__(self, folder: Path, name: str, knows: Oracle) -> None:
        super().__init__(folder, name, WhisperTerms())
        self._knows = knows

    def _options(self, request: DecodeRequest) -> dict[str, Any]:
        tokens = tokens_of(self._knows, request)
        return {**super()._options(request), "temperature": [0.0], "max_new_tokens": tokens}


@contextlib.asynccontextmanager
async def open_stopped(folder: Path, name: str, knows: Oracle) -> AsyncIterator[StoppedWhisper]:
    """Such a model, loaded as often as it will be at work."""
    whisper = StoppedWhisper(folder, name, knows)
    nothing = DecodeRequest("warm-up", 0, Span(0, RATE_HZ), final=False, language="en")
    whisper._knows = Oracle([])
    await asyncio.gather(
        *(whisper.transcribe(np.zeros(RATE_HZ, dtype=np.int16), nothing) for _ in range(whisper.at_once))
    )
    whisper._knows = knows
    try:
        yield whisper
    finally:
        await whisper.close()


def tokens_of(knows: Oracle, request: DecodeRequest) -> int:
    """How many a trained model would write; a final has times at both ends."""
    return max(round(len(knows._said(request)) * TOKENS_PER_WORD), 1) + (2 if request.final else 0)


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
        await self.whisper.transcribe(samples, request)
        return await self.knows.transcribe(samples, request)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a decode takes of one core that does nothing else: seconds for whatever it hears, and for each token."""

    listening_s: float
    token_s: float


async def measured_cost(whisper: Whisper) -> Cost:
    """In processor time, which hardly depends on what else the machine is at."""
    few, many, times = 4, 44, 3
    short = min([await _processor_time(whisper, few) for _ in range(times)])
    long = min([await _processor_time(whisper, many) for _ in range(times)])
    token_s = max(long - short, 0.0) / (many - few)
    return Cost(short - few * token_s, token_s)


async def _processor_time(whisper: Whisper, tokens: int, n: int = 4) -> float:
    (process,) = whisper._free
    samples = np.zeros(3 * RATE_HZ, dtype=np.int16)
    options = {
        **whisper._options(DecodeRequest("", 0, Span(0, len(samples)), final=True, language="en")),
        "temperature": [0.0],
        "max_new_tokens": tokens,
    }
    before = process_seconds(process._process.pid)
    for _ in range(n):
        await process.ask({"samples": len(samples), "options": options}, samples.astype("<i2").tobytes())
    return (process_seconds(process._process.pid) - before) / n


@dataclass
class Waits:
    """Takes as long as a decode would on a core of its own, and leaves the machine alone meanwhile."""

    cost: Cost
    knows: Oracle
    at_once: int = 2
    name: str = "waiting"

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        await asyncio.sleep(self.cost.listening_s + self.cost.token_s * tokens_of(self.knows, request))
        return await self.knows.transcribe(samples, request)
