from __future__ import annotations

from typing import Any

from copilot.importers import deepgram
from tests.unit.importers.files import file, said


def word(text: str, start: float, end: float, speaker: int | None = None) -> dict[str, Any]:
    plain = {"word": text.strip(".?").lower(), "punctuated_word": text, "start": start, "end": end}
    return plain if speaker is None else {**plain, "speaker": speaker}


def response(*channels: list[dict[str, Any]], utterances: object = None) -> dict[str, Any]:
    found = [{"alternatives": [{"transcript": "…", "words": words}], "detected_language": "en"} for words in channels]
    return {"metadata": {"duration": 10}, "results": {"channels": found, "utterances": utterances}}


class TestWords:
    def test_are_split_by_speaker_and_gap(self) -> None:
        words = [
            word("Why?", 0, 0.4, 0),
            word("Because", 0.5, 0.9, 1),
            word("so.", 1.0, 1.2, 1),
            word("Ah.", 5, 5.3, 1),
        ]
        (transcript,) = deepgram.read(file(response(words)))
        assert transcript.language == "en"
        assert said(transcript) == [
            ("Speaker 0", 0.0, 0.4, "Why?"),
            ("Speaker 1", 0.5, 1.2, "Because so."),
            ("Speaker 1", 5.0, 5.3, "Ah."),
        ]

    def test_without_speakers_name_nobody(self) -> None:
        assert said(deepgram.read(file(response([word("Hello.", 0, 1)])))[0]) == [(None, 0.0, 1.0, "Hello.")]

    def test_of_several_channels_are_the_channels(self) -> None:
        left, right = [word("Hello.", 0, 1, 0), word("Fine.", 4, 5, 0)], [word("Hi.", 2, 3, 0)]
        (transcript,) = deepgram.read(file(response(left, right)))
        assert [(speaker, text) for speaker, _, _, text in said(transcript)] == [
            ("Channel 0", "Hello."),
            ("Channel 1", "Hi."),
            ("Channel 0", "Fine."),
        ]


class TestUtterances:
    def test_are_taken_as_they_are(self) -> None:
        utterances = [
            {"start": 1.5, "end": 2.0, "transcript": "Why?", "speaker": 1, "channel": 0, "words": []},
            {"start": 2.1, "end": 3.0, "transcript": "Because.", "speaker": 0, "channel": 0, "words": []},
        ]
        (transcript,) = deepgram.read(file(response([word("ignored", 0, 1)], utterances=utterances)))
        assert said(transcript) == [("Speaker 1", 1.5, 2.0, "Why?"), ("Speaker 0", 2.1, 3.0, "Because.")]

    def test_name_their_channel_where_there_are_several(self) -> None:
        utterances = [{"start": 1, "end": 2, "transcript": "Why?", "speaker": 0, "channel": 1}]
        (transcript,) = deepgram.read(file(response([], [], utterances=utterances)))
        assert said(transcript)[0][0] == "Channel 1"


class TestLess:
    def test_paragraphs_or_the_whole_text_stand_in_for_words(self) -> None:
        sentences = [{"text": "Hello.", "start": 1, "end": 2}]
        paragraphs = {"paragraphs": [{"speaker": 0, "sentences": sentences}]}
        with_paragraphs = {"results": {"channels": [{"alternatives": [{"paragraphs": paragraphs}]}]}}
        with_text = {"results": {"channels": [{"alternatives": [{"transcript": "Hello."}]}]}}
        assert said(deepgram.read(file(with_paragraphs))[0]) == [("Speaker 0", 1.0, 2.0, "Hello.")]
        assert said(deepgram.read(file(with_text))[0]) == [(None, None, None, "Hello.")]
