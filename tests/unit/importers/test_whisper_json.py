from __future__ import annotations

from typing import Any

import pytest

from copilot.domain.call import Role
from copilot.importers import srt, whisper_json
from copilot.importers.source import Source
from tests.unit.importers.files import file, lines, said, texts


def segment(text: str, start: object, end: object, **more: object) -> dict[str, Any]:
    return {"id": 0, "seek": 0, "start": start, "end": end, "text": text, **more}


def word(text: str, start: float | None = None, speaker: str | None = None) -> dict[str, Any]:
    times = {} if start is None else {"start": start, "end": start + 0.2, "score": 0.9}
    return {"word": text, **times, **({} if speaker is None else {"speaker": speaker})}


PLAIN = [segment(" Why does it", 0.5, 1.5), segment(" take so long?", 1.5, 2.5), segment(" Well.", 3.0, 3.5)]
EXPECTED = [(None, 0.5, 2.5, "Why does it take so long?"), (None, 3.0, 3.5, "Well.")]


class TestShapes:
    def test_of_whisper_and_faster_whisper_come_out_alike(self) -> None:
        tuples = [[k, 0, s["start"], s["end"], s["text"], [], -0.2, 1.1, 0.0, None] for k, s in enumerate(PLAIN)]
        cpp = [
            {
                "timestamps": {"from": "00:00:00,500", "to": "00:00:01,500"},
                "offsets": {"from": s["start"] * 1000, "to": s["end"] * 1000},
                "text": s["text"],
            }
            for s in PLAIN
        ]
        chunks = [{"timestamp": [s["start"], s["end"]], "text": s["text"]} for s in PLAIN]
        sources = [
            file({"text": "…", "segments": PLAIN, "language": "en"}),
            file(PLAIN),
            lines(*PLAIN),
            file(tuples),
            file({"systeminfo": "…", "result": {"language": "en"}, "transcription": cpp}),
            file({"text": "…", "chunks": chunks}),
        ]
        assert [said(whisper_json.read(source)[0]) for source in sources] == [EXPECTED] * len(sources)

    def test_and_subtitles_of_the_same_call_come_out_alike(self) -> None:
        text = (
            "1\n00:00:00,500 --> 00:00:01,500\nWhy does it\n\n2\n00:00:01,500 --> 00:00:02,500\ntake so long?\n\n"
            "3\n00:00:03,000 --> 00:00:03,500\nWell.\n"
        )
        assert said(srt.read(Source.decode("call.srt", text.encode()))[0]) == EXPECTED

    def test_name_their_language(self) -> None:
        documents = [
            {"segments": PLAIN, "language": "en"},
            {"transcription": PLAIN, "result": {"language": "en"}},
            {"segments": PLAIN, "info": {"language": "en"}},
        ]
        assert [whisper_json.read(file(document))[0].language for document in documents] == ["en"] * 3

    def test_may_have_words_alone(self) -> None:
        words = [word("Why", 0.5), word("not?", 0.8)]
        assert texts(whisper_json.read(file({"text": "Why not?", "words": words}))[0]) == ["Why not?"]

    def test_keep_a_segment_that_ends_before_it_begins(self) -> None:
        (transcript,) = whisper_json.read(file({"segments": [segment("Why?", 5.0, 4.0)]}))
        assert said(transcript) == [(None, 5.0, None, "Why?")]


class TestUnits:
    def test_may_be_milliseconds_for_segments_and_words(self) -> None:
        words = [
            {**word("Why", speaker="Dana"), "start": 500, "end": 900},
            {**word("Yes", speaker="Luis"), "start": 1000},
        ]
        segments = [segment("Why Yes", 500, 1500, words=words), segment("Because it is slow.", 2000, 4000)]
        assert said(whisper_json.read(file(segments))[0]) == [
            ("Dana", 0.5, 0.9, "Why"),
            ("Luis", 1.0, None, "Yes"),
            (None, 2.0, 4.0, "Because it is slow."),
        ]

    def test_are_seconds_where_ends_are_missing(self) -> None:
        assert said(whisper_json.read(file([segment("Why?", 5.0, None)]))[0]) == [(None, 5.0, None, "Why?")]


class TestSpeakers:
    def test_may_stand_on_words_alone(self) -> None:
        diarized = segment("Why?", 0, 1, words=[word("Why?", 0.2, "SPEAKER_00")])
        assert said(whisper_json.read(file({"segments": [diarized]}))[0]) == [("SPEAKER_00", 0.0, 1.0, "Why?")]

    def test_may_be_called_what_they_are(self) -> None:
        segments = [segment("Why?", 0, 1, speaker="agent"), segment("Because.", 1, 2, speaker="Customer")]
        (transcript,) = whisper_json.read(file({"segments": segments}))
        assert [u.role for u in transcript.utterances] == [Role.REP, Role.CUSTOMER]

    @pytest.mark.parametrize(("label", "shown"), [("SPEAKER_00", "SPEAKER_00"), ("A", "Speaker A"), ("Dana", "Dana")])
    def test_stand_on_segments(self, label: str, shown: str) -> None:
        diarized = segment("Why?", 0, 1, type="transcript.text.segment", speaker=label)
        assert said(whisper_json.read(file({"segments": [diarized]}))[0]) == [(shown, 0.0, 1.0, "Why?")]

    def test_that_change_within_a_segment_split_it(self) -> None:
        words = [
            word("Why", 0.0, "SPEAKER_00"),
            word("then?", 0.3, "SPEAKER_00"),
            word("Because", 0.6, "SPEAKER_01"),
            word("42."),
        ]
        source = file({"segments": [segment("Why then? Because 42.", 0, 2, speaker="SPEAKER_01", words=words)]})
        assert said(whisper_json.read(source)[0]) == [
            ("SPEAKER_00", 0.0, 0.5, "Why then?"),
            ("SPEAKER_01", 0.6, 0.8, "Because 42."),
        ]

    def test_are_nobody_where_they_are_missing_or_in_doubt(self) -> None:
        segments = [segment("Why?", 0, 1), segment("Because.", 1, 2, speaker="?")]
        assert [speaker for speaker, *_ in said(whisper_json.read(file({"segments": segments}))[0])] == [None, None]

    def test_are_looked_up_where_the_file_maps_them(self) -> None:
        speakers = {"0": {"label": "Dana"}, "1": "Luis"}
        segments = [segment("Why?", 0, 1, speaker=0), segment("Because.", 1, 2, speaker="1")]
        (transcript,) = whisper_json.read(file({"segments": segments, "speakers": speakers}))
        assert [speaker for speaker, *_ in said(transcript)] == ["Dana", "Luis"]
