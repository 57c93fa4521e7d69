from __future__ import annotations

from typing import Any

import pytest

from copilot.importers import google_stt
from tests.unit.importers.files import Said, file, said


def word(text: str, start: object, end: object, **more: object) -> dict[str, Any]:
    return {"word": text, "startTime": start, "endTime": end, **more}


def result(*words: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"alternatives": [{"transcript": " ".join(w["word"] for w in words), "words": list(words)}], **more}


def read(*results: dict[str, Any]) -> list[Said]:
    (transcript,) = google_stt.read(file({"results": list(results)}))
    return said(transcript)


class TestSpeakers:
    def test_come_from_the_last_result_which_repeats_every_word(self) -> None:
        told = read(
            result(word("Why?", "0.500s", "0.900s")),
            result(word("Because.", "1s", "1.400s")),
            result(word("Why?", "0.500s", "0.900s", speakerTag=1), word("Because.", "1s", "1.400s", speakerTag=2)),
        )
        assert told == [("Speaker 1", 0.5, 0.9, "Why?"), ("Speaker 2", 1.0, 1.4, "Because.")]

    def test_come_from_the_last_result_also_where_the_others_have_text_alone(self) -> None:
        told = read(
            {"alternatives": [{"transcript": "Why not?"}]},
            {"alternatives": [{"transcript": "Because."}]},
            result(*(word(w, f"{k}s", f"{k}.9s", speakerTag=1) for k, w in enumerate(["Why", "not?", "Because."]))),
        )
        assert [text for *_, text in told] == ["Why not? Because."]

    def test_leave_a_last_result_beside_the_others_where_it_is_longer_and_begins_later(self) -> None:
        told = read(
            result(word("Why?", "0.5s", "0.9s", speakerTag=1)),
            result(word("Because", "1s", "1.4s", speakerTag=2), word("so.", "1.5s", "1.9s", speakerTag=2)),
        )
        assert told == [("Speaker 1", 0.5, 0.9, "Why?"), ("Speaker 2", 1.0, 1.9, "Because so.")]

    def test_leave_all_results_where_nobody_is_told_apart(self) -> None:
        told = read(result(word("No.", "0s", "0.9s")), result(word("No.", "0s", "0.9s"), word("No.", "1s", "1.9s")))
        assert len(told) == 2

    def test_may_have_names_of_their_own(self) -> None:
        assert read(result(word("Why?", "0.5s", "0.9s", speakerLabel="Dana")))[0][0] == "Dana"

    def test_of_every_result_count_where_none_repeats_another(self) -> None:
        told = read(
            result({"word": "Why?", "startOffset": "0.500s", "endOffset": "0.900s", "speakerLabel": "1"}),
            result({"word": "Because.", "startOffset": "1s", "endOffset": "1.400s", "speakerLabel": "2"}),
        )
        assert told == [("Speaker 1", 0.5, 0.9, "Why?"), ("Speaker 2", 1.0, 1.4, "Because.")]

    def test_are_the_channels_where_there_are_several(self) -> None:
        told = read(
            result(word("Why?", "0.5s", "0.9s"), channelTag=1), result(word("Because.", "0.6s", "1.4s"), channelTag=2)
        )
        assert [speaker for speaker, *_ in told] == ["Channel 1", "Channel 2"]

    def test_numbered_zero_are_nobody(self) -> None:
        assert read(result(word("Why?", "0.5s", "0.9s", speakerTag=0)))[0][0] is None


class TestTimes:
    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("3.200s", "4s"),
            ({"seconds": "3", "nanos": 200000000}, {"seconds": "4"}),
            ({"seconds": 3, "nanos": 200000000}, {"seconds": 4, "nanos": 0}),
        ],
    )
    def test_are_durations_as_text_or_parts(self, start: object, end: object) -> None:
        assert read(result(word("Why?", start, end))) == [(None, 3.2, 4.0, "Why?")]

    def test_that_are_left_out_at_the_start_are_zero(self) -> None:
        assert read(result({"word": "Why?", "endTime": "0.400s"})) == [(None, 0.0, 0.4, "Why?")]

    def test_stay_unknown_where_only_text_is_given(self) -> None:
        assert read({"alternatives": [{"transcript": "Why not?"}]}) == [(None, None, None, "Why not?")]


class TestWrapping:
    def test_in_an_operation_or_a_batch_is_seen_through(self) -> None:
        results = [result(word("Why?", "0.5s", "0.9s"))]
        operation = {"name": "operations/1", "done": True, "response": {"results": results}}
        batch = {"results": {"gs://bucket/call.wav": {"transcript": {"results": results}}}}
        expected = [(None, 0.5, 0.9, "Why?")]
        assert [said(google_stt.read(file(document))[0]) for document in (operation, batch)] == [expected, expected]
