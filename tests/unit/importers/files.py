"""Builders for importer tests: a JSON document as a file, and what was said in a transcript, on one line each."""

from __future__ import annotations

import json

from copilot.domain.call import Role, Transcript
from copilot.importers.source import Source

Said = tuple[str | None, float | None, float | None, str]


def file(document: object) -> Source:
    return Source.decode("call.json", json.dumps(document).encode())


def lines(*records: object) -> Source:
    return Source.decode("calls.jsonl", "\n".join(map(json.dumps, records)).encode())


def said(transcript: Transcript) -> list[Said]:
    return [(u.speaker, u.start_s, u.end_s, u.text) for u in transcript.utterances]


def texts(transcript: Transcript) -> list[str]:
    return [u.text for u in transcript.utterances]


def roles(transcript: Transcript) -> dict[str, Role]:
    return {p.name: p.role for p in transcript.participants}
