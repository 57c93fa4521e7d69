"""ElevenLabs Scribe: words in seconds, with the spaces between them and sounds as words of their own."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, documents, name, records, seconds, string
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words, in_order

NAME = "elevenlabs"
_SOUND = "audio_event"


def matches(source: Source) -> bool:
    return any(
        _is_word(word) for d in documents(source.json) for part in _parts(d) for word in records(part.get("words"))
    )


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each response. With several channels the channel is the speaker."""
    return tuple(_transcript(_parts(document)) for document in documents(source.json))


def _parts(document: Fields) -> list[Fields]:
    return records(document.get("transcripts")) or [document]


def _is_word(word: Fields) -> bool:
    return word.get("type") in ("word", "spacing", _SOUND) and isinstance(word.get("text"), str)


def _transcript(parts: list[Fields]) -> Transcript:
    cues = in_order(cue for part in parts for cue in _cues(part, by_channel=len(parts) > 1))
    languages = (name(part.get("language_code")) for part in parts)
    return transcript_from(cues, format=NAME, language=next(filter(None, languages), None))


def _cues(part: Fields, *, by_channel: bool) -> list[Cue]:
    channel = f"Channel {string(part.get('channel_index'))}" if by_channel else None
    return cues_from_words(
        Word(
            text=string(word.get("text")),
            start_s=seconds(word.get("start")),
            end_s=seconds(word.get("end")),
            speaker=channel or name(word.get("speaker_id")),
        )
        for word in records(part.get("words"))
        if word.get("type") != _SOUND
    )
