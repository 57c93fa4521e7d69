"""Deepgram's JSON: `results.utterances` where they were asked for, else words by speaker and gap."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.importers.assembly import transcript_from
from copilot.importers.cues import Cue
from copilot.importers.json_fields import Fields, documents, fields, first_of, name, records, seconds, string, within
from copilot.importers.source import Source
from copilot.importers.words import Word, cues_from_words, cues_of_turn, in_order

NAME = "deepgram"


def matches(source: Source) -> bool:
    return any(_alternative(channel) for document in documents(source.json) for channel in _channels(document))


def read(source: Source) -> tuple[Transcript, ...]:
    """One transcript for each response. With several channels the channel is the speaker."""
    return tuple(_transcript(document) for document in documents(source.json) if _channels(document))


def _channels(document: Fields) -> list[Fields]:
    return records(within(document, "results", "channels"))


def _alternative(channel: Fields) -> Fields:
    return fields(within(channel, "alternatives", 0))


def _transcript(document: Fields) -> Transcript:
    channels = _channels(document)
    utterances = records(within(document, "results", "utterances"))
    if utterances:
        cues = [cue for u in utterances for cue in _cues_of(u, _speaker(u, u.get("channel"), len(channels)))]
    else:
        cues = [cue for k, channel in enumerate(channels) for cue in _channel_cues(channel, k, len(channels))]
    languages = (name(_alternative(c).get("language")) or name(c.get("detected_language")) for c in channels)
    return transcript_from(in_order(cues), format=NAME, language=next(filter(None, languages), None))


def _cues_of(utterance: Fields, speaker: str | None) -> list[Cue]:
    turn = Cue(
        text=string(utterance.get("transcript")),
        speaker=speaker,
        start_s=seconds(utterance.get("start")),
        end_s=seconds(utterance.get("end")),
    )
    return cues_of_turn(turn, [_word(word, speaker) for word in records(utterance.get("words"))])


def _channel_cues(channel: Fields, k: int, count: int) -> list[Cue]:
    alternative = _alternative(channel)
    words = [_word(word, _speaker(word, k, count)) for word in records(alternative.get("words"))]
    if words:
        return cues_from_words(words)
    return [
        Cue(
            string(sentence.get("text")),
            speaker,
            start_s=seconds(sentence.get("start")),
            end_s=seconds(sentence.get("end")),
        )
        for paragraph in records(within(alternative, "paragraphs", "paragraphs"))
        for speaker in [_speaker(paragraph, k, count)]
        for sentence in records(paragraph.get("sentences"))
    ] or [Cue(string(alternative.get("transcript")), _speaker({}, k, count))]


def _word(word: Fields, speaker: str | None) -> Word:
    text = string(first_of(word, "punctuated_word", "word"))
    return Word(text, seconds(word.get("start")), seconds(word.get("end")), speaker)


def _speaker(record: Fields, channel: object, channels: int) -> str | None:
    if channels > 1:
        return f"Channel {string(channel)}" if string(channel) else None
    speaker = string(record.get("speaker"))
    return f"Speaker {speaker}" if speaker else None
