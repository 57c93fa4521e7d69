"""What speech comes down to on a card, and which words nobody could read there."""

from __future__ import annotations

import pytest

from copilot.analysis.language.flaws import MOST_WORDS, Flaw, flaw, is_level
from copilot.analysis.language.phrasing import core, ways_to_cut


class TestCore:
    @pytest.mark.parametrize(
        ("said", "card"),
        [
            ("And I want the parcels delivered whole.", "Parcels delivered whole"),
            ("whatever it is, I want that bread bill at nine by Easter", "Bread bill at nine by Easter"),
            ("What I'd tell the owners is that a cracked window is mended.", "Cracked window is mended"),
            ("We'd settle for forty crates a shift, to be fair.", "Forty crates a shift"),
            ("there should be a bell at the back door", "Bell at the back door"),
            ("Lorries are unloaded by noon and that's all I ask.", "Lorries are unloaded by noon"),
            ("the ovens cool down by six because the baker leaves then", "Ovens cool down by six"),
            ("and the weights have to be right", "Weights have to be right"),
            ("I don't want to lose another baker", "Don't want to lose another baker"),
        ],
    )
    def test_is_the_words_that_carry_the_meaning(self, said: str, card: str) -> None:
        assert core(said) == card

    @pytest.mark.parametrize(
        ("said", "card"),
        [
            ("It has to run on the old tills.", "Run on the old tills"),
            ("and it'd have to be waterproof gloves at the dock", "Waterproof gloves at the dock"),
            ("It can't show the price to the driver.", "Can't show the price to the driver"),
            ("If it could print the label by itself", "Print the label by itself"),
            ("Can it go on the drivers' phones?", "Go on the drivers' phones"),
            ("The tills are day one.", "Tills"),
        ],
    )
    def test_of_a_product_is_what_it_has_to_do(self, said: str, card: str) -> None:
        assert core(said, of_product=True) == card

    def test_leaves_out_whom_it_is_said_to(self) -> None:
        said = "Look, Ilka, the bins are empty by eight, Jonas."
        assert core(said, names={"Ilka", "Jonas"}) == "Bins are empty by eight"

    def test_ends_where_a_part_of_the_sentence_ends(self) -> None:
        words = core(
            "the keepers weigh every animal in the yard with the big scale on Monday morning"
            " when the vet has gone home again"
        )
        assert len(words.split()) <= MOST_WORDS
        assert words.endswith("Monday morning")

    def test_keeps_figures_as_they_are_said(self) -> None:
        assert core("calls to five five five from two twelve to a hundred") == (
            "Calls to five five five from two twelve to a hundred"
        )


def test_a_stretch_is_cut_at_its_commas_in_every_way() -> None:
    assert list(ways_to_cut("a, b, c")) == ["a, b, c", "a, b", "b, c", "a", "b", "c"]


class TestFlaw:
    @pytest.mark.parametrize("words", ["Fewer broken eggs", "Bread on the shelf by seven", "No password at all"])
    def test_none_of_a_thing_or_an_action(self, words: str) -> None:
        assert flaw(words) is Flaw.NONE

    @pytest.mark.parametrize("words", ["We bake for the school on Fridays", "Tell them what they had last year"])
    def test_of_talk_that_is_understood(self, words: str) -> None:
        assert flaw(words) is Flaw.TALK

    @pytest.mark.parametrize("words", ["Under nine", "Five by the summer fair", "With a lid on top", "Each time"])
    def test_of_a_level_that_does_not_say_of_what(self, words: str) -> None:
        assert flaw(words) is Flaw.OPEN

    @pytest.mark.parametrize(
        "words",
        [
            "7, 9 1 7",
            "6, 8, 8, or not in this form",
            "",
            "It opens late",
            "Cause they ring first",
            "If the oven fails",
            "Send it",
            "Does it rain",
        ],
    )
    def test_of_a_piece_that_says_nothing_alone(self, words: str) -> None:
        assert flaw(words) is Flaw.PIECE


@pytest.mark.parametrize(
    ("words", "expected"), [("Under nine", True), ("None", True), ("Nine hens", True), ("Fewer broken eggs", False)]
)
def test_a_level_names_nothing_but_how_much(words: str, expected: bool) -> None:
    assert is_level(words) is expected
