"""Rev's JSON: monologues of elements, among which punctuation and spaces stand without times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.json_fields import Fields, documents, name, records, seconds, speaker_label, string, within
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words

NAME = "rev"


def matches(source: Source) -> bool:
    return any("elements" in monologue for d in documents(source.json) for monologue in records(d.get("monologues")))


def read(source: Source) -> tuple[Transcript, ...]:
    return tuple(_transcript(d) for d in documents(source.json) if records(d.get("monologues")))


def _transcript(document: Fields) -> Transcript:
    names = {string(s.get("id")): called for s in records(document.get("speakers")) if (called := name(s.get("name")))}
    cues = [
        cue
        for monologue in records(document.get("monologues"))
        for cue in cues_from_words(_words(monologue, _speaker(monologue, names)))
    ]
    return transcript_from(cues, format=NAME, language=name(document.get("language")))


def _speaker(monologue: Fields, names: Mapping[str, str]) -> str | None:
    given = name(within(monologue, "speaker_info", "display_name"))
    return given or names.get(string(monologue.get("speaker"))) or speaker_label(monologue.get("speaker"))


def _words(monologue: Fields, speaker: str | None) -> Iterator[Word]:
    """Elements with their times; one that follows another without a space is written against it."""
    spaced = True
    for element in records(monologue.get("elements")):
        value = string(element.get("value"))
        if value.strip():
            joins = not (spaced or value[0].isspace())
            yield Word(value, seconds(element.get("ts")), seconds(element.get("end_ts")), speaker, joins=joins)
        spaced = not value.strip() or value[-1].isspace()
