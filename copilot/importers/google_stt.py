"""Google Speech-to-Text: results of words, of which the last may repeat all the others with speakers."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import (
    Fields,
    documents,
    duration_s,
    fields,
    first_of,
    name,
    records,
    speaker_label,
    string,
    within,
)
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words, in_order

NAME = "google_stt"
_SPEAKER = ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
_CHANNEL = ("channelTag", "channel_tag")
_START = ("startTime", "startOffset", "start_time", "start_offset")
_END = ("endTime", "endOffset", "end_time", "end_offset")
_REPEATED_SHARE = 0.9


def matches(source: Source) -> bool:
    return any(_is_result(result) for document in documents(source.json) for result in _results(document))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each response, also within a finished operation."""
    return tuple(_transcript(_results(document)) for document in documents(source.json) if _results(document))


def _results(document: Fields) -> list[Fields]:
    response = fields(document.get("response")) or document
    if found := records(response.get("results")):
        return found
    files = fields(response.get("results")).values()
    return [
        result
        for file in files
        for result in records(
            within(file, "transcript", "results") or within(file, "inlineResult", "transcript", "results")
        )
    ]


def _alternative(result: Fields) -> Fields:
    return fields(within(result, "alternatives", 0))


def _is_result(result: Fields) -> bool:
    alternative = _alternative(result)
    return "timestamps" not in alternative and (
        isinstance(alternative.get("transcript"), str)
        or any("word" in word for word in records(alternative.get("words")))
    )


def _transcript(results: Sequence[Fields]) -> Transcript:
    by_channel: dict[str, list[Fields]] = {}
    for result in results:
        by_channel.setdefault(string(first_of(result, *_CHANNEL)), []).append(result)
    cues = [
        cue
        for channel, said in by_channel.items()
        for result in _without_repeats(said)
        for cue in _cues(result, f"Channel {channel}" if len(by_channel) > 1 and channel else None)
    ]
    languages = (name(first_of(result, "languageCode", "language_code")) for result in results)
    return transcript_from(in_order(cues), format=NAME, language=next(filter(None, languages), None))


def _without_repeats(results: Sequence[Fields]) -> Sequence[Fields]:
    """The last result alone where it holds the words of all before it, as it does when speakers were told apart."""
    words = [records(_alternative(result).get("words")) for result in results]
    if len(results) < 2 or not words[-1]:
        return results
    before = sum(
        len(said) or len(string(_alternative(r).get("transcript")).split())
        for said, r in zip(words[:-1], results, strict=False)
    )
    tagged = any(_speaker(word) for word in words[-1])
    begins_anew = _start_s(words[-1][0]) == _start_s(words[0][0]) if words[0] else True
    return results[-1:] if tagged and begins_anew and len(words[-1]) >= before * _REPEATED_SHARE else results


def _cues(result: Fields, channel: str | None) -> list[Cue]:
    alternative = _alternative(result)
    words = [
        Word(string(word.get("word")), _start_s(word), duration_s(first_of(word, *_END)), channel or _speaker(word))
        for word in records(alternative.get("words"))
    ]
    return cues_from_words(words) or [Cue(string(alternative.get("transcript")), channel)]


def _start_s(word: Fields) -> float | None:
    """A word without a start begins the recording: protocol buffers leave out what is zero."""
    start = first_of(word, *_START)
    if start is None:
        return 0.0 if first_of(word, *_END) is not None else None
    return duration_s(start)


def _speaker(word: Fields) -> str | None:
    """Tags count from 1; 0 is nobody told apart."""
    label = name(first_of(word, *_SPEAKER))
    return None if label == "0" else speaker_label(label)
