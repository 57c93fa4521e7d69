from __future__ import annotations

from typing import Any

from copilot.importers import speechmatics
from tests.unit.importers.files import file, said


def word(text: str, start: object, end: object, speaker: str = "S1", **more: object) -> dict[str, Any]:
    alternatives = [{"content": text, "speaker": speaker, "language": "en"}]
    return {"type": "word", "start_time": start, "end_time": end, "alternatives": alternatives, **more}


def mark(text: str, at: object, speaker: str = "S1") -> dict[str, Any]:
    return {**word(text, at, at, speaker), "type": "punctuation", "attaches_to": "previous", "is_eos": True}


class TestVersion2:
    def test_joins_words_and_what_attaches_to_them(self) -> None:
        results = [word("Why", 0.5, 0.9), mark("?", 0.9), word("Because", 1.0, 1.4, "S2"), mark(".", 1.4, "S2")]
        document = {"format": "2.9", "metadata": {"transcription_config": {"language": "en"}}, "results": results}
        (transcript,) = speechmatics.read(file(document))
        assert transcript.language == "en"
        assert said(transcript) == [("S1", 0.5, 0.9, "Why?"), ("S2", 1.0, 1.4, "Because.")]

    def test_leaves_an_unknown_speaker_unknown(self) -> None:
        assert said(speechmatics.read(file({"results": [word("Why", 0, 1, "UU")]}))[0])[0][0] is None

    def test_spaces_marks_as_the_file_says(self) -> None:
        quote = {**mark("«", 0.9), "attaches_to": "next"}
        slash = {**mark("/", 1.4), "attaches_to": "both"}
        results = [word("Why", 0.5, 0.9), quote, word("and", 1.0, 1.4), slash, word("or", 1.5, 1.9)]
        assert said(speechmatics.read(file({"results": results}))[0])[0][3] == "Why «and/or"

    def test_passes_over_marks_of_a_change_of_speaker(self) -> None:
        results = [word("Why", 0.5, 0.9), {"type": "speaker_change", "start_time": 0.9}, word("not", 1.0, 1.2)]
        assert said(speechmatics.read(file({"results": results}))[0]) == [("S1", 0.5, 1.2, "Why not")]

    def test_takes_channels_for_speakers(self) -> None:
        results = [
            word("Hello", 0, 1, "UU", channel="Agent"),
            word("Fine", 4, 5, "UU", channel="Agent"),
            word("Hi", 2, 3, "UU", channel="Caller"),
        ]
        told = said(speechmatics.read(file({"results": results}))[0])
        assert [(speaker, text) for speaker, _, _, text in told] == [
            ("Agent", "Hello"),
            ("Caller", "Hi"),
            ("Agent", "Fine"),
        ]


class TestVersion1:
    def test_joins_speakers_by_time_and_has_lengths_as_text(self) -> None:
        document = {
            "words": [
                {"name": "Why", "time": "0.50", "duration": "0.40"},
                {"name": "?", "time": "0.90", "duration": "0.00"},
                {"name": "Because", "time": "1.00", "duration": "0.40"},
                {"name": "lost", "time": "5.00", "duration": "0.40"},
                {"name": "so", "time": "9.00", "duration": "0.40"},
                {"name": "timeless", "time": None, "duration": None},
            ],
            "speakers": [
                {"name": "M1", "time": "0.40", "duration": "0.50"},
                {"name": "F2", "time": "0.95", "duration": "1.00"},
                {"name": "UU", "time": "8.95", "duration": "1.00"},
            ],
        }
        assert said(speechmatics.read(file(document))[0]) == [
            ("M1", 0.5, 0.9, "Why?"),
            ("F2", 1.0, 1.4, "Because"),
            (None, 5.0, 5.4, "lost"),
            (None, 9.0, 9.4, "so timeless"),
        ]
