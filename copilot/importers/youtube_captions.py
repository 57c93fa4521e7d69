"""YouTube's automatic captions, which roll: a line is shown as it is spoken, then again, then again above the next."""

from __future__ import annotations

import re

from copilot.domain.call import Transcript
from copilot.importers.captions import blocks
from copilot.importers.cleaning import clean_text
from copilot.importers.cues import Cue, utterances_from
from copilot.importers.source import Source

NAME = "youtube_captions"

_TIMED_WORD = re.compile(r"<\d{1,2}:\d{2}:\d{2}\.\d{3}><c>", re.ASCII)
_LANGUAGE = re.compile(r"^Language:\s*(\S+)", re.MULTILINE)


def matches(source: Source) -> bool:
    return "-->" in source.text and _TIMED_WORD.search(source.text) is not None


def read(source: Source) -> tuple[Transcript, ...]:
    cues: list[Cue] = []
    shown: list[str] = []
    for block in blocks(source.text):
        lines = [text for line in block.lines if (text := clean_text(line))]
        if lines:
            fresh = lines[_already(shown, lines) :]
            cues.extend(Cue(line, start_s=block.start_s, end_s=block.end_s) for line in fresh)
            shown = lines
    language = _LANGUAGE.search(source.text.split("-->", 1)[0])
    return (Transcript(format=NAME, language=language[1] if language else None, utterances=utterances_from(cues)),)


def _already(shown: list[str], lines: list[str]) -> int:
    """How many of the lines were on screen before: the longest end of the old ones that begins the new ones.

    So a word that is really said twice stays, since it then stands on screen twice.
    """
    return next((k for k in range(min(len(shown), len(lines)), 0, -1) if shown[-k:] == lines[:k]), 0)
