"""Recordings: those that were uploaded and are being transcribed, and sound that is kept after its call."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from copilot.domain.audio import AudioFormat
from copilot.domain.call import CallInfo
from copilot.domain.value import Value


class Uploaded(Value):
    """A recording that was taken: what is known of it and of its call before anything of it was heard.

    `length_s` is None where the file does not tell; `content` is as the call's record has it.
    """

    name: str
    info: CallInfo
    audio: AudioFormat
    length_s: float | None = None
    content: str | None = None


class Progress(Value):
    """How far the transcription of a recording is. `left_s` is an estimate, None before there is ground for one.

    `waiting`: others come first. `failed`: it has stopped, for the reason given, and can be tried again.
    """

    state: Literal["waiting", "transcribing", "failed"]
    done_s: float = 0.0
    length_s: float | None = None
    left_s: float | None = None
    reason: str | None = None


class Deleted(Value):
    """Sound that was kept and is no longer: since when, and whether a person or its age was the reason."""

    at: datetime
    why: Literal["person", "age"]


class SoundKept(Value):
    """Whether the sound of a call can be played. Where not, `message` says why; `until` is when it will be deleted."""

    state: Literal["kept", "pending", "failed", "none"]
    message: str | None = None
    until: datetime | None = None
