"""A figure that is said without its unit."""

from __future__ import annotations

import pytest

from copilot.analysis.numbers import with_unit


@pytest.mark.parametrize(
    ("words", "beside", "whole"),
    [
        ("four", "six weeks", "four weeks"),
        ("5", "8%", "5%"),
        ("five", "8%", "five percent"),
        ("eighty-eight", "seventy-one per cent", "eighty-eight per cent"),
        ("two", "half an hour", "two hours"),
        ("1", "2 days", "1 day"),
        ("2", "1 day", "2 days"),
        ("1 to 2", "1 week", "1 to 2 weeks"),
    ],
)
def test_a_bare_number_takes_the_unit_of_the_other_side(words: str, beside: str, whole: str) -> None:
    assert with_unit(words, beside) == whole


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("four days", "six weeks"),
        ("none", "six weeks"),
        ("five", "two hours and ten minutes"),
        ("five", "twelve returns"),
        ("five", None),
    ],
)
def test_anything_else_stays_as_it_was_said(words: str, beside: str | None) -> None:
    assert with_unit(words, beside) == words
