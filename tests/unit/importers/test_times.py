from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.importers.times import call_start_s, seconds


class TestSeconds:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("1:02", 62.0),
            ("01:02:03", 3723.0),
            ("0:0:5.3", 5.3),
            ("00:00:01,250", 1.25),
            ("75:00", 4500.0),
            ("2:03 PM", 50580.0),
            ("12:00:10 am", 10.0),
            ("10", None),
            ("1:2:3:4", None),
            ("noon", None),
            ("", None),
            ("١:٢", None),
        ],
    )
    def test_are_read_from_many_spellings(self, written: str, expected: float | None) -> None:
        assert seconds(written) == expected

    @given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
    def test_are_exact_for_whole_milliseconds(self, hours: int, minutes: int, whole: int, milli: int) -> None:
        expected = hours * 3600 + minutes * 60 + whole + milli / 1000
        assert seconds(f"{hours:02}:{minutes:02}:{whole:02}.{milli:03}") == pytest.approx(expected, abs=1e-9)


class TestCallStart:
    def test_is_zero_for_times_of_a_recording(self) -> None:
        assert call_start_s(780.0) == call_start_s(None) == 0.0

    def test_is_the_first_time_where_that_is_a_time_of_day(self) -> None:
        assert call_start_s(50_400.0) == 50_400.0
