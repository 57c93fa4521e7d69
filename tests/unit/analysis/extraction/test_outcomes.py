"""Business results, as the customer states them."""

from __future__ import annotations

import pytest

from copilot.domain.items import ItemState
from tests.unit.analysis.conversations import cards, heard, talk

ASKED = "rep: What are you hoping to get out of this?"


@pytest.mark.parametrize(
    ("answer", "card"),
    [
        (
            "We need to bring our claim handling time down to three days.",
            "Bring our claim handling time down to three days",
        ),
        ("I'd like the branches to serve people faster.", "Branches serve people faster"),
        ("Um, honestly, fewer empty seats.", "Fewer empty seats"),
        ("Every parcel there before noon.", "Every parcel there before noon"),
        ("The goal is a shorter stay on the ward.", "Shorter stay on the ward"),
        (
            "For us it's mainly the turnover of drivers, that has to come down.",
            "Turnover of drivers, that has to come down",
        ),
    ],
)
def test_a_card_has_the_customers_words_without_what_only_fills_the_air(answer: str, card: str) -> None:
    assert cards(talk(ASKED, f"customer: {answer}").outcomes) == [card]


class TestWhatIsAResult:
    def test_a_number_makes_it_measurable(self) -> None:
        (outcome,) = talk(ASKED, "customer: I want returns down from eight percent to five.").outcomes.values()
        assert outcome.measurable

    def test_what_somebody_in_the_call_must_do_is_none(self) -> None:
        said = "customer Priya: Yes, that works. Tom has to drop five minutes early."
        assert not talk("customer Tom: Morning.", "rep: Is half an hour all right?", said).outcomes

    def test_several_results_in_one_answer_are_several_entries(self) -> None:
        state = talk(ASKED, "customer: Fewer returns. And a faster month-end close.")
        assert cards(state.outcomes) == ["Fewer returns", "Faster month-end close"]

    def test_a_pronoun_is_replaced_by_what_it_stands_for(self) -> None:
        state = talk(ASKED, "customer: Staff turnover. It has to come down this year.")
        assert cards(state.outcomes) == ["Staff turnover has to come down this year"]

    def test_what_is_pointed_back_to_is_what_is_wanted(self) -> None:
        state = talk("customer: The plane leaves on time, and that's all I ask.")
        assert cards(state.outcomes) == ["Plane leaves on time"]

    def test_saying_it_again_adds_words_to_the_same_entry(self) -> None:
        state = talk(
            ASKED,
            "customer: We want to reduce food waste in the kitchens.",
            "rep: Okay.",
            "customer: As I say, we want to reduce the food waste.",
        )
        (outcome,) = state.outcomes.values()
        assert outcome.utterances == (1, 3)


class TestStatedWithASize:
    SAID = "customer: A repair takes eleven days at our place. We want to hand cars back in four days by the autumn."

    @pytest.mark.parametrize(
        "before", ["rep: Who books the repairs?", "rep: Okay.", "rep: What do you want by the fall?"]
    )
    def test_is_a_result_whatever_was_asked_before(self, before: str) -> None:
        assert cards(talk(before, self.SAID).outcomes) == ["Hand cars back in four days by the autumn"]

    def test_a_time_of_day_is_a_size(self) -> None:
        (outcome,) = talk(
            "rep: How many drivers are there?", "customer: I want the vans home before seven."
        ).outcomes.values()
        assert (outcome.text, outcome.measurable) == ("Vans home before seven", True)

    def test_a_bare_figure_takes_its_subject_from_the_sentence_before(self) -> None:
        state = talk("rep: What worries you?", "customer: Missed visits. We're at 9% and the director wants 4% by May.")
        assert cards(state.outcomes) == ["Missed visits at 4% by May"]

    def test_a_figure_of_nothing_is_none(self) -> None:
        assert cards(talk(ASKED, "customer: Ten days would be huge.").outcomes) == []


class TestWording:
    @pytest.mark.parametrize(
        ("said", "card"),
        [
            ("If we could fill 10% more beds that would be huge.", "Fill 10% more beds"),
            ("Cutting the queue to five minutes would be a big win.", "Cutting the queue to five minutes"),
            ("Our goal is to raise the yield to 95%, and that'd be great.", "Raise the yield to 95%"),
        ],
    )
    def test_wishing_and_praise_are_no_part_of_it(self, said: str, card: str) -> None:
        assert cards(talk(ASKED, f"customer: {said}").outcomes) == [card]


