"""`copilot analyze`, with slow ears that know tones: `python -m tests.acceptance.slow_analysis DECODED FILE...`.

Each decode adds a line to the file DECODED: where in the sound it begins. With DECODES_AT_MOST in the environment, it
waits for ever once the file has so many lines.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from copilot.domain.audio import Decoded, DecodeRequest, Samples
from copilot.main import cli
from copilot.settings import SpeechSettings
from copilot.wiring import speech as wiring
from copilot.wiring.speech import Speech
from tests.speech import LoudnessDetector
from tests.tones import ToneListener

DECODE_S = 0.2
AT_MOST = int(os.environ.get("DECODES_AT_MOST", sys.maxsize))


class Noted(ToneListener):
    def __init__(self, decoded: Path) -> None:
        self._decoded = decoded

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        await asyncio.sleep(DECODE_S)
        if self._decoded.exists() and len(self._decoded.read_text("utf-8").splitlines()) >= AT_MOST:
            await asyncio.Event().wait()
        with self._decoded.open("a", encoding="utf-8") as opened:
            opened.write(f"{request.channel} {request.span.start}\n")
        return await super().transcribe(samples, request)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it
    into = Path(sys.argv[1])

    @contextlib.asynccontextmanager
    async def slow_ears(speech: SpeechSettings) -> AsyncIterator[Speech]:
        yield Speech(speech, Noted(into), None, LoudnessDetector())

    wiring.open_speech = slow_ears
    cli(["analyze", *sys.argv[2:]])
