"""Amazon Transcribe's JSON: times as text, punctuation without any, speakers on the items or in a list apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, documents, fields, name, records, seconds, string, within
from copilot.importers.source import Source
from copilot.importers.stretches import Speakers, Stretch
from copilot.importers.words import Word, cues_from_words, in_order

NAME = "aws_transcribe"
_SpeakerAt = Callable[[float | None], str | None]


def matches(source: Source) -> bool:
    return any(_is_result(_results(document)) for document in documents(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each job's result. With channels, the channel is the speaker."""
    results = (_results(document) for document in documents(source.json))
    return tuple(_transcript(result) for result in results if _is_result(result))


def _results(document: Fields) -> Fields:
    return fields(document.get("results"))


def _is_result(results: Fields) -> bool:
    if records(within(results, "channel_labels", "channels")) or records(results.get("audio_segments")):
        return True
    return any("alternatives" in item and "type" in item for item in records(results.get("items")))


def _transcript(results: Fields) -> Transcript:
    return transcript_from(_cues(results), format=NAME, language=name(results.get("language_code")))


def _cues(results: Fields) -> list[Cue]:
    if channels := _channels(results):
        return in_order(cue for label, items in channels.items() for cue in _channel_cues(label, items))
    if items := records(results.get("items")):
        speaker_at = _speakers(results)
        return cues_from_words(_word(item, speaker_at) for item in items)
    return in_order(_segment(segment) for segment in records(results.get("audio_segments")))


def _channels(results: Fields) -> dict[str, list[Fields]]:
    """The items of each channel, listed by channel or labelled one by one; none where there is only one channel."""
    listed = records(within(results, "channel_labels", "channels"))
    if listed:
        return {string(channel.get("channel_label")): records(channel.get("items")) for channel in listed}
    labelled: dict[str, list[Fields]] = {}
    label = ""
    for item in records(results.get("items")):
        label = string(item.get("channel_label")) or label
        labelled.setdefault(label, []).append(item)
    return labelled if len(labelled) > 1 else {}


def _channel_cues(label: str, items: Sequence[Fields]) -> list[Cue]:
    speaker = name(label)
    return cues_from_words(replace(_word(item, lambda _: None), speaker=speaker) for item in items)


def _word(item: Fields, speaker_at: _SpeakerAt) -> Word:
    start_s = seconds(item.get("start_time"))
    return Word(
        text=string(within(item, "alternatives", 0, "content")),
        start_s=start_s,
        end_s=seconds(item.get("end_time")),
        speaker=name(item.get("speaker_label")) or speaker_at(start_s),
        joins=item.get("type") == "punctuation",
    )


def _segment(segment: Fields) -> Cue:
    return Cue(
        text=string(segment.get("transcript")),
        speaker=name(segment.get("speaker_label")) or name(segment.get("channel_label")),
        start_s=seconds(segment.get("start_time")),
        end_s=seconds(segment.get("end_time")),
    )


def _speakers(results: Fields) -> _SpeakerAt:
    """Who speaks at a time: by a word's very start where it is listed, else by the stretch that it falls into."""
    segments = records(within(results, "speaker_labels", "segments"))
    words = {
        seconds(item.get("start_time")): name(item.get("speaker_label")) or name(segment.get("speaker_label"))
        for segment in segments
        for item in records(segment.get("items"))
        if seconds(item.get("start_time")) is not None
    }
    stretches = Speakers(
        Stretch(start_s, end_s, label)
        for segment in segments
        if (label := name(segment.get("speaker_label")))
        and (start_s := seconds(segment.get("start_time"))) is not None
        and (end_s := seconds(segment.get("end_time"))) is not None
    )
    return lambda time_s: words.get(time_s) or stretches.at(time_s)
