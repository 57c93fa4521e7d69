"""SubRip: the captions of WebVTT with a decimal comma."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.captions import TIMING, attributed, blocks
from copilot.importers.cues import participants_from, utterances_from
from copilot.importers.source import Source

NAME = "srt"


def matches(source: Source) -> bool:
    if source.text.lstrip().startswith("WEBVTT"):
        return False
    first = next((found for line in source.text.split("\n") if (found := TIMING.match(line))), None)
    return first is not None and "," in first[1]


def read(source: Source) -> tuple[Transcript, ...]:
    utterances = utterances_from(attributed(blocks(source.text)))
    return (Transcript(format=NAME, participants=participants_from(utterances), utterances=utterances),)
