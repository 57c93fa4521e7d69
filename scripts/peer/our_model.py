"""The process of our server that holds a model, a stand-in."""

from __future__ import annotations

import sys

from copilot.adapters.asr import whisper_process
from scripts.peer import stand_in

if __name__ == "__main__":
    stand_in.install()
    sys.exit(whisper_process.main(sys.argv[1:]))
