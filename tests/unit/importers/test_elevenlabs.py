from __future__ import annotations

from typing import Any

from copilot.importers import elevenlabs
from tests.unit.importers.files import file, said


def word(text: str, start: float, end: float, speaker: str = "speaker_0", type_: str = "word") -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "type": type_, "speaker_id": speaker}


class TestElevenLabs:
    def test_counts_in_seconds_and_leaves_out_spaces_and_sounds(self) -> None:
        words = [
            word("Why", 0.5, 0.7),
            word(" ", 0.7, 0.8, type_="spacing"),
            word("not?", 0.8, 1.0),
            word("(laughs)", 1.1, 1.4, type_="audio_event"),
            word("Well.", 1.5, 1.9, "speaker_1"),
        ]
        (transcript,) = elevenlabs.read(file({"language_code": "eng", "text": "…", "words": words}))
        assert transcript.language == "eng"
        assert said(transcript) == [("speaker_0", 0.5, 1.0, "Why not?"), ("speaker_1", 1.5, 1.9, "Well.")]

    def test_takes_channels_for_speakers(self) -> None:
        parts = [
            {"channel_index": 0, "words": [word("Hello.", 0, 1), word("Fine.", 4, 5)]},
            {"channel_index": 1, "words": [word("Hi.", 2, 3)]},
        ]
        told = said(elevenlabs.read(file({"transcripts": parts}))[0])
        assert [(speaker, text) for speaker, _, _, text in told] == [
            ("Channel 0", "Hello."),
            ("Channel 1", "Hi."),
            ("Channel 0", "Fine."),
        ]
