"""A stage for every utterance, from what is said and from what it answers."""

from __future__ import annotations

import pytest

from tests.unit.analysis.conversations import talk

BEFORE, NEGATIVE, AFTER = "before_scenario", "negative_consequences", "after_scenario"
RESULTS, NEEDS, METRICS = "positive_business_outcomes", "required_capabilities", "metrics"
HOW, PROOF, OTHER = "how_we_do_it", "proof_points", "other"

OPENING = (
    "rep: Hi, thanks for joining.",
    "customer: Hello.",
    "rep: Shall we start?",
    "customer: Yes, please do.",
    "rep: I have us down for thirty minutes.",
    "customer: That's fine.",
)


@pytest.mark.parametrize(
    ("question", "stage"),
    [
        ("Walk me through how a room gets cleaned today.", BEFORE),
        ("And what does it cost you when a delivery goes wrong?", NEGATIVE),
        (
            "In an ideal world, if you could wave a magic wand, what would your mornings look like a year from now?",
            AFTER,
        ),
        ("What are you hoping to achieve with this, and what matters most?", RESULTS),
        ("What has to be in place from day one?", NEEDS),
        ("How would you measure that, and who reports the figure?", METRICS),
    ],
)
def test_an_answer_is_about_what_was_asked(question: str, stage: str) -> None:
    state = talk(*OPENING, f"rep: {question}", "customer: Well, there is a lot to it.")
    assert [state.stage_of(6), state.stage_of(7)] == [stage, stage]


class TestByWhoSpeaks:
    def test_a_rep_who_explains_the_product_tells_how_it_is_done(self) -> None:
        state = talk("rep: Our platform pulls the orders in overnight, you get a dashboard, and it flags what is late.")
        assert state.stage_of(0) == HOW

    def test_a_customer_asks_for_proof(self) -> None:
        state = talk("customer: Has anyone else in our industry done this before?")
        assert state.stage_of(0) == PROOF

    def test_greetings_and_dates_are_other(self) -> None:
        state = talk("rep: Good morning, nice to meet you.", "customer: I'll send you an invite for next Tuesday.")
        assert [state.stage_of(0), state.stage_of(1)] == [OTHER, OTHER]


class TestInTheRunOfTalk:
    LINES = (
        "rep: Walk me through it: how does a sample get to the lab today?",
        "customer: The driver takes it, and we write it in a book.",
        "rep: Mm-hm.",
        "customer: Both books, actually.",
    )

    def test_a_listening_noise_is_other_and_the_running_stage_could_be_defended(self) -> None:
        mark = talk(*OPENING, *self.LINES).marks[8]
        assert (mark.stage, mark.also) == (OTHER, (BEFORE,))

    def test_the_subject_goes_on_after_it(self) -> None:
        assert talk(*OPENING, *self.LINES).stage_of(9) == BEFORE

    def test_a_mark_is_revised_when_what_follows_shows_what_it_was_about(self) -> None:
        lines = (
            "rep: And the gate, you said?",
            "customer: It's the gate at the north side where they wait.",
            "customer: The trucks stand there, drivers complain, and last year it cost us forty thousand in penalties.",
        )
        assert talk(*OPENING, *lines[:2]).stage_of(7) != NEGATIVE
        assert talk(*OPENING, *lines).stage_of(7) == NEGATIVE


def test_an_unknown_side_is_marked_too() -> None:
    assert talk("unknown: Our target is to cut returns, that is the most important goal.").stage_of(0) == RESULTS
