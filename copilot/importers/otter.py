"""Otter's text export: a line with a name, two spaces and a time, then what was said, and a trailer."""

from __future__ import annotations

import re

from copilot.domain.call import Transcript
from copilot.importers.plain_text import transcript_of
from copilot.importers.source import Source
from copilot.importers.times import TIME

NAME = "otter"

_TRAILER = re.compile(r"^[^\S\n]*Transcribed by (?:https?://)?otter\.ai[^\S\n]*$", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(rf"^\S.{{0,79}}? {{2,}}{TIME}[ \t]*$", re.ASCII | re.MULTILINE)


def matches(source: Source) -> bool:
    return len(_HEADER.findall(source.text)) >= (1 if _TRAILER.search(source.text) else 3)


def read(source: Source) -> tuple[Transcript, ...]:
    return (transcript_of(_TRAILER.sub("", source.text), name=NAME),)
