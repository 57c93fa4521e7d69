"""Figures as a report tells them."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.review.ledger import figure_of
from copilot.review.ledger.entries import MetricEntry
from copilot.review.ledger.told import Scale
from copilot.review.value_report.figures import heading, in_scale
from tests.unit.review.ledger.accounts import Line, call, metric, only_metric, reading
from tests.unit.review.value_report.accounts import agreed, hours, only_sum, report

PERCENT = Scale(unit="percent", kind="percent")
RATE = "Raise the first-visit fix rate from 61 percent to 75 percent"


class TestUnits:
    @pytest.mark.parametrize(
        ("told", "scale", "shown"),
        [
            ("73", PERCENT, "73 percent"),
            ("73 percent", PERCENT, "73 percent"),
            ("73%", PERCENT, "73%"),
            ("about 73", PERCENT, "about 73"),
            ("12,000", Scale(unit="USD", kind="money"), "12,000 USD"),
            ("42", Scale(unit=None, per="month", kind="count"), "42 per month"),
            ("15", Scale(unit="shipments", per="month", kind="count"), "15 shipments per month"),
            ("4.4", Scale(unit=None, kind="ratio"), "4.4"),
            ("3", Scale(unit="times", kind="multiple"), "3"),
            ("73", None, "73"),
            ("hardly any", PERCENT, "hardly any"),
        ],
    )
    def test_a_bare_number_gets_that_of_its_promise(self, told: str, scale: Scale | None, shown: str) -> None:
        assert in_scale(figure_of(told), scale) == shown

    def test_they_stand_wherever_the_report_tells_a_figure(self) -> None:
        line = Line("It is 58 today.", (metric("Fix rate", baseline="58", target="75 percent"),))
        shown = report(reading("kick-off:M1", "73", date(2026, 6, 1)), calls=(call("kick-off", line),))
        (moved,) = shown.improvements

        assert moved.text == "Fix rate: from 58 percent to 73 percent on 1 June 2026; on the way to 75 percent."


class TestHeadings:
    def entry(self, baseline: str | None = None, target: str | None = None) -> MetricEntry:
        return only_metric((call("kick-off", Line("It is so.", (metric("Rate", baseline=baseline, target=target),))),))

    @pytest.mark.parametrize(
        ("baseline", "target", "shown"),
        [
            ("61 percent", "75 percent", RATE),
            ("61%", None, RATE),
            (None, None, RATE),
            ("58 percent", "75 percent", "Raise the first-visit fix rate to 75 percent"),
            ("58 percent", "80 percent", "Raise the first-visit fix rate"),
            ("48 hours", "24 hours", RATE),
        ],
    )
    def test_lose_a_figure_in_whose_place_another_stands(
        self, baseline: str | None, target: str | None, shown: str
    ) -> None:
        assert heading(RATE, [self.entry(baseline, target)]) == shown

    @pytest.mark.parametrize(
        ("words", "shown"),
        [
            ("First-visit fix rate up from 61 percent to 75 percent", "First-visit fix rate"),
            (f"{RATE} by summer", "Raise the first-visit fix rate by summer"),
            (f"{RATE}; close to 75 percent is best", "Raise the first-visit fix rate; close to 75 percent is best"),
            ("Fix rate up from 61 percent to 75 percent by summer", None),
            ("Bring the fix rate up from 61 percent to 75 percent", None),
            ("Raise fixes from 61 percent to 75 percent of visits", None),
            ("Fixes from 61 percent to 75 percent", None),
        ],
    )
    def test_lose_the_word_that_leads_to_it_or_stay_whole(self, words: str, shown: str | None) -> None:
        assert heading(words, [self.entry("58 percent", "80 percent")]) == (shown or words)

    @pytest.mark.parametrize(
        "words", ["Onboarding down to two weeks by summer", "Calls up to 2 a day and fewer complaints"]
    )
    def test_leave_no_stumps(self, words: str) -> None:
        target = "ten days" if "weeks" in words else "5 a day"

        assert heading(words, [self.entry(None, target)]) == words

    def test_keep_the_direction_where_the_target_stands(self) -> None:
        words = "Fix rate up from 61 percent to 75 percent"

        assert heading(words, [self.entry("58 percent", "75 percent")]) == "Fix rate up to 75 percent"

    def test_that_tell_no_level_stay(self) -> None:
        words = "Halve our lead time of nine days by June"

        assert heading(words, [self.entry("seven days", "three days")]) == words


def test_an_agreement_is_to_the_sum_as_it_stands_when_it_is_written_whatever_its_day() -> None:
    long_before = agreed(on=date(2026, 1, 15))

    assert only_sum(hours(), long_before).agreement == "agreed"
    assert only_sum(long_before, hours()).agreement == "changed_since"
