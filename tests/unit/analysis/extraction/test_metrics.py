"""Measures: what they are called, where they stand, where they are to get to, and who looks at them."""

from __future__ import annotations

import pytest

from copilot.analysis.extraction.measures import measure_name, measured_by_question, measured_in
from copilot.analysis.numbers import find_quantities
from copilot.domain.items import Metric
from copilot.domain.state import CallState
from tests.unit.analysis.conversations import cards, talk


def only(state: CallState) -> Metric:
    (metric,) = state.metrics.values()
    return metric


class TestNames:
    @pytest.mark.parametrize(
        ("clause", "name"),
        [
            ("Right now onboarding takes 12 days", "Onboarding"),
            ("our month-end close is nine days", "Month-end close"),
            ("First-call resolution sits at 62 percent", "First-call resolution"),
            ("we spend about two million a year on cloud machines", "Spend on cloud machines"),
            ("ninety percent of beds made by noon", "Beds made by noon"),
            ("no-shows from 14 percent to 6", "No-shows"),
            ("it's 12 days", ""),
        ],
    )
    def test_a_figure_is_said_of_something(self, clause: str, name: str) -> None:
        first = find_quantities(clause)[0]
        assert measured_in(clause, first.start, first.end) == name

    @pytest.mark.parametrize(
        ("question", "name"),
        [
            ("Where is your first-year churn today?", "First-year churn"),
            ("How long does it take to close the books today?", "Time to close the books"),
            ("And the rejected meters, does anybody count those?", "Rejected meters"),
            ("Where does it need to be?", ""),
        ],
    )
    def test_a_question_can_name_the_measure(self, question: str, name: str) -> None:
        assert measured_by_question(question) == name

    @pytest.mark.parametrize("words", ["the", "it", "you see it", "fewer", "on average", "two of them"])
    def test_words_that_name_nothing_are_no_measure(self, words: str) -> None:
        assert measure_name(words) == ""


class TestFigures:
    def test_a_change_gives_both_sides(self) -> None:
        metric = only(talk("rep: What are you after?", "customer: I want returns down from eight percent to five."))
        assert (metric.text, metric.baseline, metric.target) == ("Returns", "eight percent", "five")

    def test_two_questions_give_them_one_by_one(self) -> None:
        metric = only(
            talk(
                "rep: How long does it take to close the books today?",
                "customer: Nine days.",
                "rep: And where does it need to be?",
                "customer: Five at most.",
            )
        )
        assert (metric.text, metric.baseline, metric.target) == ("Time to close the books", "Nine days", "Five")

    def test_a_target_is_a_result_that_the_metric_measures(self) -> None:
        state = talk(
            "rep: Where is your waiting list at the moment?",
            "customer: About forty weeks.",
            "rep: And what would be good?",
            "customer: Under twenty.",
        )
        assert cards(state.outcomes) == ["Waiting list from forty weeks to twenty"]
        assert only(state).outcomes == ("O1",)

    def test_a_colleague_corrects_a_figure(self) -> None:
        metric = only(
            talk(
                "rep: Where is your vacancy rate today?",
                "customer Ana: Four percent.",
                "customer Ben: Six percent.",
            )
        )
        assert metric.baseline == "Six percent"

    def test_an_early_sign_is_a_leading_measure(self) -> None:
        metric = only(
            talk(
                "rep: How would you know in the first weeks that it works?",
                "customer: If half the orders come in through the portal.",
            )
        )
        assert (metric.kind, metric.target) == ("leading", "half")


