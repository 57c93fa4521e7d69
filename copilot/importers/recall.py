"""Recall.ai's transcript download: an array of stretches, each a participant and the words they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, fields, name, records, seconds, string, within
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words, in_order

NAME = "recall"


def matches(source: Source) -> bool:
    return any(_is_stretch(stretch) for stretch in records(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """A name that comes late is given to the same participant's earlier words; a speaker without one stays nameless."""
    stretches = [stretch for stretch in records(source.json) if _is_stretch(stretch)]
    names = _names(stretches)
    cues = [cue for stretch in stretches for cue in _cues(stretch, names)]
    languages = (name(stretch.get("language_code") or stretch.get("language")) for stretch in stretches)
    return (transcript_from(in_order(cues), format=NAME, language=next(filter(None, languages), None)),)


def _is_stretch(stretch: Fields) -> bool:
    """Of the present shape, or of the first version's, which had the speaker's name alone."""
    words = records(stretch.get("words"))
    return ("participant" in stretch or "speaker" in stretch) and any("start_timestamp" in word for word in words)


def _names(stretches: Sequence[Fields]) -> dict[str, str]:
    names: dict[str, str] = {}
    for stretch in stretches:
        participant = fields(stretch.get("participant"))
        if (called := name(participant.get("name"))) and (participant_id := string(participant.get("id"))):
            names[participant_id] = called
    return names


def _cues(stretch: Fields, names: Mapping[str, str]) -> list[Cue]:
    participant = fields(stretch.get("participant"))
    called = name(participant.get("name")) or name(stretch.get("speaker"))
    speaker = called or names.get(string(participant.get("id")))
    return cues_from_words(
        Word(
            text=string(word.get("text")),
            start_s=_time(word.get("start_timestamp")),
            end_s=_time(word.get("end_timestamp")),
            speaker=speaker,
        )
        for word in records(stretch.get("words"))
    )


def _time(stamp: object) -> float | None:
    return seconds(within(stamp, "relative") if isinstance(stamp, dict) else stamp)
