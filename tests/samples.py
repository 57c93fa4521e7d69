"""Real recordings and vendors' files, which are tried on where they are at hand and are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(os.environ.get("COPILOT_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))

SAMPLES: Path | None = _FOLDER if _FOLDER.is_dir() else None
