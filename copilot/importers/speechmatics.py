"""Speechmatics: version 2's typed results, and version 1's words with a start, a length and speakers apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, documents, fields, name, records, seconds, string, within
from copilot.importers.source import Source
from copilot.importers.stretches import Speakers, Stretch
from copilot.importers.words import Word, cues_from_words, in_order

NAME = "speechmatics"
_NOBODY = "UU"


def matches(source: Source) -> bool:
    return any(_is_v2(document) or _is_v1(document) for document in documents(source.json))


def read(source: Source) -> tuple[Transcript, ...]:
    return tuple(
        transcript_from(
            _v2_cues(document) if _is_v2(document) else cues_from_words(_v1_words(document)),
            format=NAME,
            language=name(within(document, "metadata", "transcription_config", "language")),
        )
        for document in documents(source.json)
        if _is_v2(document) or _is_v1(document)
    )


def _is_v2(document: Fields) -> bool:
    return any(
        "type" in result and "content" in fields(within(result, "alternatives", 0))
        for result in records(document.get("results"))
    )


def _is_v1(document: Fields) -> bool:
    return any({"name", "time", "duration"} <= word.keys() for word in records(document.get("words")))


def _v2_cues(document: Fields) -> list[Cue]:
    by_channel: dict[str, list[Fields]] = {}
    for result in records(document.get("results")):
        if result.get("type") != "speaker_change":
            by_channel.setdefault(string(result.get("channel")), []).append(result)
    return in_order(
        cue for channel, results in by_channel.items() for cue in cues_from_words(_v2_words(results, name(channel)))
    )


def _v2_words(results: Sequence[Fields], channel: str | None) -> Iterator[Word]:
    attached = False
    for result in results:
        attaches_to = result.get("attaches_to")
        timed = result.get("type") != "punctuation"
        yield Word(
            text=string(within(result, "alternatives", 0, "content")),
            start_s=seconds(result.get("start_time")) if timed else None,
            end_s=seconds(result.get("end_time")) if timed else None,
            speaker=channel or _somebody(within(result, "alternatives", 0, "speaker")),
            joins=attached or attaches_to in ("previous", "both"),
        )
        attached = attaches_to in ("next", "both")


def _v1_words(document: Fields) -> Iterator[Word]:
    speakers = Speakers(
        Stretch(start_s, start_s + length_s, _somebody(turn.get("name")) or "")
        for turn in records(document.get("speakers"))
        if (start_s := seconds(turn.get("time"))) is not None
        and (length_s := seconds(turn.get("duration"))) is not None
    )
    for word in records(document.get("words")):
        yield _v1_word(word, speakers)


def _v1_word(word: Fields, speakers: Speakers) -> Word:
    """A word's end is its start and its length; marks have a time too, which says nothing."""
    text = string(word.get("name"))
    start_s, length_s = seconds(word.get("time")), seconds(word.get("duration"))
    if start_s is None or not any(map(str.isalnum, text)):
        return Word(text)
    return Word(text, start_s, None if length_s is None else start_s + length_s, speakers.at(start_s))


def _somebody(label: object) -> str | None:
    called = name(label)
    return None if called == _NOBODY else called
