"""The day that is meant by when something is due, said on Thursday the 26th of November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.numbers.due_days import due_day
from copilot.domain.days import FIRST, LAST

ON = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-03", "2026-12-03"),
        ("3 Dec", "2026-12-03"),
        ("by Thu 3 Dec 2026", "2026-12-03"),
        ("December 3rd, 2027", "2027-12-03"),
        ("the 3rd of February", "2027-02-03"),
        ("Dec the 3rd.", "2026-12-03"),
        ("3.12.2026", "2026-12-03"),
        ("3.12.", "2026-12-03"),
        ("today", "2026-11-26"),
        ("Tomorrow", "2026-11-27"),
        ("day after tomorrow", "2026-11-28"),
        ("Friday", "2026-11-27"),
        ("by Thursday", "2026-12-03"),
        ("this coming Monday", "2026-11-30"),
        ("this Monday", "2026-11-30"),
        ("by the coming Thursday", "2026-12-03"),
        ("coming Monday", "2026-11-30"),
        ("next Friday", "2026-12-04"),
        ("next tues", "2026-12-01"),
        ("in two weeks", "2026-12-10"),
        ("within 10 days", "2026-12-06"),
        ("a week from now", "2026-12-03"),
        ("in ten days", "2026-12-06"),
        ("in twelve weeks", "2027-02-18"),
        ("within thirty days", "2026-12-26"),
        ("in forty-five days", "2027-01-10"),
        ("in a day", "2026-11-27"),
        ("in zero days", "2026-11-26"),
        ("in 3 months", "2027-02-26"),
        ("29 Feb", "2028-02-29"),
        ("at 9 November", "2027-11-09"),
        ("by 9.11.", "2027-11-09"),
        ("at 9.11.2027", "2027-11-09"),
        ("end of day", "2026-11-26"),
        ("by the end of the day", "2026-11-26"),
        ("end of the week", "2026-11-27"),
        ("EOW", "2026-11-27"),
        ("end of next week", "2026-12-04"),
        ("end of month", "2026-11-30"),
        ("by the end of next month", "2026-12-31"),
        ("end of quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("end of Q1", "2027-03-31"),
        ("end of February 2028", "2028-02-29"),
        ("end of Q2 2028", "2028-06-30"),
        ("end of the year", "2026-12-31"),
        ("end of next year", "2027-12-31"),
        ("by the end of 2028", "2028-12-31"),
        ("end of year 2028", "2028-12-31"),
    ],
)
def test_one_day_is_meant(said: str, day: str) -> None:
    assert due_day(said, ON) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "on", "day"),
    [
        ("29 Feb", "2028-02-29", "2028-02-29"),
        ("29 Feb", "2028-03-01", "2032-02-29"),
        ("28 Feb", "2028-03-01", "2029-02-28"),
        ("next Friday", "2026-11-28", "2026-12-04"),
        ("end of next week", "2026-11-28", "2026-12-04"),
        ("end of next week", "2026-11-29", "2026-12-04"),
        ("end of next week", "2026-11-30", "2026-12-11"),
        ("end of the week", "2026-11-27", "2026-11-27"),
        ("end of the week", "2026-11-28", "2026-12-04"),
        ("end of quarter", "2026-08-31", "2026-09-30"),
    ],
)
def test_the_day_of_saying_it_counts(said: str, on: str, day: str) -> None:
    assert due_day(said, date.fromisoformat(on)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    ["yesterday-ish", "", "soon", "before the board", "next week", "Q3", "June", "3/12", "31 June", "Fri 3 Dec 2026",
     "30 Feb", "29 Feb 2027", "at 9.11", "at 9.11.", "0202-01-01", "in blue weeks", "in two and weeks", "x" * 500,
     "end of week 2028", "end of month 2028", "end of quarter 2028", "end of next year 2028", "end of next Q1 2028",
     "end of next March 2028", "in a million months"],
)  # fmt: skip
def test_no_one_day_is_meant(said: str) -> None:
    assert due_day(said, ON) is None


@given(st.text(alphabet="0123456789 .,-/abcdefghijmnorstuwy", max_size=30), st.dates(FIRST, LAST))
def test_whatever_is_written_is_a_plausible_day_or_none(said: str, on: date) -> None:
    found = due_day(said, on)
    assert found is None or FIRST <= found <= LAST


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_a_day_written_out_is_that_day_whenever_it_is_said(day: date, on: date) -> None:
    assert due_day(day.isoformat(), on) == day
    assert due_day(f"{day:%A} {day.day} {day:%B} {day.year}", on) == day
