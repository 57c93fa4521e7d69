from __future__ import annotations

import pytest

from copilot.domain.call import Role
from copilot.importers import neutral_json
from tests.unit.importers.files import Said, file, lines, roles, said

TURNS = [{"speaker": "Dana", "text": "Why?"}, {"speaker": "Luis", "text": "Because."}]


def told(document: object) -> list[Said]:
    (transcript,) = neutral_json.read(file(document))
    return said(transcript)


class TestFinding:
    @pytest.mark.parametrize("document", [TURNS, {"transcript": TURNS}, {"data": {"call": {"turns": TURNS}}}])
    def test_looks_for_turns_wherever_they_are(self, document: object) -> None:
        assert told(document) == [("Dana", None, None, "Why?"), ("Luis", None, None, "Because.")]

    def test_takes_one_call_a_line(self) -> None:
        call = {"title": "First", "turns": [{"speaker": "Dana", "text": "Why?"}]}
        assert [t.title for t in neutral_json.read(lines(call, call))] == ["First", "First"]

    @pytest.mark.parametrize(
        "document",
        [
            [{"time": "2026-03-02T10:00:00Z", "level": "info", "message": "started"}],
            [{"role": "user", "content": "Write a poem."}],
            {"files": [{"name": "a.txt", "content": "text"}]},
            {"a": {"b": [1, 2]}, "text": "x"},
            [],
        ],
    )
    def test_takes_no_log_chat_or_listing_for_a_call(self, document: object) -> None:
        assert not neutral_json.matches(file(document))


class TestSpeakers:
    def test_may_be_objects_numbers_or_sides(self) -> None:
        document = [
            {"speaker": {"displayName": "Dana (rep)"}, "text": "Why?"},
            {"speaker": 2, "text": "Because."},
            {"role": "Customer", "text": "It is slow."},
            {"speaker": "Luis", "role": "customer", "text": "Very."},
        ]
        (transcript,) = neutral_json.read(file(document))
        assert roles(transcript) == {
            "Dana": Role.REP,
            "Speaker 2": Role.UNKNOWN,
            "Customer": Role.CUSTOMER,
            "Luis": Role.CUSTOMER,
        }


class TestTimes:
    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ({"start": 61.5}, {"end": 63.0}),
            ({"start": 61500}, {"end": 63000}),
            ({"start_ms": "61500"}, {"end_ms": 63000}),
            ({"startTime": "00:01:01.5"}, {"endTime": "1:03"}),
        ],
    )
    def test_are_understood_as_written(self, start: dict[str, object], end: dict[str, object]) -> None:
        assert told([{"speaker": "Dana", "text": "What takes so long?", **start, **end}])[0][1:3] == (61.5, 63.0)

    def test_of_day_count_from_the_first(self) -> None:
        document = [
            {"speaker": "Dana", "text": "Why?", "timestamp": "2026-03-02T10:00:00Z"},
            {"speaker": "Luis", "text": "Because.", "timestamp": "2026-03-02T10:00:04Z"},
        ]
        assert [start for _, start, _, _ in told(document)] == [0.0, 4.0]
