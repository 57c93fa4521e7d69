"""Real recordings and vendors' files, which are tried on where they are at hand and are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = os.environ.get("COPILOT_SAMPLES")
NOT_AT_HAND = "the sample files are not at hand"

SAMPLES: Path | None = Path(_FOLDER) if _FOLDER else None
"""The folder that COPILOT_SAMPLES names."""
