from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import CAPABILITIES, METRICS, OTHER, OUTCOMES, Dialogue, seen, standing, watched

UNCHECKED = PitfallKind.MISSING_CUSTOMER_VALIDATION
PAST = PitfallKind.PAST_ONLY
SINGLE = PitfallKind.SINGLE_DIMENSION

SUM = "rep: Three hours a night over a year, that works out to 52,000 euros saved."
TALK = (
    "customer: Hm.",
    "rep: Now to the second barn.",
    "customer: That one is ours since May.",
    "rep: Since May, right, with the new roof.",
    "customer: The roof leaks.",
    "rep: Oh dear, does it?",
    "customer: Only on the west side.",
)


class TestMissingCustomerValidation:
    def test_is_marked_at_the_sum_once_three_turns_have_passed(self) -> None:
        assert seen(UNCHECKED, Dialogue([SUM, *TALK]), "qbr", ended=False) == [(0,)]
        assert seen(UNCHECKED, Dialogue([SUM, *TALK[:5]]), "qbr", ended=False) == []

    @pytest.mark.parametrize(
        "asked",
        [
            "Does that match what you see?",
            "Would you sign that?",
            "Is that fair, or too high?",
            "Could you live with it?",
            "Does that sit right with you?",
        ],
    )
    def test_is_none_where_the_customer_is_asked(self, asked: str) -> None:
        assert seen(UNCHECKED, Dialogue([SUM, f"rep: {asked}", *TALK]), "qbr") == []

    @pytest.mark.parametrize("said", ["Yes, I'd sign that.", "That matches our numbers.", "We would accept that."])
    def test_is_none_where_the_customer_vouches_for_it(self, said: str) -> None:
        assert seen(UNCHECKED, Dialogue([SUM, f"customer: {said}", *TALK]), "qbr") == []

    @pytest.mark.parametrize("said", ["Where does the 52,000 come from?", "How did you get to that figure?"])
    def test_is_still_one_where_the_customer_has_to_ask(self, said: str) -> None:
        assert seen(UNCHECKED, Dialogue([SUM, f"customer: {said}", *TALK]), "qbr") == [(0,)]

    def test_is_none_of_a_count_in_millions_that_is_no_money(self) -> None:
        assert seen(UNCHECKED, Dialogue(["rep: You scanned badges, which is two million taps.", *TALK]), "qbr") == []

    def test_is_none_of_a_sum_that_was_told_of_as_claiming_too_much(self) -> None:
        claimed = f"{SUM} And all of that came from our platform."
        assert seen(UNCHECKED, Dialogue([claimed, *TALK]), "qbr") == []

    def test_is_still_one_where_the_customer_asks_about_something_else(self) -> None:
        dialogue = Dialogue([SUM, "customer: And how is your mother?", *TALK])
        assert seen(UNCHECKED, dialogue, "qbr") == [(0,)]

    def test_is_not_mended_by_an_agreement_to_something_much_later(self) -> None:
        dialogue = Dialogue([SUM, *TALK[:6], "customer: That's right, only on the west side.", TALK[1], TALK[2]])
        assert seen(UNCHECKED, dialogue, "qbr") == [(0,)]

    def test_is_none_of_the_customers_own_figure(self) -> None:
        lines = ["customer: We saved 52,000 euros.", "rep: So 52,000 euros saved, well done.", *TALK]
        assert seen(UNCHECKED, Dialogue(lines), "qbr") == []

    def test_is_none_of_a_figure_that_was_given_to_the_rep(self) -> None:
        lines = ["rep: I wrote down 9,000 euros a year saved per barn, as Grete told me in May.", *TALK]
        assert seen(UNCHECKED, Dialogue(lines), "qbr") == []

    def test_is_none_of_a_price(self) -> None:
        lines = ["rep: The renewal comes to 40,000 euros a year.", *TALK]
        assert seen(UNCHECKED, Dialogue(lines), "qbr") == []

    def test_is_taken_back_where_all_figures_are_checked_later(self) -> None:
        dialogue = Dialogue([SUM, *TALK, *TALK, "rep: Before we end, are all these figures fair?"])
        assert seen(UNCHECKED, dialogue, "qbr") == []

    def test_is_not_taken_back_by_a_question_about_another_figure(self) -> None:
        dialogue = Dialogue([SUM, *TALK, *TALK, "rep: And nine in ten, is that a fair line?"])
        assert seen(UNCHECKED, dialogue, "qbr") == [(0,)]

    def test_is_told_at_the_end_where_no_turns_were_left(self) -> None:
        dialogue = Dialogue([SUM, "customer: Bye, then."])
        assert seen(UNCHECKED, dialogue, "qbr", ended=False) == []
        assert seen(UNCHECKED, dialogue, "qbr") == [(0,)]


