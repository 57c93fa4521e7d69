from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.importers.json_fields import (
    clock_s,
    documents,
    duration_s,
    first_of,
    instant_s,
    name,
    nested_json,
    number,
    records,
    seconds,
    speaker_label,
    string,
    within,
)


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "expected"), [(3, 3.0), ("3.25", 3.25), (" 4 ", 4.0), ("1e3", 1000.0), (-2, -2.0)]
    )
    def test_may_be_written_as_text(self, value: object, expected: float) -> None:
        assert number(value) == expected

    @pytest.mark.parametrize(
        "value", [None, True, "", "nan", "inf", "1_000", "1e999", "٣", [1], {}, float("nan"), 10**400]
    )
    def test_are_nothing_where_they_are_none(self, value: object) -> None:
        assert number(value) is None


class TestTimes:
    @pytest.mark.parametrize("value", [-0.1, "-1", None, 1.7e9, "soon"])
    def test_are_nothing_outside_a_recording(self, value: object) -> None:
        assert seconds(value) is None

    def test_count_in_the_unit_given(self) -> None:
        assert seconds("1250", 0.001) == 1.25

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("00:05:32", 332.0),
            ("5:32", 332.0),
            ("1:00:00.5", 3600.5),
            (12, 12.0),
            ("7.5", 7.5),
            ("x", None),
            (None, None),
        ],
    )
    def test_on_a_clock(self, value: object, expected: float | None) -> None:
        assert clock_s(value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("3.200s", 3.2),
            ({"seconds": "3", "nanos": 200000000}, 3.2),
            ({"nanos": 500000000}, 0.5),
            ({}, 0.0),
            ("PT1M4.5S", 64.5),
            (2, 2.0),
            ("PT", None),
            ("s", None),
            (None, None),
        ],
    )
    def test_as_durations(self, value: object, expected: float | None) -> None:
        assert duration_s(value) == expected

    def test_of_day_are_compared_across_zones_and_fractions(self) -> None:
        assert instant_s("2026-03-02T10:00:00.5Z") == instant_s("2026-03-02T11:00:00.500000000+01:00")
        assert instant_s("yesterday") is None


class TestLooking:
    def test_breaks_off_where_a_step_is_missing(self) -> None:
        document = {"a": [{"b": 1}]}
        assert within(document, "a", 0, "b") == 1
        assert within(document, "a", 1, "b") is None
        assert within(document, "a", "b") is None
        assert within(None, 0) is None

    def test_takes_only_objects_for_records(self) -> None:
        assert records([{"a": 1}, None, "b", [2]]) == [{"a": 1}]
        assert records({"a": 1}) == []
        assert documents({"a": 1}) == [{"a": 1}]

    def test_takes_the_first_spelling_that_is_there(self) -> None:
        assert first_of({"a": None, "b": 0}, "a", "b", "c") == 0

    def test_reads_json_within_json(self) -> None:
        assert nested_json('{"a": 1}') == {"a": 1}
        assert nested_json("{broken") == "{broken"


class TestNames:
    def test_are_on_one_line(self) -> None:
        assert name(" Dana \n Reyes ") == "Dana Reyes"
        assert name("  ") is None

    @pytest.mark.parametrize(
        ("label", "shown"), [(0, "Speaker 0"), ("1", "Speaker 1"), ("b", "Speaker B"), ("Bo", "Bo")]
    )
    def test_bare_labels_say_that_they_are_speakers(self, label: object, shown: str) -> None:
        assert speaker_label(label) == shown

    def test_whole_numbers_have_no_decimals(self) -> None:
        assert string(2.0) == "2"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_no_value_makes_a_reader_raise(value: object) -> None:
    for reader in (number, string, name, clock_s, duration_s, instant_s, speaker_label, nested_json, seconds, records):
        reader(value)
