"""AssemblyAI's JSON: turns or words in milliseconds, beside a duration in seconds."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    name,
    number,
    records,
    seconds,
    speaker_label,
    string,
)
from copilot.importers.source import Source
from copilot.importers.units import unit_s
from copilot.importers.words import Word, cues_from_words, cues_of_turn, in_order

NAME = "assemblyai"


def matches(source: Source) -> bool:
    return any(_is_spoken(record) for document in documents(source.json) for record in _spoken(document))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each response; `utterances` is null where speakers were not asked for."""
    return tuple(_transcript(document) for document in documents(source.json) if _spoken(document))


def _spoken(document: Fields) -> list[Fields]:
    if "segments" in document:
        return []
    return records(document.get("utterances")) or records(document.get("words"))


def _is_spoken(record: Fields) -> bool:
    return isinstance(record.get("text"), str) and number(record.get("start")) is not None and "end" in record


def _transcript(document: Fields) -> Transcript:
    unit = _unit_s(_spoken(document), number(document.get("audio_duration")))
    turns = records(document.get("utterances"))
    if turns:
        cues = in_order(cue for turn in turns for cue in _turn_cues(turn, unit))
    else:
        cues = cues_from_words(_word(word, unit) for word in records(document.get("words")))
    return transcript_from(cues, format=NAME, language=name(document.get("language_code")))


def _turn_cues(turn: Fields, unit: float) -> list[Cue]:
    said = _word(turn, unit)
    cue = Cue(said.text, said.speaker or _channel(turn), start_s=said.start_s, end_s=said.end_s)
    return cues_of_turn(cue, [_word(word, unit) for word in records(turn.get("words"))])


def _channel(turn: Fields) -> str | None:
    channel = string(turn.get("channel"))
    return f"Channel {channel}" if channel else None


def _word(record: Fields, unit: float) -> Word:
    return Word(
        text=string(record.get("text")),
        start_s=seconds(record.get("start"), unit),
        end_s=seconds(record.get("end"), unit),
        speaker=speaker_label(record.get("speaker")),
    )


def _unit_s(spoken: Sequence[Fields], length_s: float | None) -> float:
    return unit_s(((string(r.get("text")), number(r.get("start")), number(r.get("end"))) for r in spoken), length_s)
