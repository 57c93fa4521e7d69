"""vCon conversations: the transcripts among their analyses and attachments, in whichever service's JSON they are."""

from __future__ import annotations

from dataclasses import replace

from copilot.domain.call import Transcript
from copilot.importers import assemblyai, deepgram, neutral_json, whisper_json
from copilot.importers.json_fields import Fields, day, documents, name, nested_json, records, within
from copilot.importers.source import Source

NAME = "vcon"
_BODIES = (deepgram, assemblyai, whisper_json, neutral_json)


def matches(source: Source) -> bool:
    return any("vcon" in document and bool(_parts(document)) for document in documents(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """The first readable transcript of each conversation: others are the same speech by other services."""
    transcripts = (_transcript(document, source) for document in documents(source.json) if "vcon" in document)
    return tuple(transcript for transcript in transcripts if transcript is not None)


def _parts(document: Fields) -> list[Fields]:
    return [*records(document.get("analysis")), *records(document.get("attachments"))]


def _transcript(document: Fields, source: Source) -> Transcript | None:
    for part in _parts(document):
        body = replace(source, json=nested_json(part.get("body")))
        known = next((known for known in _BODIES if known.matches(body)), None)
        said: tuple[Transcript, ...] = known.read(body) if known is not None else ()
        if said and said[0].utterances:
            begun = within(document, "dialog", 0, "start") or document.get("created_at")
            about = {"format": NAME, "title": name(document.get("subject")), "held_on": day(begun)}
            return said[0].model_copy(update=about)
    return None
