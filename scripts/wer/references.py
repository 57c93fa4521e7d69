"""Recordings with what is said in them.

A recording `call.flac` (or any other that `copilot analyze` reads) has its words beside it, in one of these:

- `call.txt`: all that is said, where there is one channel
- `call.left.txt` and `call.right.txt`: what is said on either of two channels
- `call.json`: a list of `{"channel": 0, "start_s": 3.7, "end_s": 6.4, "text": "hello"}`, or segments as the corpus
  HarperValleyBank has them, whose agents are on the left
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.errors import UnusableInput

SOUNDS = frozenset({".flac", ".m4a", ".mp3", ".ogg", ".opus", ".wav", ".webm"})


@dataclass(frozen=True, slots=True)
class Said:
    """Words on one channel; their times are None where the reference has none."""

    channel: int
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    recording: Path
    said: tuple[Said, ...]

    @property
    def channels(self) -> list[int]:
        return sorted({said.channel for said in self.said})

    @property
    def has_times(self) -> bool:
        return all(said.start_s is not None and said.end_s is not None for said in self.said)

    def text(self, channel: int) -> str:
        return " ".join(said.text for said in self.said if said.channel == channel)


def references(folder: Path) -> list[Reference]:
    """Every recording that has its words beside it. Raises UnusableInput where there is none."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SOUNDS)
    found = [Reference(file, said) for file in files if (said := tuple(_said(file)))]
    if not found:
        raise UnusableInput(
            f"{folder} holds no recording with its words beside it, as call.flac with call.txt, "
            "call.left.txt and call.right.txt, or call.json"
        )
    return found


def _said(file: Path) -> Iterator[Said]:
    for name, channel in ((".txt", 0), (".left.txt", 0), (".right.txt", 1)):
        words = file.with_name(file.stem + name)
        if words.is_file():
            yield Said(channel, words.read_text(encoding="utf-8"))
    segments = file.with_suffix(".json")
    if segments.is_file():
        try:
            yield from (_segment(each) for each in json.loads(segments.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as error:
            raise UnusableInput(f"{segments} is no list of segments with channel, start_s, end_s and text") from error


def _segment(told: Mapping[str, Any]) -> Said:
    if "human_transcript" in told:
        start_s = told["offset_ms"] / 1000
        channel = 0 if told["speaker_role"] == "agent" else 1
        return Said(channel, told["human_transcript"], start_s, start_s + told["duration_ms"] / 1000)
    return Said(int(told["channel"]), str(told["text"]), float(told["start_s"]), float(told["end_s"]))
