"""What is said back, agreed to, ranked, and taken back."""

from __future__ import annotations

import pytest

from copilot.domain.items import ItemState
from tests.unit.analysis.conversations import talk
from tests.unit.analysis.readers import UnsureAtFirst

WANTED = (
    "rep: What are you after?",
    "customer: I want returns down from eight percent to five. And quicker deliveries.",
)
SAID_BACK = "rep: Let me say that back: returns from eight percent to five, and quicker deliveries. Is that right?"


def states(*lines: str) -> list[ItemState]:
    return [outcome.state for outcome in talk(*lines).outcomes.values()]


class TestSayingBack:
    @pytest.mark.parametrize("yes", ["Exactly right.", "Yes, that's it.", "That's correct.", "No. That's us.", "Yep."])
    def test_a_yes_confirms_what_was_said_back(self, yes: str) -> None:
        assert states(*WANTED, SAID_BACK, f"customer: {yes}") == [ItemState.CONFIRMED] * 2

    @pytest.mark.parametrize("other", ["Hm.", "Not quite.", "Yes, but the returns come later.", "Okay, next."])
    def test_anything_else_does_not(self, other: str) -> None:
        assert ItemState.CONFIRMED not in states(*WANTED, SAID_BACK, f"customer: {other}")

    def test_a_yes_to_anything_else_does_not(self) -> None:
        lines = (*WANTED, "rep: Do you have a minute more?", "customer: Yes.")
        assert ItemState.CONFIRMED not in states(*lines)

    def test_a_speaker_of_no_known_side_cannot_confirm(self) -> None:
        assert ItemState.CONFIRMED not in states(*WANTED, SAID_BACK, "unknown: Exactly right.")

    def test_a_change_that_nobody_noted_stands_as_a_proposal_until_the_yes(self) -> None:
        said = "rep: So if I understood you, late fees go from nine thousand a month to two."
        assert states(said) == [ItemState.PROPOSED]
        assert states(said, "customer: Correct.") == [ItemState.CONFIRMED]


class TestTakingBack:
    def test_what_the_customer_drops_is_withdrawn(self) -> None:
        state = talk(
            "rep: What has to be in place?",
            "customer: It has to print the shelf labels.",
            "customer: Actually, forget the shelf labels.",
        )
        assert [c.state for c in state.capabilities.values()] == [ItemState.WITHDRAWN]

    def test_the_rep_cannot_drop_it(self) -> None:
        state = talk(
            "rep: What has to be in place?",
            "customer: It has to print the shelf labels.",
            "rep: Let's forget the shelf labels.",
        )
        assert [c.state for c in state.capabilities.values()] == [ItemState.HEARD]


class TestRanking:
    @pytest.mark.parametrize(
        ("answer", "ranks"),
        [
            ("The deliveries.", [None, 1]),
            ("Returns first. Then the deliveries.", [1, 2]),
            ("Deliveries are number one, returns come second.", [2, 1]),
        ],
    )
    def test_an_answer_ranks_by_name(self, answer: str, ranks: list[int | None]) -> None:
        state = talk(*WANTED, "rep: Which of those matters most?", f"customer: {answer}")
        assert [outcome.priority for outcome in state.outcomes.values()] == ranks

    def test_the_first_day_is_no_rank(self) -> None:
        state = talk(*WANTED, "customer: I want that on the first day of the quarter.")
        assert [outcome.priority for outcome in state.outcomes.values()] == [None, None]


class TestFigures:
    PUT = "rep: So late fees go from nine thousand a month to two."

    def test_a_figure_that_the_customer_repeats_is_heard_from_the_customer(self) -> None:
        assert states(self.PUT, "customer: Two, by the summer.") == [ItemState.HEARD]

    def test_another_figure_is_not(self) -> None:
        state = talk(self.PUT, "customer: I have three children.", reader=UnsureAtFirst())
        assert [outcome.state for outcome in state.outcomes.values()] == [ItemState.PROPOSED]

    def test_every_change_of_a_summing_up_is_one(self) -> None:
        state = talk("rep: So it's late fees from nine thousand to two, and lost keys from thirty to ten.")
        assert [m.text for m in state.metrics.values()] == ["Late fees", "Lost keys"]


def test_a_word_that_only_begins_as_another_is_no_mention() -> None:
    state = talk(
        "rep: What has to be in place?",
        "customer: It has to have single sign-on.",
        "rep: Let me say it back: signature to first truck from six weeks to four.",
    )
    assert [c.utterances for c in state.capabilities.values()] == [(1,)]


def test_what_is_called_scrap_is_not_taken_back() -> None:
    lines = (*WANTED, "customer: Our scrap rate and the returns are what hurts.")
    assert ItemState.WITHDRAWN not in states(*lines)
