"""`copilot serve`, whose models are stand-ins: `python -m scripts.peer.ours [OPTIONS OF SERVE]`."""

from __future__ import annotations

import sys

from copilot.adapters.asr import whisper
from copilot.main import cli

if __name__ == "__main__":
    whisper.PROGRAM = "scripts.peer.our_model"
    cli(["serve", *sys.argv[1:]])