class TestPriorities:
    LINES = (
        ASKED,
        "customer: Fewer wrong invoices, we want those down to one percent.",
        "rep: And?",
        "customer: I want the time from order to first pallet down to two weeks.",
    )

    def ranks(self, question: str, answer: str) -> dict[str, int | None]:
        state = talk(*self.LINES, f"rep: {question}", f"customer: {answer}")
        return {o.text: o.priority for o in state.outcomes.values()}

    def test_a_number_behind_the_name_ranks(self) -> None:
        ranks = self.ranks("Which of these matters most?", "The pallet first. Invoices second.")
        assert {text.split()[0]: rank for text, rank in ranks.items()} == {"Fewer": 2, "Time": 1}

    def test_a_number_within_a_name_ranks_nothing(self) -> None:
        ranks = self.ranks("And the pallets?", "Time to the first pallet is what I look at.")
        assert set(ranks.values()) == {None}

    def test_what_is_said_of_a_choice_that_is_not_known_ranks_nothing_else(self) -> None:
        ranks = self.ranks("Which of the two matters more?", "The resale. It goes straight to the margin.")
        assert set(ranks.values()) == {None}

    def test_a_plain_choice_ranks_what_it_names(self) -> None:
        ranks = self.ranks("Which of the two is more important?", "The invoices. It goes straight to the margin.")
        assert {text.split()[0]: rank for text, rank in ranks.items()} == {"Fewer": 1, "Time": None}


class TestWhatIsNone:
    @pytest.mark.parametrize(
        "said",
        [
            "It has to integrate with our booking system.",
            "We want to be live by June.",
            "I'd like to ask you something about the contract.",
            "Cheaper software is not on my list.",
            "Last year we lost two big accounts over it.",
            "You have to be faster than the others in this trade.",
            "We had a lovely weekend at the lake.",
        ],
    )
    def test_needs_dates_talk_denials_pains_and_advice(self, said: str) -> None:
        assert cards(talk(f"customer: {said}").outcomes) == []

    def test_the_reps_wishes_for_the_customer(self) -> None:
        state = talk("rep: You'd surely want to cut your energy bill by a fifth.", "customer: Hm.")
        assert cards(state.outcomes) == []

    def test_a_number_in_answer_to_another_question(self) -> None:
        state = talk("rep: How many nurses do you have on that ward?", "customer: Thirty-four.")
        assert cards(state.outcomes) == []


class TestReviews:
    LINES = (
        "rep: When you signed, the average repair took nine days.",
        "customer: Nine, yes. We're at five now, and I like that.",
    )

    def test_a_result_that_was_reached_is_one(self) -> None:
        (outcome,) = talk(*self.LINES, kind="qbr").outcomes.values()
        assert outcome.state is ItemState.HEARD
        assert "from nine days to five" in outcome.text

    def test_the_same_said_only_by_the_rep_is_none(self) -> None:
        state = talk("rep: The average repair took nine days and it's five now.", kind="qbr")
        assert cards(state.outcomes) == []


class TestWhatStandsInTheWay:
    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            (
                "What could stop this from going ahead?",
                "{outcome:The works council looks at every new tool for weeks}.",
            ),
            ("What gets in the way?", "{outcome:Every branch keeps ten forms of its own}."),
            ("How is the year going?", "{outcome:The board froze all spending above 20,000 until May}."),
        ],
    )
    def test_an_obstacle_is_no_result(self, question: str, answer: str) -> None:
        assert not heard(f"rep: {question}", f"customer: {answer}").outcomes

    def test_a_wish_in_the_same_answer_is_one(self) -> None:
        state = heard(
            "rep: What could stop this from going ahead?",
            "customer: {outcome:We want returns down from eight percent to five}.",
        )
        assert len(state.outcomes) == 1

    def test_what_the_rep_would_stop_doing_asks_for_no_obstacle(self) -> None:
        state = heard(
            "rep: What would you stop doing if it worked?",
            "customer: {outcome:Nobody at the counter waits beyond ten minutes}.",
        )
        assert len(state.outcomes) == 1
