"""Times as transcripts write them, in seconds."""

from __future__ import annotations

import re

TIME = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,9})?"
_HALF_OF_DAY = re.compile(r"\s*([ap])\.?m\.?$", re.IGNORECASE)
_LATEST_START_S = 4 * 3600.0  # no recording begins later than this in itself: what does is a time of day


def seconds(written: str) -> float | None:
    """`H:MM:SS.mmm`, `M:SS`, unpadded or with a decimal comma; `2:03 PM` in seconds of the day; None if no time."""
    half = _HALF_OF_DAY.search(written)
    plain = _HALF_OF_DAY.sub("", written).strip()
    if not re.fullmatch(TIME, plain, re.ASCII):
        return None
    parts = [float(part) for part in plain.replace(",", ".").split(":")]
    if half:
        hours = parts[0] % 12 + (12 if half[1] in "pP" else 0)
        parts = [hours, *parts[1:], 0.0][:3]
    total = 0.0
    for part in parts:
        total = total * 60 + part
    return total


def call_start_s(first_s: float | None) -> float:
    """What to take off every time of a file: nothing, or its first time where that can only be a time of day."""
    return first_s if first_s is not None and first_s > _LATEST_START_S else 0.0
