"""Readings that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.review.ledger.checking import UnusableNote, checked_reading
from tests.unit.review.ledger.accounts import TODAY, Line, call, metric, only_metric, reading


def check(figure: str, baseline: str | None, target: str | None, text: str = "the figure") -> None:
    measured = metric(text, baseline=baseline, target=target)
    entry = only_metric(
        [call("c", Line(f"It is {baseline or 'that'} and should be {target or 'better'}.", (measured,)))]
    )
    checked_reading(reading("c:M1", figure, date(2026, 3, 2)), entry, TODAY)


@pytest.mark.parametrize(
    ("figure", "baseline", "target", "why"),
    [
        ("-5 hours", "48 hours", "18 hours", "is below zero"),
        ("-5", "48 hours", "18 hours", "is below zero"),
        ("-$200", "$900", "$400", "is below zero"),
        ("-3 complaints", "30 complaints", "9 complaints", "is below zero"),
        ("120 percent", "61 percent", "75 percent", "more than the whole"),
        ("120", "61 percent", "75 percent", "more than the whole"),
        ("-5 percent", "61 percent", "75 percent", "is below zero"),
        ("-5", "61 percent", "75 percent", "is below zero"),
    ],
)
def test_are_refused(figure: str, baseline: str, target: str, why: str) -> None:
    with pytest.raises(UnusableNote, match=why):
        check(figure, baseline, target)


def test_are_possible_where_the_promise_has_such_figures_or_its_measure_can_fall_below_zero() -> None:
    check("-$200", "-$900", "$400")
    check("-4", "32", "48", "NPS")
    check("140 percent", "90 percent", "120 percent")
    check("100 percent", "61 percent", "75 percent")
    check("104 percent", "91 percent", "98 percent", "net revenue retention")
    check("-4 percent", "2 percent", "8 percent", "growth of the account")


def test_a_share_by_its_words_is_one_even_where_only_one_figure_was_promised() -> None:
    with pytest.raises(UnusableNote, match="more than the whole"):
        check("140 percent", "12 percent", None, "the error rate")
    check("140 percent", "12 percent", None, "the surcharge")


@pytest.mark.parametrize(
    ("figure", "choice"),
    [("0.71", "“0.71” can be 71 % or 0.71 %; write it"), ("0.7 to 0.8", "can be 70 to 80 % or 0.7 to 0.8 %")],
)
def test_a_bare_fraction_of_a_percentage_has_to_be_written_as_what_it_is(figure: str, choice: str) -> None:
    with pytest.raises(UnusableNote, match=choice):
        check(figure, "61 percent", "75 percent")


def test_what_can_be_one_thing_only_needs_no_per_cent_sign() -> None:
    for figure in ("71", "0.71 %", "71 %", "0", "1"):
        check(figure, "61 percent", "75 percent")
    check("0.5", "0.9 percent", "0.3 percent")
    check("0.71", "2 hours", "1 hour")
