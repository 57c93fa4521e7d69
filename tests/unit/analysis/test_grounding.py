from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.grounding import grounded, says, unsaid_numbers, verbatim
from copilot.domain.items import Evidence
from tests.builders import call_of, say


class TestVerbatim:
    def test_finds_a_quote_as_it_stands(self) -> None:
        assert verbatim("six weeks", "It takes six weeks today") == "six weeks"

    def test_gives_back_the_words_as_the_utterance_has_them(self) -> None:
        assert verbatim("It  takes SIX weeks", "it takes\nsix weeks today") == "it takes\nsix weeks"

    def test_refuses_words_that_were_not_said(self) -> None:
        assert verbatim("five weeks", "It takes six weeks today") is None

    def test_refuses_a_quote_without_a_letter(self) -> None:
        assert verbatim("  ", "It takes six weeks") is None

    def test_sees_through_letters_nobody_sees_and_kinds_of_quotation_marks(self) -> None:
        assert verbatim('say "four weeks"', "We\u200b say\u00a0“four\u00ad weeks” now") == "say\u00a0“four\u00ad weeks”"

    @given(st.text(), st.integers(0, 50), st.integers(0, 50))
    def test_every_slice_of_a_text_stands_in_it(self, text: str, a: int, b: int) -> None:
        quote = text[min(a, b) : max(a, b)]
        found = verbatim(quote, text)

        assert (found is not None and found in text) or not quote.strip()


class TestGrounded:
    def test_keeps_what_stands_once_and_drops_the_rest(self) -> None:
        state = call_of(say("customer", "We want four weeks"))
        there = Evidence(utterance=0, quote="four weeks")

        assert grounded(
            [there, there, Evidence(utterance=0, quote="two"), Evidence(utterance=7, quote="We")], state.utterances
        ) == (there,)

    def test_a_quote_of_another_utterance_is_put_where_it_stands(self) -> None:
        state = call_of(
            say("rep", "So what is it that you want"), say("customer", "We want four weeks by June at last")
        )
        misplaced = Evidence(utterance=0, quote="we want four weeks by june")

        assert grounded([misplaced], state.utterances) == (Evidence(utterance=1, quote="We want four weeks by June"),)
        assert grounded([misplaced.model_copy(update={"utterance": 99})], state.utterances)[0].utterance == 1

    def test_a_few_words_are_not_looked_for_elsewhere(self) -> None:
        state = call_of(say("rep", "Is that so"), say("customer", "Yes exactly"))

        assert grounded([Evidence(utterance=0, quote="Yes exactly")], state.utterances) == ()

    def test_the_nearest_of_several_places_is_meant(self) -> None:
        twice = (
            say("customer", "we want four weeks by June", id="a"),
            say("customer", "we want four weeks by June", id="b"),
        )
        state = call_of(twice[0], say("rep", "Right"), say("rep", "Well"), twice[1], say("rep", "Good"))

        assert grounded([Evidence(utterance=4, quote="want four weeks by June")], state.utterances)[0].utterance == 3


class TestUnsaidNumbers:
    def test_are_those_that_no_text_holds(self) -> None:
        assert unsaid_numbers("From 9 weeks to 4 in 2 years", ["nine weeks now", "four is what we want"]) == {2}

    def test_are_none_where_a_share_is_said_in_another_way(self) -> None:
        assert unsaid_numbers("Down by 20 percent", ["a fifth less"]) == frozenset()
        assert unsaid_numbers("20 percent", ["one in five"]) == frozenset()

    def test_are_none_of_a_claim_without_numbers(self) -> None:
        assert unsaid_numbers("Faster reports", []) == frozenset()


class TestSays:
    def test_a_value_in_these_words_or_the_same_quantity(self) -> None:
        assert says("6 weeks", ["it takes six weeks today"])
        assert says("every month", ["a monthly report"])
        assert says("by Friday", ["you have it By friday"])

    def test_no_part_of_a_number(self) -> None:
        assert not says("5 percent", ["it is 25 percent"])
        assert not says("three hundred thousand", ["we have two million three hundred thousand parcels"])

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("Ann", "it is in the annual report"),
            ("Sue", "that is an issue"),
            ("weekly", "a biweekly list"),
            ("able", "we are unable to"),
        ],
    )
    def test_no_piece_of_a_word(self, value: str, text: str) -> None:
        assert not says(value, [text])

    @given(before=st.text("xyz", max_size=3), after=st.text("xyz", max_size=3))
    def test_a_word_without_a_number_only_where_it_stands_whole(self, before: str, after: str) -> None:
        assert says("Jonquil", [f"ask {before}Jonquil{after}, please"]) is (before == after == "")

    def test_no_other_unit_number_or_word(self) -> None:
        assert not says("6 months", ["it takes six weeks today"])
        assert not says("7 weeks", ["it takes six weeks today"])
        assert not says("finance", ["we count it ourselves"])
