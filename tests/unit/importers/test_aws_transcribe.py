from __future__ import annotations

from typing import Any

from copilot.importers import aws_transcribe
from tests.unit.importers.files import file, said


def spoken(text: str, start: str, end: str, **more: str) -> dict[str, Any]:
    return {"type": "pronunciation", "alternatives": [{"content": text}], "start_time": start, "end_time": end, **more}


def mark(text: str) -> dict[str, Any]:
    return {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": text}]}


def label(speaker: str, start: str, end: str, *starts: str) -> dict[str, Any]:
    items = [{"speaker_label": speaker, "start_time": s, "end_time": end} for s in starts]
    return {"speaker_label": speaker, "start_time": start, "end_time": end, "items": items}


ITEMS = [spoken("Why", "0.5", "0.9"), mark("?"), spoken("Because", "1.0", "1.4"), spoken("so", "1.5", "1.7"), mark(".")]
EXPECTED = [("spk_0", 0.5, 0.9, "Why?"), ("spk_1", 1.0, 1.7, "Because so.")]


class TestSpeakers:
    def test_are_joined_by_the_start_of_a_word(self) -> None:
        segments = [label("spk_0", "0.5", "0.9", "0.5"), label("spk_1", "1.0", "1.7", "1.0", "1.5")]
        results = {"items": ITEMS, "speaker_labels": {"segments": segments}, "language_code": "en-US"}
        (transcript,) = aws_transcribe.read(file({"jobName": "j", "results": results}))
        assert (said(transcript), transcript.language) == (EXPECTED, "en-US")

    def test_are_joined_by_stretch_where_words_are_not_listed(self) -> None:
        segments = [label("spk_0", "0.0", "0.95"), label("", "0.95", "0.99"), label("spk_1", "1.0", "2.0")]
        results = {"items": ITEMS, "speaker_labels": {"segments": segments}}
        assert said(aws_transcribe.read(file({"results": results}))[0]) == EXPECTED

    def test_may_stand_on_the_items(self) -> None:
        items = [
            spoken("Why", "0.5", "0.9", speaker_label="spk_0"),
            mark("?"),
            spoken("Because", "1.0", "1.4", speaker_label="spk_1"),
            spoken("so", "1.5", "1.7", speaker_label="spk_1"),
            mark("."),
        ]
        assert said(aws_transcribe.read(file({"results": {"items": items}}))[0]) == EXPECTED

    def test_stay_unknown_outside_every_stretch(self) -> None:
        segments = [label("spk_0", "0.0", "0.95")]
        results = {"items": ITEMS, "speaker_labels": {"segments": segments}}
        assert [speaker for speaker, *_ in said(aws_transcribe.read(file({"results": results}))[0])] == ["spk_0", None]

    def test_are_the_channels_where_there_are_any(self) -> None:
        channels = [
            {"channel_label": "ch_0", "items": [spoken("Why", "0.5", "0.9"), mark("?"), spoken("Ah", "3.0", "3.2")]},
            {"channel_label": "ch_1", "items": [spoken("Because", "1.0", "1.4")]},
        ]
        results = {"channel_labels": {"channels": channels}, "items": ITEMS}
        assert said(aws_transcribe.read(file({"results": results}))[0]) == [
            ("ch_0", 0.5, 0.9, "Why?"),
            ("ch_1", 1.0, 1.4, "Because"),
            ("ch_0", 3.0, 3.2, "Ah"),
        ]

    def test_are_the_channels_also_where_each_item_names_its_own(self) -> None:
        items = [
            spoken("Why", "0.5", "0.9", channel_label="ch_0"),
            spoken("Because", "0.6", "1.4", channel_label="ch_1"),
            mark("."),
            spoken("not", "1.0", "1.2", channel_label="ch_0"),
        ]
        assert said(aws_transcribe.read(file({"results": {"items": items}}))[0]) == [
            ("ch_0", 0.5, 1.2, "Why not"),
            ("ch_1", 0.6, 1.4, "Because."),
        ]


class TestSegments:
    def test_stand_in_for_items(self) -> None:
        segments = [
            {"id": 0, "transcript": "Why?", "start_time": "0.5", "end_time": "0.9", "speaker_label": "spk_0"},
            {"id": 1, "transcript": "Because so.", "start_time": "1.0", "end_time": "1.7", "speaker_label": "spk_1"},
        ]
        assert said(aws_transcribe.read(file({"results": {"audio_segments": segments}}))[0]) == EXPECTED
