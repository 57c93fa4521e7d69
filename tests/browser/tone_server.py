"""The server as it is, but for its ears, which know tones: `python -m tests.browser.tone_server DATA PORT`."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from copilot.adapters.spool import SpoolFolder
from copilot.commands.serve import serve
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from copilot.settings import Settings, make_data_folder
from copilot.wiring import server
from tests.speech import LoudnessDetector
from tests.tones import ToneListener


@contextlib.asynccontextmanager
async def tone_ears(settings: Settings, playbook: Any) -> AsyncIterator[Ears]:
    yield Ears(ToneListener(), LoudnessDetector(), SpoolFolder(settings.data / "sound"), deadlines=Deadlines(60))


if __name__ == "__main__":
    server.open_ears = tone_ears
    wanted = Settings(data=Path(sys.argv[1]), port=int(sys.argv[2]))
    make_data_folder(wanted)
    asyncio.run(serve(wanted, server.open_services))
