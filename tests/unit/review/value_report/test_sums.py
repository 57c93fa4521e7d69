"""Sums by the playbook's formulas: what goes into them, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from copilot.domain.accounts import Period
from tests.unit.review.value_report.accounts import (
    CALLS,
    HOURS_SAID,
    KICK_OFF,
    Q1,
    Q2,
    agreed,
    assumed,
    heard,
    hours,
    only_sum,
    paid,
    report,
)

MONTH = Period(start=date(2026, 6, 1), end=date(2026, 6, 30))
YEAR = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))


class TestFormulas:
    @pytest.mark.parametrize(
        ("formula", "figures", "comes_to"),
        [
            ("time_savings", {"hours_saved": "100 hours", "hourly_rate": "$75 per hour"}, "$7,500"),
            ("revenue_impact", {"attributed_revenue": "$500k", "win_rate": "30 percent"}, "$150,000"),
            ("cost_reduction", {"previous_cost": "$200,000", "new_cost": "$140,000"}, "$60,000"),
            ("risk_avoidance", {"incident_cost": "$50,000", "incidents_avoided": "4 incidents"}, "$200,000"),
            ("quality_improvement", {"error_cost": "$100,000", "reduction": "60 %"}, "$60,000"),
        ],
    )
    def test_come_to_what_the_playbook_says(self, formula: str, figures: dict[str, str], comes_to: str) -> None:
        value = only_sum(assumed("Sum", formula, Q2, **figures)).value
        assert value is not None
        assert value.text == comes_to

    def test_a_cost_that_went_up_is_less_than_nothing(self) -> None:
        value = only_sum(assumed("Sum", "cost_reduction", previous_cost="$100", new_cost="$140")).value
        assert value is not None
        assert value.text == "−$40"


class TestInputs:
    def test_a_range_counts_by_its_low_end(self) -> None:
        result = report(hours(figures={"hours_saved": "800 to 900 hours"}), agreed())
        assert result.totals[0].text == "$40,000 at the least, $45,000 at the most"
        assert result.trend[-1].agreed[0].low.text == "$40,000"

    def test_minutes_become_hours(self) -> None:
        value = only_sum(hours(figures={"hours_saved": "90 minutes"})).value
        assert value is not None
        assert value.text == "$75"

    @pytest.mark.parametrize(
        ("figures", "why"),
        [
            ({"hours_saved": "3 days"}, "a day of work has not 24 of them"),
            ({"hours_saved": "$40"}, "it is no number of hours"),
            ({"hours_saved": "70 hours per week"}, "write what it comes to over the period"),
            ({"hourly_rate": "$9,000 per month"}, "it is per month, and has to be per hour"),
            ({"hourly_rate": "30 percent"}, "it is no sum of money"),
        ],
    )
    def test_what_does_not_fit_is_not_reckoned_with(self, figures: dict[str, str], why: str) -> None:
        calculation = only_sum(hours(figures=figures))
        assert calculation.value is None
        assert why in " ".join(calculation.problems)

    def test_per_quarter_fits_a_quarter_alone(self) -> None:
        figures = {"hours_saved": "840 hours per quarter"}
        assert only_sum(hours(figures=figures)).value is not None
        assert only_sum(hours(period=MONTH, figures=figures)).value is None

    def test_a_share_is_between_nothing_and_all(self) -> None:
        result = only_sum(assumed("Sum", "quality_improvement", error_cost="$100", reduction="140 percent"))
        assert result.value is None
        assert "between 0 and 100 %" in result.problems[0]

    def test_a_missing_one_is_asked_for(self) -> None:
        calculation = only_sum(hours(figures={"hourly_rate": ""}))
        missing = calculation.inputs[1]
        assert (calculation.value, missing.figure) == (None, None)
        assert missing.ask == "Which hourly rate does finance reckon with?"

    def test_of_another_period_do_not_go_together(self) -> None:
        mixed = [*hours(period=Q1, figures={"hourly_rate": ""}), *hours(figures={"hours_saved": ""})]
        calculation = only_sum(mixed)
        assert calculation.value is None
        assert "it is of 1 January 2026 to 31 March 2026" in calculation.problems[0]

    def test_each_says_where_it_is_from(self) -> None:
        said = hours(source=heard("review", 1, HOURS_SAID), assumed_by="Priya")
        (ground,) = only_sum(said).inputs[0].grounds
        assert ground.quote is not None
        assert ground.text.endswith("“That is 840 hours fewer on the road.”; assumed by Priya")

    def test_words_of_a_call_that_does_not_count_carry_no_sum(self) -> None:
        said = hours(source=heard("elsewhere", 1, HOURS_SAID))
        calculation = only_sum(said)
        assert calculation.value is None
        assert "a call that does not count here" in calculation.problems[0]


class TestCurrencies:
    def test_are_never_added(self) -> None:
        result = report(
            hours("Dollars"),
            hours("Euros", figures={"hourly_rate": "€10"}),
            agreed("Dollars"),
            agreed("Euros"),
            paid("$21,000"),
        )
        assert [total.text for total in result.totals] == ["$42,000", "€8,400"]
        assert [(one.currency, one.text) for one in result.returns] == [("USD", "200 %"), ("EUR", "no figure")]

    def test_two_within_one_calculation_are_a_problem(self) -> None:
        calculation = only_sum(assumed("Sum", "cost_reduction", previous_cost="$200", new_cost="€100"))
        assert calculation.value is None
        assert calculation.problems == ("EUR and USD do not add up; write all sums in one currency",)

    def test_a_sum_without_one_says_so(self) -> None:
        calculation = only_sum(hours(figures={"hourly_rate": "50"}))
        assert calculation.value is not None
        assert calculation.value.text == "42,000 (no currency named)"
        assert "no currency is named" in calculation.cautions


class TestAttribution:
    def test_the_lowest_share_of_the_inputs_counts(self) -> None:
        notes = hours(attribution=0.5)
        notes[0] = notes[0].model_copy(update={"attribution": 2 / 3})
        calculation = only_sum(notes)
        assert calculation.value is not None
        assert calculation.value.text == "$21,000"

    def test_a_third_comes_out_whole(self) -> None:
        calculation = only_sum(hours(attribution=0.6666666667, figures={"hourly_rate": "$52"}))
        assert calculation.value is not None
        assert calculation.value.text == "$29,120"


class TestAgreement:
    def test_counts_from_the_customer_alone(self) -> None:
        result = report(hours(), paid("$21,000"))
        assert (result.totals, result.returns, result.left_out) == ((), (), 1)
        assert result.trend[-1].calculated[0].text == "$42,000"

    def test_others_count_where_they_are_asked_for(self) -> None:
        result = report(hours(), paid("$21,000"), with_calculated=True)
        assert [total.text for total in result.totals] == ["$42,000"]
        assert (result.returns[0].text, result.left_out) == ("200 %", 0)

    def test_does_not_hold_for_figures_that_were_written_down_later(self) -> None:
        changed = hours(figures={"hours_saved": "900 hours", "hourly_rate": ""})
        calculation = only_sum(hours(), agreed(), changed)
        assert calculation.agreement == "changed_since"
        assert only_sum(hours(), agreed(), changed, agreed()).agreement == "agreed"


class TestCautions:
    def test_a_missing_baseline_is_said(self) -> None:
        bare = KICK_OFF.state.metrics["M1"].model_copy(update={"baseline": None})
        kick_off = replace(KICK_OFF, state=replace(KICK_OFF.state, metrics={"M1": bare}))
        result = report(hours(), agreed(), calls=(kick_off,))
        assert result.calculations[0].cautions[0].startswith("no baseline was said for “Time to close a ticket”")
        assert any("no baseline" in why for check in result.checks for why in check.why)

    def test_a_sum_that_is_tied_to_nothing_says_so(self) -> None:
        assert "tied to no metric" in only_sum(hours(promise=None)).cautions[0]

    def test_a_period_that_goes_on_is_said(self) -> None:
        result = report(hours(period=Q2), agreed(on=date(2026, 6, 1)), today=date(2026, 6, 15))
        assert "its period is not over yet" in result.calculations[0].cautions
        assert result.annualised == ()

    def test_on_its_last_day_it_still_goes_on_for_all_that_count_it(self) -> None:
        result = report(hours(period=Q2), agreed(), today=Q2.end)
        assert "its period is not over yet" in result.calculations[0].cautions
        assert not result.trend[-1].complete
        assert report(hours("Earlier", Q1), hours(period=Q2), today=Q2.end).quarter == "2026-Q1"


class TestInvestment:
    def test_of_a_year_is_spread_over_its_quarters(self) -> None:
        result = report(hours(), agreed(), paid("$96,000", YEAR))
        assert result.investments[0].in_quarter is not None
        assert result.investments[0].in_quarter.text == "$24,000"
        assert result.returns[0].text == "175 %"

    def test_that_is_missing_leaves_no_return(self) -> None:
        (one,) = report(hours(), agreed()).returns
        assert (one.text, one.share) == ("no figure", None)
        assert one.why_not == "no investment is written down for this time in this currency"

    def test_a_figure_that_cannot_be_one_is_said(self) -> None:
        (one,) = report(hours(), paid("12 hours")).investments
        assert (one.amount, one.problem) == (None, "“12 hours”: it is no sum of money")


def test_a_quarter_without_anything_is_a_gap() -> None:
    late = Period(start=date(2026, 7, 1), end=date(2026, 9, 30))
    result = report(hours("First", Q1), hours("Third", late), calls=CALLS, today=date(2026, 10, 1))
    assert [(line.title, line.is_empty) for line in result.trend] == [
        ("Q1 2026", False),
        ("Q2 2026", True),
        ("Q3 2026", False),
    ]


def test_a_later_finished_quarter_is_in_the_trend_though_not_agreed() -> None:
    early = report(hours("Before", Q1), agreed("Before"), hours())
    assert early.quarter == "2026-Q1"
    assert [(line.quarter, bool(line.agreed), bool(line.calculated)) for line in early.trend] == [
        ("2026-Q1", True, False),
        ("2026-Q2", False, True),
    ]


def test_one_that_is_not_over_is_not() -> None:
    early = report(hours("Before", Q1), agreed("Before"), hours(), today=date(2026, 6, 30))
    assert [line.quarter for line in early.trend] == ["2026-Q1"]


def test_a_share_has_the_digits_that_its_sum_needs() -> None:
    shares = [only_sum(hours(attribution=share)).share_text for share in (0.6666666667, 0.65, 1)]
    assert shares == ["66.667 %", "65 %", "100 %"]


def test_the_report_is_of_the_last_quarter_with_a_sum_that_counts() -> None:
    both = (hours("Before", Q1), agreed("Before"), hours())

    assert report(*both).quarter == "2026-Q1"
    assert report(*both, with_calculated=True).quarter == "2026-Q2"
    assert report(hours()).quarter == "2026-Q2"
    assert report().quarter == "2026-Q2"


def test_a_year_at_this_rate_is_the_quarter_four_times() -> None:
    assert [total.text for total in report(hours(), agreed()).annualised] == ["$168,000"]
