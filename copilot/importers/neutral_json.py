"""JSON of no program in particular: somewhere in it an array of texts, each with who said it or when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copilot.domain.call import Role, Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    clock_s,
    documents,
    fields,
    first_of,
    instant_s,
    name,
    number,
    records,
    seconds,
    speaker_label,
    string,
)
from copilot.importers.source import Source
from copilot.importers.speaker_names import named_role
from copilot.importers.units import unit_s

NAME = "neutral_json"
_TEXT = ("text", "content", "transcript", "sentence", "utterance", "words")  # a `message` may be a log's
_SPEAKER = (
    *("speaker", "speakerName", "speaker_name", "speakerLabel", "speaker_label", "speakerId", "speaker_id"),
    *("participant", "participantName", "participant_name", "who"),
)
_SPEAKER_NAME = ("name", "displayName", "display_name", "label", "id")
_START = ("start_s", "start", "start_time", "startTime", "startTimestamp", "timestamp", "time", "begin", "offset")
_END = ("end_s", "end", "end_time", "endTime", "endTimestamp", "stop")
_START_MS = ("start_ms", "startMs", "startMillis", "offset_ms", "offsetMs")
_END_MS = ("end_ms", "endMs", "endMillis")
_TITLE = ("title", "meeting_title", "subject", "topic")
_DEEPEST = 4


@dataclass(frozen=True)
class _Found:
    turns: Sequence[Fields]
    title: str | None


def matches(source: Source) -> bool:
    return any(True for _ in _found(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each object that holds turns; a bare array is one call."""
    return tuple(_transcript(found) for found in _found(source.json))


def _found(json: object) -> Iterator[_Found]:
    if _are_turns(records(json)):
        yield _Found(records(json), None)
        return
    for document in documents(json):
        if turns := _turns_within(document, _DEEPEST):
            yield _Found(turns, name(first_of(document, *_TITLE)))


def _turns_within(document: Fields, depth: int) -> Sequence[Fields]:
    """The nearest array of turns: those of the object itself before those of the objects in it."""
    for value in document.values():
        if _are_turns(records(value)):
            return records(value)
    inner = (_turns_within(value, depth - 1) for value in document.values() if isinstance(value, dict) and depth)
    return next((turns for turns in inner if turns), ())


def _are_turns(given: Sequence[Fields]) -> bool:
    return sum(map(_is_turn, given)) * 2 > len(given)


def _is_turn(record: Fields) -> bool:
    if not isinstance(first_of(record, *_TEXT), str):
        return False
    timed = first_of(record, *_START, *_START_MS) is not None
    return timed or first_of(record, *_SPEAKER) is not None or _side(record) is not Role.UNKNOWN


def _transcript(found: _Found) -> Transcript:
    turns = [turn for turn in found.turns if _is_turn(turn)]
    spans = ((string(first_of(t, *_TEXT)), _plain(t, _START), _plain(t, _END)) for t in turns)
    unit = unit_s(spans, otherwise_s=1.0)
    begin_s = next((start for turn in turns if (start := instant_s(first_of(turn, *_START))) is not None), None)
    cues = [_cue(turn, unit, begin_s) for turn in turns]
    timed = any(cue.end_s is not None for cue in cues)
    return transcript_from(cues, format=NAME, title=found.title, join=timed)


def _plain(turn: Fields, keys: Sequence[str]) -> float | None:
    return number(first_of(turn, *keys))


def _cue(turn: Fields, unit: float, begin_s: float | None) -> Cue:
    speaker, role = _speaker(turn)
    return Cue(
        text=string(first_of(turn, *_TEXT)),
        speaker=speaker,
        role=role,
        start_s=_time(turn, _START, _START_MS, unit, begin_s),
        end_s=_time(turn, _END, _END_MS, unit, begin_s),
    )


def _time(
    turn: Fields, keys: Sequence[str], ms_keys: Sequence[str], unit: float, begin_s: float | None
) -> float | None:
    """A number in the file's unit, milliseconds by name, a clock's time, or a time of day less the first."""
    value = first_of(turn, *keys)
    if value is None:
        return seconds(first_of(turn, *ms_keys), 0.001)
    if number(value) is not None:
        return seconds(value, unit)
    if begin_s is not None and (moment_s := instant_s(value)) is not None:
        return seconds(moment_s - begin_s)
    return clock_s(value)


def _speaker(turn: Fields) -> tuple[str | None, Role]:
    given = first_of(turn, *_SPEAKER)
    label = speaker_label(first_of(fields(given), *_SPEAKER_NAME) if isinstance(given, dict) else given)
    if label is None:
        return name(turn.get("role")) if _side(turn) is not Role.UNKNOWN else None, _side(turn)
    called, role = named_role(label)
    return called, _side(turn) if role is Role.UNKNOWN else role


def _side(turn: Fields) -> Role:
    role = name(turn.get("role"))
    return named_role(role)[1] if role else Role.UNKNOWN
