"""Whisper through faster-whisper, in processes of its own: one that hangs can be killed, and takes nothing with it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from copilot.domain.audio import Decoded, DecodeRequest, Samples, Segment, Word
from copilot.errors import TranscriptionFailed

PROGRAM = "copilot.adapters.asr.whisper_process"
LEAST_FOR_TERMS_S = 1.0  # over less sound a model repeats what it was told to expect
BEAMS = {"cpu": 2, "cuda": 5}
MOST_AT_ONCE = 4  # each holds the model for itself


@dataclass(frozen=True, slots=True)
class WhisperTerms:
    """`at_once` None: one for each core, up to 4, or one on a GPU; `compute_type` None: int8, on a GPU int8_float16."""

    device: Literal["cpu", "cuda"] = "cpu"
    compute_type: str | None = None
    at_once: int | None = None


class Whisper:
    """Processes are started when they are needed, and again after they were killed."""

    def __init__(self, folder: Path, name: str, terms: WhisperTerms) -> None:
        self.name = name
        self.at_once = terms.at_once or (1 if terms.device == "cuda" else min(_cores(), MOST_AT_ONCE))
        self._device = terms.device
        self._start = {
            "folder": str(folder),
            "device": terms.device,
            "compute_type": terms.compute_type or ("int8_float16" if terms.device == "cuda" else "int8"),
            "threads": max(_cores() // self.at_once, 1),
        }
        self._free: list[_Process] = []
        self._room = asyncio.Semaphore(self.at_once)

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        """See `Transcriber`; cancelling it kills the process that is at it."""
        message = {"samples": len(samples), "options": self._options(request)}
        async with self._room:
            process = self._free.pop() if self._free else await _Process.start(self._start)
            try:
                answer = await process.ask(message, samples.astype("<i2").tobytes())
            except BaseException:
                await process.kill()
                raise
            self._free.append(process)
        if "error" in answer:
            raise TranscriptionFailed(answer["error"])
        return Decoded(tuple(_segment(told) for told in answer["segments"]), answer["language"])

    async def close(self) -> None:
        while self._free:
            await self._free.pop().kill()

    def _options(self, request: DecodeRequest) -> dict[str, Any]:
        seconds = request.span.length_s
        language = request.language.partition("-")[0].lower() if request.language else None
        return {
            "language": language,
            "beam_size": 1 if request.quick else BEAMS[self._device],
            "temperature": [0.0, 0.4] if request.final and not request.quick else [0.0],
            "without_timestamps": not request.final,
            "word_timestamps": request.final and not request.quick,
            "max_new_tokens": 8 + int(6 * seconds),
            "hotwords": ", ".join(request.terms) if request.terms and seconds >= LEAST_FOR_TERMS_S else None,
        }


class _Process:
    """One process with a model in it."""

    def __init__(
        self, process: asyncio.subprocess.Process, requests: asyncio.StreamWriter, answers: asyncio.StreamReader
    ) -> None:
        self._process, self._to, self._from = process, requests, answers

    @classmethod
    async def start(cls, start: dict[str, Any]) -> _Process:
        """Returns once the model is loaded. Raises TranscriptionFailed."""
        environment = {**os.environ, "OMP_NUM_THREADS": str(start["threads"]), "HF_HUB_OFFLINE": "1"}
        started = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", PROGRAM, json.dumps(start)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
        )
        if started.stdin is None or started.stdout is None:
            raise TranscriptionFailed("its process has no pipes")
        process = cls(started, started.stdin, started.stdout)
        try:
            answer = await process._answer()
            if "error" in answer:
                raise TranscriptionFailed(f"the model cannot be loaded: {answer['error']}")  # noqa: TRY301
        except BaseException:
            await process.kill()
            raise
        return process

    async def ask(self, message: dict[str, Any], samples: bytes) -> dict[str, Any]:
        encoded = json.dumps(message).encode()
        self._to.write(len(encoded).to_bytes(4, "big") + encoded + samples)
        return await self._answer()

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._to.close()
        await asyncio.shield(self._process.wait())

    async def _answer(self) -> dict[str, Any]:
        try:
            with contextlib.suppress(ConnectionError):
                await self._to.drain()
            length = int.from_bytes(await self._from.readexactly(4), "big")
            answer: dict[str, Any] = json.loads(await self._from.readexactly(length))
        except asyncio.IncompleteReadError as cut:
            raise TranscriptionFailed("the speech model's process has ended") from cut
        return answer


def _segment(told: dict[str, Any]) -> Segment:
    words = tuple(Word(*word) for word in told.pop("words"))
    return Segment(**told, words=words)


@contextlib.asynccontextmanager
async def open_whisper(folder: Path, name: str, terms: WhisperTerms) -> AsyncIterator[Whisper]:
    """The model in this folder; its processes end with it."""
    whisper = Whisper(folder, name, terms)
    try:
        yield whisper
    finally:
        await whisper.close()


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
