"""What somebody undertakes to do after the call."""

from __future__ import annotations

import pytest

from copilot.domain.items import NextStep
from tests.unit.analysis.conversations import cards, talk


def only(*lines: str) -> NextStep:
    (step,) = talk(*lines).next_steps.values()
    return step


class TestPromises:
    @pytest.mark.parametrize(
        ("said", "card", "due"),
        [
            ("I'll send you the pricing sheet by Friday.", "Send the pricing sheet", "Friday"),
            (
                "And I'll put a sample of the forms in the shared folder. Tomorrow.",
                "Put a sample of the forms in the shared folder",
                "Tomorrow",
            ),
            ("We'll set up a call with our architect.", "Set up a call with the architect", None),
            ("You'll have the figures from me on Monday.", "Send the figures", "Monday"),
            (
                "On the third of December I'll send the contract draft.",
                "Send the contract draft",
                "the third of December",
            ),
            (
                "I'll send the contract draft before the ninth.",
                "Send the contract draft",
                "before the ninth",
            ),
            (
                "I'll send you the list of tickets that we saw this morning.",
                "Send the list of tickets that they saw",
                None,
            ),
            ("I'll check the gate log tomorrow and send it by Friday.", "Check the gate log and send it", "Friday"),
            ("I'll send the gate log tomorrow, and we talk by Friday.", "Send the gate log", "tomorrow"),
            ("I'll call Mrs. Oduya about the badges tonight.", "Call Mrs. Oduya about the badges", "tonight"),
        ],
    )
    def test_a_promise_has_a_keeper_and_a_day(self, said: str, card: str, due: str | None) -> None:
        step = only(f"rep Dana: {said}")
        assert (step.text, step.owner, step.due) == (card, "Dana", due)

    def test_one_that_only_points_back_takes_its_words_from_the_request(self) -> None:
        step = only("customer Luis: Could you send us the audit report?", "rep Dana: I'll send that over tomorrow.")
        assert (step.text, step.owner, step.due) == ("Send the audit report", "Dana", "tomorrow")

    def test_an_answer_is_owed_to_the_question(self) -> None:
        step = only(
            "customer Luis: Is the scanner certified for cold rooms?", "rep Dana: I'd have to get back to you on that."
        )
        assert step.text == "Answer: Is the scanner certified for cold rooms"


class TestNeutralWords:
    @pytest.mark.parametrize(
        ("said", "card"),
        [
            ("I'll find somebody in Lyon for you.", "Find somebody in Lyon"),
            ("I'll ask my colleague in support about the labels.", "Ask the colleague in support about the labels"),
            ("I'll check what you need for the audit.", "Check what they need for the audit"),
            ("I'll let you know if the scanner fits.", "Give word if the scanner fits"),
            ("We'll send the sample list to you on Monday.", "Send the sample list"),
        ],
    )
    def test_a_task_reads_the_same_for_both_sides(self, said: str, card: str) -> None:
        assert only(f"rep Dana: {said}").text == card


class TestRequests:
    def test_a_yes_takes_it_on(self) -> None:
        step = only("rep Dana: Could you introduce us to your warehouse lead?", "customer Luis: Sure, happy to.")
        assert (step.text, step.owner, step.utterances) == (
            "Make an introduction to the warehouse lead",
            "Luis",
            (0, 1),
        )

    def test_without_one_it_is_no_step(self) -> None:
        lines = ("rep Dana: Could you introduce us to your warehouse lead?", "customer Luis: He's quite busy.")
        assert cards(talk(*lines).next_steps) == []


@pytest.mark.parametrize(
    "line",
    [
        "rep: Let me share my screen.",
        "rep: Let me ask you something about the drivers.",
        "customer: If half of them use it, I'll believe it.",
        "customer: Maybe we'll look at that one day.",
        "rep: I'll be honest with you.",
        "customer: I'd send it to finance today, that's how we work.",
    ],
)
def test_steps_of_the_talk_conditions_and_perhaps_are_none(line: str) -> None:
    assert cards(talk(line).next_steps) == []
