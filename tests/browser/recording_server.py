"""The server, keeping sound, with slow ears that know tones: `python -m tests.browser.recording_server DATA`."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from copilot.adapters.spool import SpoolFolder
from copilot.commands.serve import serve
from copilot.domain.audio import Decoded, DecodeRequest, Samples
from copilot.live.ears import Ears
from copilot.settings import Settings, SoundSettings, make_data_folder
from copilot.wiring import server
from tests.speech import LoudnessDetector
from tests.tones import ToneListener

DECODE_S = 0.25


class Slow(ToneListener):
    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        await asyncio.sleep(DECODE_S)
        return await super().transcribe(samples, request)


@contextlib.asynccontextmanager
async def slow_ears(settings: Settings, playbook: Any) -> AsyncIterator[Ears]:
    yield Ears(Slow(), LoudnessDetector(), SpoolFolder(settings.data / "sound"))


if __name__ == "__main__":
    server.open_ears = slow_ears
    sound = SoundSettings(keep="with_consent", largest_upload_mib=8)
    wanted = Settings(data=Path(sys.argv[1]), port=0, sound=sound)
    make_data_folder(wanted)
    asyncio.run(serve(wanted, server.open_services))