class TestPastOnly:
    def test_is_marked_at_the_last_turn_about_value(self) -> None:
        lines = ["rep: Delays fell from nine days to four.", "customer: They did.", "rep: And April stood at 3.8 days."]
        dialogue = Dialogue(lines, {0: METRICS, 1: METRICS, 2: METRICS})
        assert seen(PAST, dialogue, "qbr") == [(2,)]

    @pytest.mark.parametrize(
        ("said", "stage"),
        [
            ("What would it take to get to three?", CAPABILITIES),
            ("Which result matters most to you from here?", OUTCOMES),
            ("So the next goal is three days in every depot.", METRICS),
        ],
    )
    def test_is_none_where_the_rep_looks_ahead(self, said: str, stage: str) -> None:
        dialogue = Dialogue(["rep: Delays fell from nine days to four.", f"rep: {said}"], {0: METRICS, 1: stage})
        assert seen(PAST, dialogue, "qbr") == []

    @pytest.mark.parametrize(
        "said", ["rep: Depot three will be on it by October.", "customer: I want to be at three days before Christmas."]
    )
    def test_is_none_where_anybody_says_what_is_to_come(self, said: str) -> None:
        dialogue = Dialogue(["rep: Delays fell from nine days to four.", said], {0: METRICS, 1: METRICS})
        assert seen(PAST, dialogue, "qbr") == []

    def test_does_not_take_the_date_of_the_next_meeting_for_a_look_ahead(self) -> None:
        lines = ["rep: Delays fell from nine days to four.", "rep: We meet again next quarter."]
        assert seen(PAST, Dialogue(lines, {0: METRICS, 1: OTHER}), "qbr") == [(0,)]

    def test_is_none_where_no_value_was_shown(self) -> None:
        assert seen(PAST, Dialogue(["rep: Hello.", "customer: Hello."]), "qbr") == []


class TestSingleDimension:
    def test_names_the_kind_of_value_and_marks_its_first_turn(self) -> None:
        lines = ["rep: Rotas take two hours less.", "customer: True.", "rep: And handovers are 40 minutes shorter."]
        (found,) = standing(watched(Dialogue(lines, {0: METRICS, 2: METRICS}), "qbr", ended=True), SINGLE)
        assert found.utterances == (0,)
        assert found.fact == "Only operational value shown"

    def test_is_none_with_a_second_kind(self) -> None:
        lines = ["rep: Rotas take two hours less.", "rep: And agency costs fell by 30,000 euros."]
        assert seen(SINGLE, Dialogue(lines, {0: METRICS, 1: METRICS}), "qbr") == []

    def test_is_none_where_the_customer_names_a_second_kind(self) -> None:
        lines = [
            "rep: Rotas take two hours less.",
            "rep: Handovers are an hour shorter.",
            "customer: We saved 9,000 euros.",
        ]
        assert seen(SINGLE, Dialogue(lines, {0: METRICS, 1: METRICS, 2: METRICS}), "qbr") == []

    def test_is_none_where_it_is_not_known_of_which_kind_a_gain_is(self) -> None:
        lines = [
            "rep: Rotas take two hours less.",
            "rep: Handovers are an hour shorter.",
            "rep: Falls went from 9 to 4.",
        ]
        assert seen(SINGLE, Dialogue(lines, {0: METRICS, 1: METRICS, 2: METRICS}), "qbr") == []

    def test_needs_more_than_one_statement(self) -> None:
        assert seen(SINGLE, Dialogue(["rep: Rotas take two hours less."], {0: METRICS}), "qbr") == []
