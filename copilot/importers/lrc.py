"""Lyrics files, which Whisper also writes: `[mm:ss.xx]` before each line, and an empty line where speech ends."""

from __future__ import annotations

import re
from itertools import pairwise

from copilot.domain.call import Transcript
from copilot.importers.captions import Block, attributed
from copilot.importers.cues import participants_from, utterances_from
from copilot.importers.source import Source
from copilot.importers.times import seconds

NAME = "lrc"

_LINE = re.compile(r"^\s*\[(\d{1,3}:\d{2}\.\d{2,3})\](.*)$", re.ASCII)
_ABOUT = re.compile(r"^\s*\[(ar|al|ti|au|by|length|offset|re|tool|ve|la|#)\s*:([^\]]*)\]\s*$", re.IGNORECASE)


def matches(source: Source) -> bool:
    lines = [line for line in source.text.split("\n") if line.strip() and not _ABOUT.match(line)]
    return bool(lines) and sum(_LINE.match(line) is not None for line in lines) >= 0.8 * len(lines)


def read(source: Source) -> tuple[Transcript, ...]:
    lines = source.text.split("\n")
    about = {found[1].lower(): found[2].strip() for line in lines if (found := _ABOUT.match(line))}
    entries = [(seconds(found[1]), found[2].strip()) for line in lines if (found := _LINE.match(line))]
    starts_after = [*(start_s for start_s, _ in entries[1:]), None]
    found_blocks = [
        Block(start_s, end_s, (text,)) for (start_s, text), end_s in zip(entries, starts_after, strict=True) if text
    ]
    estimated = any(text and following for (_, text), (_, following) in pairwise(entries))
    utterances = utterances_from(attributed(found_blocks))
    return (
        Transcript(
            format=NAME,
            title=about.get("ti") or None,
            language=about.get("la") or None,
            participants=participants_from(utterances),
            utterances=utterances,
            estimated_times=estimated,
        ),
    )
