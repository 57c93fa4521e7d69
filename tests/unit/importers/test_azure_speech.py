from __future__ import annotations

from typing import Any

from copilot.importers import azure_speech
from tests.unit.importers.files import file, said


def phrase(offset: object, duration: object, text: str, **more: object) -> dict[str, Any]:
    return {"offsetInTicks": offset, "durationInTicks": duration, "nBest": [{"display": text}], "channel": 0, **more}


class TestAzure:
    def test_counts_in_ticks_of_a_hundred_nanoseconds(self) -> None:
        phrases = [
            phrase(5000000.0, 9000000.0, "Hello there.", speaker=1, locale="en-US"),
            phrase("20000000", 7000000, "How are you?", speaker=2),
        ]
        (transcript,) = azure_speech.read(file({"recognizedPhrases": phrases}))
        assert transcript.language == "en-US"
        assert said(transcript) == [("Speaker 1", 0.5, 1.4, "Hello there."), ("Speaker 2", 2.0, 2.7, "How are you?")]

    def test_sorts_channels_by_offset_and_names_them(self) -> None:
        phrases = [
            phrase(0, 10000000, "Hello.", channel=0),
            phrase(40000000, 10000000, "Fine.", channel=0),
            phrase(20000000, 10000000, "And you?", channel=1),
        ]
        told = said(azure_speech.read(file({"recognizedPhrases": phrases}))[0])
        assert [(speaker, text) for speaker, _, _, text in told] == [
            ("Channel 0", "Hello."),
            ("Channel 1", "And you?"),
            ("Channel 0", "Fine."),
        ]

    def test_reads_fast_transcription_and_iso_durations(self) -> None:
        fast = {"offsetMilliseconds": 500, "durationMilliseconds": 900, "text": "Hello.", "speaker": 1}
        iso = {"offset": "PT0.5S", "duration": "PT0.9S", "nBest": [{"display": "Hello."}], "speaker": 1}
        expected = [("Speaker 1", 0.5, 1.4, "Hello.")]
        assert said(azure_speech.read(file({"phrases": [fast]}))[0]) == expected
        assert said(azure_speech.read(file({"recognizedPhrases": [iso]}))[0]) == expected

    def test_leaves_out_phrases_that_were_not_recognised(self) -> None:
        phrases = [phrase(0, 1, "Hello."), {"recognitionStatus": "Failure", "offsetInTicks": 5}]
        assert len(azure_speech.read(file({"recognizedPhrases": phrases}))[0].utterances) == 1
