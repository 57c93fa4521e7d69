"""Azure's batch and fast transcription: phrases in ticks of 100 ns or in milliseconds, channels interleaved."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    duration_s,
    fields,
    first_of,
    milliseconds,
    name,
    records,
    seconds,
    speaker_label,
    string,
    within,
)
from copilot.importers.source import Source
from copilot.importers.words import in_order

NAME = "azure_speech"
_TICK_S = 1e-7


def matches(source: Source) -> bool:
    return any(_is_phrase(phrase) for document in documents(source.json) for phrase in _phrases(document))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each result, its phrases by their offset. With several channels the channel is the speaker."""
    return tuple(_transcript(_phrases(document)) for document in documents(source.json) if _phrases(document))


def _phrases(document: Fields) -> list[Fields]:
    return records(document.get("recognizedPhrases")) or records(document.get("phrases"))


def _is_phrase(phrase: Fields) -> bool:
    return bool({"offsetInTicks", "offset", "offsetMilliseconds"} & phrase.keys())


def _transcript(phrases: list[Fields]) -> Transcript:
    channels = {string(phrase.get("channel")) for phrase in phrases}
    cues = [_cue(phrase, by_channel=len(channels) > 1) for phrase in phrases]
    languages = (name(phrase.get("locale")) for phrase in phrases)
    return transcript_from(in_order(cues), format=NAME, language=next(filter(None, languages), None))


def _cue(phrase: Fields, *, by_channel: bool) -> Cue:
    start_s = _time(phrase, "offset")
    length_s = _time(phrase, "duration")
    channel = string(phrase.get("channel"))
    best = fields(within(phrase, "nBest", 0))
    return Cue(
        text=string(first_of(best, "display", "itn", "lexical")) or string(phrase.get("text")),
        speaker=f"Channel {channel}" if by_channel and channel else speaker_label(phrase.get("speaker")),
        start_s=start_s,
        end_s=None if start_s is None or length_s is None else start_s + length_s,
    )


def _time(phrase: Fields, what: str) -> float | None:
    if (ticks := phrase.get(f"{what}InTicks")) is not None:
        return seconds(ticks, _TICK_S)
    if (count := phrase.get(f"{what}Milliseconds")) is not None:
        return milliseconds(count)
    return duration_s(phrase.get(what))
