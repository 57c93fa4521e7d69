"""WebVTT as Zoom, Teams, Whisper and others write it, with or without its first line."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from copilot.domain.call import Transcript
from copilot.importers.captions import TIMING, Block, attributed, blocks
from copilot.importers.cues import Cue, participants_from, utterances_from
from copilot.importers.source import Source

NAME = "webvtt"

_LANGUAGE = re.compile(r"^(?:NOTE\s+)?language:\s*\"?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\"?\s*$", re.I | re.M)


def matches(source: Source) -> bool:
    return source.text.lstrip().startswith("WEBVTT") or any(map(TIMING.match, source.text.split("\n")))


def read(source: Source) -> tuple[Transcript, ...]:
    found = blocks(source.text)
    records = [_record(block) for block in found]
    known = any(record is not None for record in records)
    cues = _from_records(found, records) if known else attributed(found)
    utterances = utterances_from(cues)
    return (
        Transcript(
            format=NAME,
            language=_language(source.text, records),
            participants=participants_from(utterances),
            utterances=utterances,
        ),
    )


def _record(block: Block) -> dict[str, object] | None:
    """Teams' metadata form, whose cue is one JSON object."""
    if not block.text.startswith("{"):
        return None
    try:
        record = json.loads(block.text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and "spokenText" in record else None


def _from_records(found: Sequence[Block], records: Sequence[dict[str, object] | None]) -> list[Cue]:
    cues = []
    for block, record in zip(found, records, strict=True):
        cue = Cue(block.text, start_s=block.start_s, end_s=block.end_s)
        if record is not None:
            cue = replace(cue, text=_string(record, "spokenText") or "", speaker=_string(record, "speakerName"))
        cues.append(cue)
    return cues


def _language(text: str, records: Sequence[dict[str, object] | None]) -> str | None:
    if header := _LANGUAGE.search(text.split("-->", 1)[0]):
        return header[1]
    return next((language for record in records if record and (language := _string(record, "spokenLanguage"))), None)


def _string(record: dict[str, object], field: str) -> str | None:
    value = record.get(field)
    return value if isinstance(value, str) else None
