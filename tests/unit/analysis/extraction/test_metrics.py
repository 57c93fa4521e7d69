"""Measures: what they are called, where they stand, where they are to get to, and who looks at them."""

from __future__ import annotations

import pytest

from copilot.analysis.extraction.metrics.custody import name_after
from copilot.analysis.extraction.metrics.readings import readings, same_measure
from copilot.analysis.extraction.metrics.sayings import measured_by_question, measured_in
from copilot.analysis.extraction.metrics.words import measure_name
from copilot.analysis.numbers import find_quantities
from copilot.domain.items import Metric
from copilot.domain.state import CallState
from tests.unit.analysis.conversations import heard, talk


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
            ("last winter we took nine days to mend a window", "Time to mend a window"),
            ("forty percent of the loaves are sold before noon", "Loaves sold before noon"),
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
        metric = only(heard("customer: {metric:Returns from {baseline:eight percent} to {target:five}}, that's it."))
        assert (metric.text, metric.baseline, metric.target) == ("Returns", "eight percent", "five percent")

    def test_an_answer_fills_in_the_measure_that_is_spoken_of(self) -> None:
        metric = only(
            heard(
                "customer: We look at {metric:the days to close the books}.",
                "rep: And where are you?",
                "customer: {baseline:Nine}.",
                "rep: And where does it need to be?",
                "customer: {target:Five} at most.",
            )
        )
        assert (metric.baseline, metric.target) == ("Nine", "Five")
        assert metric.utterances == (0, 2, 4)

    def test_the_words_around_a_figure_help_to_tell_its_side(self) -> None:
        said = "customer: {metric:Our stock count takes {target:{baseline:twelve days}}}."
        assert (only(heard(said)).baseline, only(heard(said)).target) == ("twelve days", None)

    def test_figures_alone_measure_the_outcome_spoken_of(self) -> None:
        state = heard(
            "customer: {outcome:I want fewer broken parcels on the evening tours}.",
            "customer: {metric:From {baseline:ninety} to {target:thirty}}.",
        )
        metric = only(state)
        assert (metric.outcomes, metric.baseline, metric.target) == (("O1",), "ninety", "thirty")
        assert metric.text == "Broken parcels on the evening tours"

    def test_a_measure_is_one_before_it_has_a_figure(self) -> None:
        metric = only(heard("customer: {metric:The share of pallets that come back}."))
        assert (metric.text, metric.baseline, metric.target) == ("Share of pallets that come back", None, None)

    def test_an_early_sign_is_a_leading_measure(self) -> None:
        metric = only(heard("customer: An early sign would be {metric:half of the orders through the portal}."))
        assert metric.kind == "leading"

    def test_a_measure_named_like_an_outcome_measures_it(self) -> None:
        state = heard(
            "customer: {outcome:Fewer rejected meters in the field}.",
            "customer: {outcome:Everybody home at five}.",
            "customer: We count {metric:the rejected meters} already.",
        )
        assert only(state).outcomes == ("O1",)

    def test_the_question_for_a_problem_names_no_measure(self) -> None:
        assert measured_by_question("What is the biggest problem?") == ""


class TestCustody:
    FIGURES = ("customer Ana: {metric:Our vacancy rate is {baseline:six percent}}.",)

    def test_the_speaker_keeps_it(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: Who reports that?", "customer Ana: I do, every month, to the board."))
        assert (metric.owner, metric.cadence) == ("Ana", "every month")

    def test_who_agrees_does_not_keep_it(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: Do you agree with that?", "customer Ana: I do. It is six."))
        assert metric.owner is None

    def test_somebody_named_keeps_it(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: And who counts it?", "customer Ana: That would be Petra Lund."))
        assert metric.owner == "Petra Lund"

    def test_a_department_keeps_it(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: Who has that number?", "customer Ana: Finance, quarterly."))
        assert (metric.owner, metric.cadence) == ("Finance", "quarterly")

    def test_what_is_left_open_stays_open(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: Who reports that?", "customer Ana: Could be Petra, let me think."))
        assert metric.owner is None

    def test_somebody_in_the_call_is_known_in_small_letters_and_by_the_first_name(self) -> None:
        lines = ("customer Ana Sy: {metric:our vacancy rate is {baseline:six percent}}", "customer Jo Bell: hm okay")
        metric = only(heard(*lines, "customer Ana Sy: yeah jo'll count it every month"))
        assert (metric.owner, metric.cadence) == ("Jo", "every month")

    def test_the_rep_may_say_it_too(self) -> None:
        metric = only(heard(*self.FIGURES, "rep: So six percent, monthly, from Ana."))
        assert (metric.owner, metric.cadence) == ("Ana", "monthly")

    def test_one_may_keep_them_all(self) -> None:
        state = heard(
            *self.FIGURES,
            "customer Ana: {metric:The handover time is {baseline:forty minutes}}.",
            "rep: And who reports those?",
            "customer Ana: I do both, every Friday.",
        )
        assert [(m.owner, m.cadence) for m in state.metrics.values()] == [("Ana", "every Friday")] * 2

    def test_a_rhythm_of_the_work_is_no_cadence(self) -> None:
        metric = only(heard(*self.FIGURES, "customer Ana: The cleaners come every week, you know."))
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

    def test_counts_of_use_are_no_measure(self) -> None:
        said = "rep: {metric:Logins went from two thousand to nine thousand}."
        assert heard(said, kind="qbr").metrics == {}


class TestOneKindOfFigure:
    def test_a_change_in_one_sentence_wins_over_a_sum_in_the_one_before(self) -> None:
        said = "The contract is 3.4 million a year. And I'd want scrap under half a percent, from 1.9 percent now."
        sides = {r.value: r.side for r in readings(said)}
        assert (sides["1.9 percent"], sides["half a percent"]) == ("baseline", "target")

    def test_a_sum_is_no_baseline_for_a_percentage(self) -> None:
        sum_a_year, share = find_quantities("3.4 million a year, and then half a percent")
        assert not same_measure(sum_a_year, share)

    def test_a_bare_number_can_be_one(self) -> None:
        before, after = find_quantities("from 35 to 80 percent")
        assert same_measure(before, after)

    def test_a_target_of_another_kind_does_not_join_a_baseline(self) -> None:
        state = heard(
            "rep: Where is your scrap rate today?",
            "customer: {metric:Our scrap rate is {baseline:4 percent} today}.",
            "rep: And where does it need to be?",
            "customer: {metric:I want {target:20 minutes} per shift}.",
        )
        assert [(m.baseline, m.target) for m in state.metrics.values()] == [("4 percent", None)]


def test_who_is_told_by_their_role_and_name_is_called_by_name() -> None:
    text = "Our controller, Petra, looks at it."
    assert name_after(text, len("Our controller")) == "Petra"
    assert name_after("Our controller, Monday mornings.", len("Our controller")) is None


def test_somebody_called_by_role_and_name_is_no_measure() -> None:
    state = heard("customer: {metric:Our night manager, Petra. She counts the beds, about six hours a week}.")
    assert not any("manager" in metric.text.lower() for metric in state.metrics.values())
