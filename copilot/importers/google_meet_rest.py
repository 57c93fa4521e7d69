"""Google Meet's REST API: transcript entries with absolute times, participants looked up where they are in the file."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, day, documents, fields, first_of, instant_s, name, records, string
from copilot.importers.source import Source

NAME = "google_meet_rest"
_KINDS = ("signedinUser", "anonymousUser", "phoneUser")


def matches(source: Source) -> bool:
    return any(_is_entry(entry) for entry in _entries(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """All pages in the file are one call, whose first word is at 0 seconds."""
    entries = sorted(
        (entry for entry in _entries(source.json) if _is_entry(entry)),
        key=lambda entry: instant_s(entry.get("startTime")) or float("inf"),
    )
    names = _names(source.json, entries)
    begin_s = next((start for entry in entries if (start := instant_s(entry.get("startTime"))) is not None), None)
    cues = [
        Cue(
            text=string(entry.get("text")),
            speaker=names.get(string(entry.get("participant"))),
            start_s=_since(begin_s, entry.get("startTime")),
            end_s=_since(begin_s, entry.get("endTime")),
        )
        for entry in entries
    ]
    languages = (name(entry.get("languageCode")) for entry in entries)
    days = (day(entry.get("startTime")) for entry in entries)
    return (
        transcript_from(
            cues,
            format=NAME,
            held_on=next(filter(None, days), None),
            language=next(filter(None, languages), None),
        ),
    )


def _entries(json: object) -> list[Fields]:
    return [
        entry
        for document in documents(json)
        for entry in records(first_of(document, "transcriptEntries", "entries")) or [document]
    ]


def _is_entry(entry: Fields) -> bool:
    return {"participant", "text", "startTime"} <= entry.keys()


def _names(json: object, entries: Sequence[Fields]) -> dict[str, str]:
    """By resource name. A participant that the file does not name is numbered, in order of appearance."""
    names: dict[str, str] = {}
    for document in documents(json):
        for person in records(document.get("participants")):
            users = (fields(person.get(kind)) for kind in _KINDS)
            if called := next(filter(None, (name(user.get("displayName")) for user in users)), None):
                names[string(person.get("name"))] = called
    heard = dict.fromkeys(string(entry.get("participant")) for entry in entries)
    numbered = {resource: f"Speaker {k}" for k, resource in enumerate(filter(None, heard), start=1)}
    return {**numbered, **names}


def _since(begin_s: float | None, time: object) -> float | None:
    time_s = instant_s(time)
    return None if begin_s is None or time_s is None else time_s - begin_s
