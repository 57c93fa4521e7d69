"""Whether a numbered frame is the next one, was there before, or leaves a hole."""

from __future__ import annotations

from typing import Literal

from copilot.domain.audio import AudioFormat
from copilot.errors import CopilotError

LARGEST_NUMBER = 2**32 - 1


class FrameGap(CopilotError):
    """A frame that skips ahead of the one expected."""

    def __init__(self, number: int, expected: int) -> None:
        self.number, self.expected = number, expected
        super().__init__(f"audio frame {expected} is expected, not {number}; send all frames from {expected} on")


class UnusableFrame(CopilotError):
    """A binary frame that holds no whole samples."""


def judged(number: int, *, last: int | None) -> Literal["next", "known"]:
    """What frame `number` is after `last` (None: none has come yet). Raises FrameGap."""
    expected = 0 if last is None else last + 1
    if number > expected:
        raise FrameGap(number, expected)
    return "next" if number == expected else "known"


def unpacked(frame: bytes, audio: AudioFormat) -> tuple[int, bytes]:
    """A binary frame's number and samples. Raises UnusableFrame."""
    size = audio.sample_bytes
    if len(frame) < 4 + size or (len(frame) - 4) % size:
        raise UnusableFrame(
            f"an audio frame is a number of 4 bytes and then whole samples of {size} bytes; "
            f"this one has {len(frame)} bytes"
        )
    return int.from_bytes(frame[:4], "big"), frame[4:]


def packed(number: int, payload: bytes) -> bytes:
    """A binary frame."""
    return number.to_bytes(4, "big") + payload