class TestChangesToldInOneSentence:
    @pytest.mark.parametrize(
        ("said", "text", "baseline", "target", "unit"),
        [
            ("We want to halve our waiting time of six weeks by May.", "Waiting time", "six weeks", "halve", "weeks"),
            (
                "We want to print the labels in two hours, down from nine.",
                "Time to print the labels",
                "nine",
                "two hours",
                "hours",
            ),
            ("The goal is to cut returns from eight percent to five.", "Returns", "eight percent", "five", "percent"),
        ],
    )
    def test_gives_both_sides_and_the_unit(self, said: str, text: str, baseline: str, target: str, unit: str) -> None:
        metric = only(talk("rep: What are you hoping to get out of this?", f"customer: {said}"))
        assert (metric.text, metric.baseline, metric.target, metric.unit) == (text, baseline, target, unit)

    def test_what_something_takes_is_where_it_stands_even_if_a_goal_was_asked_for(self) -> None:
        said = "customer: Our stock count takes twelve days. We want to be at five days by spring."
        metric = only(talk("rep: Where would you like to be?", said))
        assert (metric.baseline, metric.target) == ("twelve days", "five days")

    def test_the_question_for_a_problem_names_no_measure(self) -> None:
        assert measured_by_question("What is the biggest problem?") == ""


class TestNamedWithoutAFigure:
    ASKED = "rep: Which figure would you measure it by?"

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("Share of pallets that come back.", "Share of pallets that come back"),
            ("I'd watch the repeat visits.", "Repeat visits"),
            ("It's calls per driver, basically.", "Calls per driver"),
        ],
    )
    def test_a_measure_is_one_before_it_has_a_figure(self, said: str, name: str) -> None:
        metric = only(talk(self.ASKED, f"customer: {said}"))
        assert (metric.text, metric.baseline, metric.target) == (name, None, None)

    def test_what_else_is_said_of_measuring_is_none(self) -> None:
        assert cards(talk(self.ASKED, "customer: We'd have to look at that together.").metrics) == []


class TestWhatIsNoMeasure:
    @pytest.mark.parametrize(
        "lines",
        [
            ("rep: How many depots do you have?", "customer: Fourteen."),
            ("customer: My daughter is nine, and she plays the cello.",),
            ("customer: Two people resigned in March.",),
            ("rep: One customer cut their churn from 9 percent to 4.",),
            ("rep: What are you after?", "customer: If we get the first two, we're happy."),
        ],
    )
    def test_counts_of_things_ages_tales_and_figures_from_elsewhere(self, lines: tuple[str, ...]) -> None:
        assert cards(talk(*lines).metrics) == []

    def test_counts_of_use_in_a_review(self) -> None:
        assert cards(talk("rep: Logins went from two thousand to nine thousand.", kind="qbr").metrics) == []


class TestCustody:
    FIGURES = ("rep: Where is your vacancy rate today?", "customer Ana: Six percent.")

    def test_the_speaker_keeps_it(self) -> None:
        metric = only(talk(*self.FIGURES, "rep: Who reports that?", "customer Ana: I do, every month, to the board."))
        assert (metric.owner, metric.cadence) == ("Ana", "every month")

    def test_somebody_named_keeps_it(self) -> None:
        metric = only(talk(*self.FIGURES, "rep: And who counts it?", "customer Ana: That would be Petra Lund."))
        assert metric.owner == "Petra Lund"

    def test_a_department_keeps_it(self) -> None:
        metric = only(talk(*self.FIGURES, "rep: Who has that number?", "customer Ana: Finance, quarterly."))
        assert (metric.owner, metric.cadence) == ("Finance", "quarterly")

    def test_what_is_left_open_stays_open(self) -> None:
        metric = only(talk(*self.FIGURES, "rep: Who reports that?", "customer Ana: Could be Petra, let me think."))
        assert metric.owner is None

    def test_a_rhythm_of_the_work_is_no_cadence(self) -> None:
        metric = only(talk(*self.FIGURES, "customer Ana: The cleaners come every week, you know."))
        assert metric.cadence is None


class TestReviews:
    def test_what_moved_is_told_over_several_sentences(self) -> None:
        metric = only(talk("customer: Refunds were running at eleven thousand a month. We're at four now.", kind="qbr"))
        assert (metric.text, metric.baseline, metric.target) == ("Refunds", "eleven thousand a month", "four")

    def test_the_customer_makes_the_baseline_exact(self) -> None:
        metric = only(
            talk(
                "rep: When we began, the average repair took six weeks.",
                "customer: Forty-three days, to be exact.",
                kind="qbr",
            )
        )
        assert metric.baseline == "Forty-three days"
