"""The Whisper family's JSON, and every other list of segments with a start, an end and a text."""

from __future__ import annotations

from dataclasses import replace

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    elements,
    fields,
    first_of,
    milliseconds,
    name,
    number,
    records,
    seconds,
    speaker_label,
    string,
    within,
)
from copilot.importers.source import Source
from copilot.importers.speaker_names import named_role
from copilot.importers.units import unit_s
from copilot.importers.words import Word, cues_from_words

NAME = "whisper_json"


def matches(source: Source) -> bool:
    return bool(_segments(source.json) or _bare_words(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """Segments as they are, as the same call's SRT and VTT have them; words only where speakers change within one."""
    document = fields(source.json)
    language = first_of(document, "language") or first_of(fields(document.get("result")), "language")
    language = language or within(document, "info", "language") or within(document, "transcript", "language")
    return (transcript_from(_cues(source.json), format=NAME, language=name(language)),)


def _cues(json: object) -> list[Cue]:
    names = _names(fields(json))
    segments = _segments(json)
    spans = ((string(s.get("text")), number(s.get("start")), number(s.get("end"))) for s in segments)
    unit = unit_s(spans, otherwise_s=1.0)
    found = [cue for segment in segments for cue in _segment_cues(segment, names, unit)]
    found = found or cues_from_words(_word(word, None, names, unit) for word in _bare_words(json))
    return [_with_side(cue) for cue in found]


def _with_side(cue: Cue) -> Cue:
    """Speakers may be called what they are: known voices can be given to a recogniser as `agent` and `customer`."""
    if cue.speaker is None:
        return cue
    called, role = named_role(cue.speaker)
    return replace(cue, speaker=called, role=role)


def _segments(json: object) -> list[Fields]:
    document = fields(json)
    given = (
        records(document.get("segments")) or records(document.get("transcription")) or records(document.get("chunks"))
    )
    plain = given or (documents(json) if isinstance(json, list) else []) or _tuples(json)
    return [segment for segment in plain if isinstance(segment.get("text"), str) and _has_time(segment)]


def _tuples(json: object) -> list[Fields]:
    """faster-whisper's named tuples lose their names in JSON: id, seek, start, end, text."""
    given = elements(json) or elements(fields(json).get("segments"))
    return [
        {"start": within(segment, 2), "end": within(segment, 3), "text": within(segment, 4)}
        for segment in given
        if seconds(within(segment, 2)) is not None and isinstance(within(segment, 4), str)
    ]


def _has_time(segment: Fields) -> bool:
    return bool({"start", "end", "offsets", "timestamp"} & segment.keys())


def _bare_words(json: object) -> list[Fields]:
    """Words without segments: a response in which only words were asked for."""
    document = fields(json)
    words = records(document.get("word_segments")) or records(document.get("words"))
    return [word for word in words if isinstance(word.get("word"), str) and _has_time(word)]


def _names(document: Fields) -> dict[str, str]:
    """Speakers by their label, where the document maps them."""
    mapped = fields(document.get("speakers"))
    return {key: called for key, value in mapped.items() if (called := name(value) or name(within(value, "label")))}


def _segment_cues(segment: Fields, names: dict[str, str], unit: float) -> list[Cue]:
    start_s, end_s = _times(segment, unit)
    speaker = _speaker(segment, names)
    words = [_word(word, speaker, names, unit) for word in records(segment.get("words"))]
    speakers = {word.speaker for word in words}
    if len(speakers) > 1:
        return cues_from_words(words)
    return [Cue(string(segment.get("text")), speakers.pop() if speakers else speaker, start_s=start_s, end_s=end_s)]


def _word(word: Fields, speaker: str | None, names: dict[str, str], unit: float) -> Word:
    text = string(first_of(word, "word", "text"))
    start_s, end_s = seconds(word.get("start"), unit), seconds(word.get("end"), unit)
    return Word(text, start_s, end_s, _speaker(word, names) or speaker)


def _times(segment: Fields, unit: float) -> tuple[float | None, float | None]:
    """Whisper counts in seconds; whisper.cpp has `offsets` in milliseconds, transformers a `timestamp` of two."""
    if offsets := fields(segment.get("offsets")):
        return milliseconds(offsets.get("from")), milliseconds(offsets.get("to"))
    if pair := elements(segment.get("timestamp")):
        return seconds(pair[0]), seconds(within(pair, 1))
    return seconds(segment.get("start"), unit), seconds(segment.get("end"), unit)


def _speaker(record: Fields, names: dict[str, str]) -> str | None:
    """whisper.cpp writes `?` where it cannot tell."""
    label = string(record.get("speaker")).strip()
    if label == "?":
        return None
    return names.get(label) or speaker_label(label)
