"""Speechmatics: version 2's typed results, and version 1's words with a start, a length and speakers apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, documents, fields, name, records, seconds, string, within
from copilot.importers.source import Source
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
    by_channel: dict[str, list[Word]] = {}
    for result in records(document.get("results")):
        if result.get("type") != "speaker_change":
            channel = string(result.get("channel"))
            by_channel.setdefault(channel, []).append(_v2_word(result, channel if channel else None))
    return in_order(cue for words in by_channel.values() for cue in cues_from_words(words))


def _v2_word(result: Fields, channel: str | None) -> Word:
    punctuation = result.get("type") == "punctuation"
    return Word(
        text=string(within(result, "alternatives", 0, "content")),
        start_s=None if punctuation else seconds(result.get("start_time")),
        end_s=None if punctuation else seconds(result.get("end_time")),
        speaker=channel or _somebody(within(result, "alternatives", 0, "speaker")),
        joins=result.get("attaches_to") in ("previous", "both") if "attaches_to" in result else punctuation,
    )


def _v1_words(document: Fields) -> Iterator[Word]:
    turns = sorted(
        (
            (start_s, start_s + (seconds(turn.get("duration")) or 0.0), _somebody(turn.get("name")))
            for turn in records(document.get("speakers"))
            if (start_s := seconds(turn.get("time"))) is not None
        ),
        key=lambda turn: turn[:2],
    )
    starts = [start_s for start_s, _, _ in turns]
    for word in records(document.get("words")):
        text = string(word.get("name"))
        start_s = seconds(word.get("time"))
        length_s = seconds(word.get("duration"))
        if not any(map(str.isalnum, text)):
            yield Word(text)
            continue
        k = -1 if start_s is None else bisect_right(starts, start_s) - 1
        speaker = turns[k][2] if start_s is not None and k >= 0 and start_s <= turns[k][1] else None
        yield Word(text, start_s, None if start_s is None or length_s is None else start_s + length_s, speaker)


def _somebody(label: object) -> str | None:
    called = name(label)
    return None if called == _NOBODY else called
