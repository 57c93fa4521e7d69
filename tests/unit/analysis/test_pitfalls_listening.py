from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind, Threshold
from tests.unit.analysis.dialogues import (
    BEFORE,
    HOW,
    METRICS,
    NEGATIVE,
    OTHER,
    OUTCOMES,
    PROOF,
    Dialogue,
    outcome,
    seen,
    standing,
    watched,
    with_limit,
)

CUE = PitfallKind.IGNORED_CUE

PAIN = "customer: The cold room failed twice and we threw away a whole delivery of insulin."


def answered(reply: str, stage: str, *, cue: str = PAIN) -> Dialogue:
    return Dialogue([cue, f"rep: {reply}"], {0: NEGATIVE, 1: stage})


class TestIgnoredCue:
    @pytest.mark.parametrize(
        ("reply", "stage"),
        [
            ("Okay. Moving on, let me share the next slide about our company.", OTHER),
            ("Right. Our module has a report for the stock, a report for the staff and a map.", HOW),
            ("Right, okay. And who signs the invoice for the licences at your end?", OTHER),
            ("Sure, sure. So let me show you the roadmap, we have got a lot coming in spring.", HOW),
            ("Oh no. Well, back to the licences, you wanted forty of them.", OTHER),
        ],
    )
    def test_is_a_pain_that_the_rep_passes_over(self, reply: str, stage: str) -> None:
        assert seen(CUE, answered(reply, stage), "discovery") == [(0, 1)]

    @pytest.mark.parametrize(
        "reply",
        [
            "Ouch. I am sorry to hear it, and I know how much work goes into an order like yours.",
            "What did it cost you, roughly, and who had to explain it to the patients?",
            "How often has it happened since the new compressor was built in?",
            "So the insulin was lost, and nobody noticed before the morning?",
            "It sounds like you need somebody to be rung at night when it happens.",
        ],
    )
    def test_is_none_where_the_rep_takes_it_up(self, reply: str) -> None:
        assert seen(CUE, answered(reply, HOW), "discovery") == []

    @pytest.mark.parametrize(
        "reply",
        [
            "Yeah, no, everybody has that. So the dashboard has a widget for the weather now.",
            "Totally, we hear that a lot. Our company was founded in a shed near Tromsø.",
        ],
    )
    def test_is_not_taken_up_by_a_mere_courtesy(self, reply: str) -> None:
        assert seen(CUE, answered(reply, OTHER), "discovery") == [(0, 1)]

    def test_is_none_where_the_customer_asks_something_after_it(self) -> None:
        told = PAIN + " Has anybody else had that with your cold rooms?"
        assert seen(CUE, answered("Our oldest pharmacy is in Bergen, they run nine.", PROOF, cue=told), "demo") == []

    def test_is_none_of_what_customers_have_talked_past_among_themselves(self) -> None:
        lines = [
            PAIN,
            "customer: Magnus, we talked of the spring before the move.",
            "customer: The spring it is, and we can settle this after the call.",
            "rep: Okay. Moving on, let me share the next slide about our company.",
        ]
        assert seen(CUE, Dialogue(lines, {0: NEGATIVE, 1: OTHER, 2: OTHER, 3: OTHER}), "discovery") == []

    def test_is_none_where_the_rep_comes_back_to_a_figure_named_a_moment_ago(self) -> None:
        lines = [
            "customer: We threw away forty boxes in that week, all told.",
            "rep: Oh dear.",
            PAIN,
            "rep: Right. Let me show you the page that keeps forty boxes in view.",
        ]
        assert seen(CUE, Dialogue(lines, {0: NEGATIVE, 1: OTHER, 2: NEGATIVE, 3: HOW}), "demo") == []

    def test_is_likelier_of_what_was_told_unasked(self) -> None:
        told = "customer: Three hundred and forty of our boxes were lost, it was a terrible week for us."
        reply = "rep: Great. Our module has a report for the staff, a map, and a page with the weather."
        asked = Dialogue(["rep: How many boxes is it?", told, reply], {0: NEGATIVE, 1: NEGATIVE, 2: HOW})
        unasked = Dialogue(["rep: Lovely boxes, these.", told, reply], {0: OTHER, 1: NEGATIVE, 2: HOW})
        assert seen(CUE, asked, "discovery") == []
        assert seen(CUE, unasked, "discovery") == [(1, 2)]

    def test_is_told_late_where_only_the_protest_shows_it(self) -> None:
        lines = [PAIN, "rep: Great. We are the number one platform for pharmacies in the north."]
        stages = {0: NEGATIVE, 1: HOW, 2: OTHER}
        protest = Dialogue([*lines, "customer: Did you hear what I said?"], stages)
        assent = Dialogue([*lines, "customer: Then we came to the right place."], stages)
        assert seen(CUE, protest, "discovery") == [(0, 1)]
        assert seen(CUE, assent, "discovery") == []

    def test_is_none_of_a_protest_against_somebody_else(self) -> None:
        lines = [
            PAIN,
            "rep: Great. We are the number one platform for pharmacies in the north.",
            "customer: Magnus, the van is blocking the yard again.",
            "customer: Did you hear what I said?",
        ]
        assert seen(CUE, Dialogue(lines, {0: NEGATIVE, 1: HOW, 2: OTHER, 3: OTHER}), "discovery") == []

    def test_takes_as_much_likelihood_as_the_playbook_wants(self) -> None:
        told = answered("Oh no. Well, back to the licences, you wanted forty of them.", OTHER)
        demanding = with_limit(CUE, "sure", Threshold(default=0.99))
        assert seen(CUE, told, "discovery", demanding) == []

    def test_does_not_take_a_hedge_for_a_pain(self) -> None:
        cue = "customer: It is nine, I don't know, ten at the branches we have in town."
        dialogue = Dialogue([cue, "rep: Okay. Moving on, next slide about our company."], {0: BEFORE, 1: OTHER})
        assert seen(CUE, dialogue, "discovery") == []

    def test_is_none_of_a_short_word_before_the_real_answer(self) -> None:
        assert seen(CUE, answered("Hm, give me a second.", OTHER), "discovery") == []

    def test_is_none_of_a_word_of_thanks(self) -> None:
        assert seen(CUE, answered("Thank you, Anna. Yeah, welcome, and thank you.", OTHER), "discovery") == []

    def test_is_taken_back_where_the_same_turn_comes_to_it(self) -> None:
        lines = [
            PAIN,
            "rep: Let me open the next slide on our branches first.",
            "rep: And the insulin, what was it worth?",
        ]
        dialogue = Dialogue(lines, {0: NEGATIVE, 1: OTHER, 2: NEGATIVE})
        assert seen(CUE, dialogue, "discovery") == []

    def test_is_an_outcome_too(self) -> None:
        line = "customer: By winter I want every patient to get the medicine on the same day."
        noted = {0: [outcome("Medicine on the same day", 0, "every patient to get the medicine on the same day")]}
        dialogue = Dialogue(
            [line, "rep: Great. So let me show you the page with the weather first."], {0: OUTCOMES, 1: HOW}, noted
        )
        (found,) = standing(watched(dialogue, "demo"), CUE)
        assert found.fact == "The outcome was not taken up"

    def test_is_a_number_that_the_rep_changes_the_subject_after(self) -> None:
        line = "customer: Last year we counted eleven such mornings over all our branches."
        turned = Dialogue([line, "rep: Right. So let me show you the next slide, our plans."], {0: METRICS, 1: OTHER})
        asked = Dialogue([line, "rep: And which till system do the young pharmacists prefer?"], {0: METRICS, 1: BEFORE})
        assert seen(CUE, turned, "qbr") == [(0, 1)]
        assert seen(CUE, asked, "qbr") == []

    def test_is_none_of_small_talk(self) -> None:
        dialogue = Dialogue(
            [
                "customer: My car broke down on the way here, what a mess that was.",
                "rep: Great. Let me share my screen.",
            ],
            {0: OTHER, 1: OTHER},
        )
        assert seen(CUE, dialogue, "discovery") == []

    def test_is_none_where_much_else_was_said_since(self) -> None:
        later = "customer: The stock is counted by the trainee on a sheet every week."
        lines = [PAIN, later, later, "rep: Okay. Moving on, let me share the next slide about our company."]
        assert seen(CUE, Dialogue(lines, {0: NEGATIVE, 1: BEFORE, 2: BEFORE, 3: OTHER}), "discovery") == []
