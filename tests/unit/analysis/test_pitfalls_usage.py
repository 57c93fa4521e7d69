from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import Dialogue, seen

VANITY = PitfallKind.VANITY_METRIC
REPORT = PitfallKind.FEATURE_USAGE_REPORT
VENDOR = PitfallKind.VENDOR_CENTRIC_METRIC


def review(*lines: str) -> Dialogue:
    return Dialogue(lines)


class TestVanityMetric:
    @pytest.mark.parametrize(
        "said",
        [
            "Twelve hundred growers signed in this season.",
            "Eighty percent of your licences are active.",
            "The planner was opened 4,300 times since March.",
            "Your wards created 1,900 boards.",
            "People spend 40 minutes a day in the app.",
            "Eleven thousand documents went through the tool.",
            "You are at 91 percent adoption.",
            "And 93 percent of staff are in it on every shift.",
        ],
    )
    def test_counts_use(self, said: str) -> None:
        assert seen(VANITY, review(f"rep: {said}"), "qbr") == [(0,)]

    @pytest.mark.parametrize(
        "said",
        [
            "The dairies went from nine spoiled tanks a month to two.",
            "How many growers signed in this season?",
            "Twelve hundred growers signed in, and spoiled tanks went from nine to two.",
            "Let us not count logins today.",
            "In six months nobody will ask for logins.",
        ],
    )
    def test_lets_results_and_questions_pass(self, said: str) -> None:
        assert seen(VANITY, review(f"rep: {said}"), "qbr") == []

    def test_is_none_of_a_report_that_goes_on(self) -> None:
        report = "rep: Herd Board, opened 2,100 times. Milk Count, 800 times. Vet Line, 64 times."
        lines = [report, "customer: Sixty-four.", "rep: And the calf diary was opened 90 times."]
        assert seen(REPORT, review(*lines), "qbr") == [(0,)]
        assert seen(VANITY, review(*lines), "qbr") == []

    def test_is_told_once_of_what_goes_on(self) -> None:
        lines = [
            "rep: Twelve hundred growers signed in this season.",
            "customer: They have to.",
            "rep: Well, eighty percent of your licences are active.",
        ]
        assert seen(VANITY, review(*lines), "qbr") == [(0,)]

    def test_is_none_of_the_customers(self) -> None:
        assert seen(VANITY, review("customer: Twelve hundred growers signed in this season."), "qbr") == []


class TestFeatureUsageReport:
    @pytest.mark.parametrize(
        "said",
        [
            "The dashboard was opened 900 times, alerts clicked 70 times, and reports run 400 times.",
            "Herd Board, opened 2,100 times. Milk Count, 800 times. Vet Line, 64 times.",
        ],
    )
    def test_runs_through_features_and_how_often(self, said: str) -> None:
        dialogue = review(f"rep: {said}")
        assert seen(REPORT, dialogue, "qbr") == [(0,)]
        assert seen(VANITY, dialogue, "qbr") == []

    def test_takes_no_period_for_a_figure_nor_a_bare_clause_for_a_feature(self) -> None:
        said = (
            "I put this together for the half year. You had 900 logins, that is up by 40, and a full 80 active users."
        )
        assert seen(REPORT, review(f"rep: {said}"), "qbr") == []
        assert seen(VANITY, review(f"rep: {said}"), "qbr") == [(0,)]

    def test_may_take_several_utterances(self) -> None:
        dialogue = review("rep: The dashboard was opened 900 times.", "rep: And alerts were clicked 70 times.")
        assert (0, 1) in seen(REPORT, dialogue, "qbr")

    def test_is_none_where_one_use_is_tied_to_what_it_brought(self) -> None:
        said = "The alerts were clicked 70 times on the dashboard, and spoiled tanks fell from nine to two."
        assert seen(REPORT, review(f"rep: {said}"), "qbr") == []


class TestVendorCentricMetric:
    @pytest.mark.parametrize(
        "said",
        [
            "Our uptime was 99.95 percent.",
            "We shipped 42 new features since January.",
            "We now have two thousand customers.",
            "The service was available 99.9 percent of the time.",
            "And uptime, there we stood at ninety-nine point nine six.",
            "On our side, not one of the four hundred alarms was late.",
        ],
    )
    def test_is_the_vendors_own_figure(self, said: str) -> None:
        assert seen(VENDOR, review(f"rep: {said}"), "qbr") == [(0,)]

    @pytest.mark.parametrize(
        "said",
        [
            "You had three outages a month and now none, which is forty hours of milking saved.",
            "Our uptime was 99.95 percent, which meant you milked through every storm.",
            "Did our 99.95 percent hold for you?",
            "That is 40,000 euros that our platform has put back in your pocket.",
            "We have three topics for today.",
        ],
    )
    def test_is_not_what_it_brought_the_customer(self, said: str) -> None:
        assert seen(VENDOR, review(f"rep: {said}"), "qbr") == []

    def test_is_not_an_answer_to_a_question(self) -> None:
        dialogue = review("customer: What was your uptime in the storm weeks?", "rep: Our uptime was 99.95 percent.")
        assert seen(VENDOR, dialogue, "qbr") == []
