from __future__ import annotations

from typing import Any

from copilot.importers import assemblyai
from tests.unit.importers.files import file, said


def spoken(text: str, start: object, end: object, speaker: str | None = None) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "speaker": speaker}


class TestAssemblyAI:
    def test_counts_in_milliseconds_beside_a_length_in_seconds(self) -> None:
        turns = [spoken("Why?", 250, 900, "A"), spoken("Because.", "1000", "2250", "B")]
        document = {"audio_duration": 3, "language_code": "en", "utterances": turns, "words": []}
        (transcript,) = assemblyai.read(file(document))
        assert transcript.language == "en"
        assert said(transcript) == [("Speaker A", 0.25, 0.9, "Why?"), ("Speaker B", 1.0, 2.25, "Because.")]

    def test_falls_back_on_words_where_utterances_are_null(self) -> None:
        words = [spoken("Why?", 0, 300, "A"), spoken("Because.", 400, 800, "B")]
        (transcript,) = assemblyai.read(file({"audio_duration": 1, "utterances": None, "words": words}))
        assert said(transcript) == [("Speaker A", 0.0, 0.3, "Why?"), ("Speaker B", 0.4, 0.8, "Because.")]

    def test_names_nobody_where_words_have_no_speaker(self) -> None:
        document = {"audio_duration": 1, "utterances": None, "words": [spoken("Why?", 0, 300)]}
        assert said(assemblyai.read(file(document))[0]) == [(None, 0.0, 0.3, "Why?")]

    def test_cuts_a_turn_of_minutes_by_its_words(self) -> None:
        words = [spoken(f"w{k}", k * 300, k * 300 + 200) for k in range(90)]
        turn = {**spoken(" ".join(w["text"] for w in words), 0, 27000, "A"), "words": words}
        (transcript,) = assemblyai.read(file({"audio_duration": 27, "utterances": [turn]}))
        assert [(speaker, len(text.split())) for speaker, _, _, text in said(transcript)] == [
            ("Speaker A", 60),
            ("Speaker A", 30),
        ]

    def test_believes_a_file_that_can_only_be_in_seconds(self) -> None:
        words = [spoken(f"w{k}", k * 0.4, k * 0.4 + 0.3) for k in range(5)]
        assert said(assemblyai.read(file({"words": words}))[0]) == [(None, 0.0, 1.9, "w0 w1 w2 w3 w4")]

    def test_names_the_channel_where_a_turn_has_no_speaker(self) -> None:
        turns = [{**spoken("Why?", 0, 300), "channel": "1"}, {**spoken("Because.", 400, 800), "channel": "2"}]
        told = said(assemblyai.read(file({"audio_duration": 1, "utterances": turns}))[0])
        assert [speaker for speaker, *_ in told] == ["Channel 1", "Channel 2"]

    def test_leaves_segments_to_whisper(self) -> None:
        assert not assemblyai.matches(file({"segments": [], "words": [spoken("Why?", 0, 300)]}))
