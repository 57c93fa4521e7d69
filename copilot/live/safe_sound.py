"""The sound of one call on disk: what has come, what of it is safe, and any stretch of it at 16 kHz."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator

import numpy as np

from copilot.analysis.speech.frames import judged, unpacked
from copilot.analysis.speech.pcm import channel_samples, needed, resampled
from copilot.domain.audio import Samples, Span
from copilot.domain.spooled import SpoolNote
from copilot.errors import CopilotError
from copilot.live import meters
from copilot.ports import Spool


class SafeSound:
    """A call's spool is the only queue there is for sound: what is acknowledged is on disk."""

    def __init__(self, spool: Spool, sync_s: float) -> None:
        """`sync_s`: how often sound is brought to disk where nothing waits for it."""
        self.spool = spool
        self.safe_frame = spool.last_frame  # read from disk, so it is there
        self.failed: CopilotError | None = None  # why nothing is taken any more
        self._safe_size = spool.size
        self._sync_s = sync_s
        self._unsafe = asyncio.Event()
        self._urgent = asyncio.Event()  # somebody waits for it to be safe
        self._safe = asyncio.Condition()  # told of what became safe, and of failing

    def new(self, frame: bytes) -> tuple[int, bytes] | None:
        """The number and samples of a frame, or None where it is known already. Raises UnusableFrame and FrameGap."""
        number, payload = unpacked(frame, self.spool.audio)
        return None if judged(number, last=self.spool.last_frame) == "known" else (number, payload)

    def append(self, payload: bytes, number: int | None = None) -> None:
        """Without a number, the samples that follow. Raises StoreUnavailable."""
        last = self.spool.last_frame
        self.spool.append((0 if last is None else last + 1) if number is None else number, payload)
        audio = self.spool.audio
        meters.AUDIO_SECONDS.inc(len(payload) / audio.sample_bytes / audio.sample_rate_hz)
        self._unsafe.set()

    def note(self, note: SpoolNote) -> None:
        self.spool.note(note)
        self._unsafe.set()

    def samples(self, channel: int, span: Span) -> Samples:
        """A span at 16 kHz, read from the spool. Called from threads, too."""
        audio = self.spool.audio
        wanted = needed(span, audio.sample_rate_hz)
        there = Span(max(wanted.start, 0), min(wanted.end, self.spool.wire_samples))
        samples = channel_samples(self.spool.read(there), audio, channel)
        padded = np.pad(samples, (there.start - wanted.start, wanted.end - there.end))
        return resampled(padded, audio.sample_rate_hz, span)

    async def acks(self) -> AsyncGenerator[int]:
        """The number of the last frame that is on disk, whenever it has moved on. Raises what makes it end."""
        told = None
        while True:
            async with self._safe:
                while self.safe_frame == told and self.failed is None:
                    await self._safe.wait()
                if self.failed is not None:
                    raise self.failed
                told = self.safe_frame
            if told is not None:
                yield told

    async def until_safe(self) -> None:
        """Wait until everything written by now is on disk."""
        size = self.spool.size
        self._unsafe.set()
        self._urgent.set()
        async with self._safe:
            await self._safe.wait_for(lambda: self._safe_size >= size)

    async def keep(self) -> None:
        """Bring to disk what comes, until cancelled. Raises StoreUnavailable."""
        while True:
            await self._unsafe.wait()
            self._unsafe.clear()
            self._urgent.clear()
            frame, size = self.spool.last_frame, self.spool.size
            await asyncio.to_thread(self.spool.sync)
            async with self._safe:
                self.safe_frame, self._safe_size = frame, size
                self._safe.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._sync_s):
                    await self._urgent.wait()

    async def fail(self, problem: CopilotError) -> None:
        self.failed = problem
        async with self._safe:
            self._safe.notify_all()
