from __future__ import annotations

import pytest

from copilot.domain.impressions import Tag
from copilot.domain.pitfall_rules import PitfallKind
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
)
from tests.unit.analysis.readers import Takes

CUE = PitfallKind.IGNORED_CUE

PAIN = "customer: The cold room failed twice and we threw away a whole delivery of insulin."
ON = "Okay. Moving on, let me share the next slide about our company."


def answered(cue: str, about: str, reply: str = ON) -> Dialogue:
    """A cue, and a reply that the reader takes for one that goes past it."""
    return Dialogue([cue, f"rep: {reply}"], {0: about, 1: OTHER}, meant={1: Tag.IGNORED_CUE})


class TestIgnoredCue:
    def test_is_a_pain_that_the_rep_passes_over(self) -> None:
        (found,) = standing(watched(answered(PAIN, NEGATIVE), "discovery"), CUE)
        assert found.utterances == (0, 1)
        assert found.fact == "The pain was not taken up"

    @pytest.mark.parametrize(("likely", "told"), [(0.1, []), (0.9, [(0, 1)])])
    def test_takes_a_reader_who_is_sure_enough(self, likely: float, told: list[tuple[int, int]]) -> None:
        reader = Takes({ON: Tag.IGNORED_CUE}, likely=likely)
        state = watched(answered(PAIN, NEGATIVE), "discovery", reader=reader)
        assert [p.utterances for p in standing(state, CUE)] == told

    def test_is_none_where_the_reader_hears_it_taken_up(self) -> None:
        lines = [PAIN, "rep: What did it cost you, roughly, and who had to explain it to the patients?"]
        assert seen(CUE, Dialogue(lines, {0: NEGATIVE, 1: NEGATIVE}), "discovery") == []

    def test_is_none_where_nothing_was_named(self) -> None:
        assert (
            seen(CUE, answered("customer: We are the second pharmacy on this side of the fjord.", BEFORE), "demo") == []
        )

    def test_is_none_where_the_customer_asks_something_after_it(self) -> None:
        told = f"{PAIN} Has anybody else had that with your cold rooms?"
        assert seen(CUE, answered(told, NEGATIVE, "Our oldest pharmacy is in Bergen, they run nine."), "demo") == []

    def test_is_none_of_what_customers_have_talked_past_among_themselves(self) -> None:
        lines = [
            PAIN,
            "customer: Magnus, we talked of the spring before the move.",
            "customer: The spring it is, and we can settle this after the call.",
            f"rep: {ON}",
        ]
        about = {0: NEGATIVE, 1: OTHER, 2: OTHER, 3: OTHER}
        assert seen(CUE, Dialogue(lines, about, meant={3: Tag.IGNORED_CUE}), "discovery") == []

    def test_is_none_of_a_hedge(self) -> None:
        cue = "customer: It is as it is, I don't know, at the branches we have in town."
        assert seen(CUE, answered(cue, BEFORE), "discovery") == []

    def test_is_none_of_small_talk(self) -> None:
        cue = "customer: The traffic on the way here was terrible, my car broke down in it."
        assert seen(CUE, answered(cue, OTHER, "Great. Let me share my screen."), "discovery") == []

    def test_is_none_where_much_else_was_said_since(self) -> None:
        later = "customer: The stock is counted by the trainee on a sheet every week."
        about = {0: NEGATIVE, 1: BEFORE, 2: BEFORE, 3: OTHER}
        dialogue = Dialogue([PAIN, later, later, f"rep: {ON}"], about, meant={3: Tag.IGNORED_CUE})
        assert seen(CUE, dialogue, "discovery") == []

    def test_is_told_once_of_a_turn_in_two_utterances(self) -> None:
        lines = [PAIN, f"rep: {ON}", "rep: We have branches in nine towns."]
        dialogue = Dialogue(lines, {0: NEGATIVE, 1: OTHER, 2: PROOF}, meant={1: Tag.IGNORED_CUE, 2: Tag.IGNORED_CUE})
        assert seen(CUE, dialogue, "discovery") == [(0, 1)]

    def test_is_told_where_only_what_the_rep_says_next_shows_it(self) -> None:
        lines = [PAIN, "rep: Hm, give me a second.", f"rep: {ON}"]
        dialogue = Dialogue(lines, {0: NEGATIVE, 1: OTHER, 2: OTHER}, meant={2: Tag.IGNORED_CUE})
        assert seen(CUE, dialogue, "discovery") == [(0, 2)]

    def test_is_an_outcome_too(self) -> None:
        line = "customer: By winter I want every patient to get the medicine on the same day."
        noted = {0: [outcome("Medicine on the same day", 0, "every patient to get the medicine on the same day")]}
        dialogue = Dialogue([line, f"rep: {ON}"], {0: OUTCOMES, 1: HOW}, noted, meant={1: Tag.IGNORED_CUE})
        (found,) = standing(watched(dialogue, "demo"), CUE)
        assert found.fact == "The outcome was not taken up"

    def test_is_a_number_too(self) -> None:
        (found,) = standing(
            watched(
                answered("customer: Last year we counted eleven such mornings over all our branches.", METRICS), "qbr"
            ),
            CUE,
        )
        assert found.fact == "The number was not taken up"
