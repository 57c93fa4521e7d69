"""Google Meet's transcript as text: a sentence on computer-made text, `Name: words`, a time every few minutes, a wave.

Those times say when a stretch of several turns began and belong to no turn, so utterances have none.
"""

from __future__ import annotations

import re

from copilot.domain.call import Transcript
from copilot.importers.plain_text import transcript_of
from copilot.importers.source import Source

NAME = "google_meet"

_HEADER = re.compile(
    r"^.*transcript was computer[ -]generated and might contain errors.*$", re.IGNORECASE | re.MULTILINE
)
_TRAILER = re.compile(r"^[^\S\n]*(?:Meeting|Transcription) ended (?:after|at) \d{1,2}:\d{2}(?::\d{2})?.*$", re.I | re.M)
_MARKER = re.compile(r"^[^\S\n]*#*[^\S\n]*\**\d{1,2}:\d{2}:\d{2}[^\S\n]*\**(?:\{#[\d:]+\})?[^\S\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^[#*\s]*(?:📖\s*)?Transcript[*\s]*$", re.IGNORECASE)


def matches(source: Source) -> bool:
    return _HEADER.search(source.text) is not None or _TRAILER.search(source.text) is not None


def read(source: Source) -> tuple[Transcript, ...]:
    text = _MARKER.sub("", _TRAILER.sub("", _HEADER.sub("", source.text)))
    lines = [line for line in text.split("\n") if not _HEADING.match(line)]
    return (transcript_of("\n".join(lines), name=NAME),)
