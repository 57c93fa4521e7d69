from __future__ import annotations

from dataclasses import replace

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

CUE = PitfallKind.IGNORED_CUE

PAIN = "customer: The cold room failed twice and we threw away a whole delivery of insulin."
ON = "Okay. Moving on, let me share the next slide about our company."


def passed_over(cue: str, about: str, reply: str = f"rep: {ON}") -> Dialogue:
    """A cue, and a reply that the reader takes for one that goes past it."""
    return Dialogue([cue, reply], {0: about, 1: OTHER}, meant={1: Tag.IGNORED_CUE})


class TestIgnoredCue:
    def test_is_a_pain_that_the_rep_passes_over(self) -> None:
        (found,) = standing(watched(passed_over(PAIN, NEGATIVE), "discovery"), CUE)
        assert found.utterances == (0, 1)
        assert found.fact == "The pain was not taken up"

    @pytest.mark.parametrize(("likely", "told"), [(0.1, []), (0.9, [(0, 1)])])
    def test_takes_a_reader_who_is_sure_enough(self, likely: float, told: list[tuple[int, int]]) -> None:
        assert seen(CUE, replace(passed_over(PAIN, NEGATIVE), likely=likely), "discovery") == told

    def test_is_none_where_nothing_was_named(self) -> None:
        cue = "customer: We are the second pharmacy on this side of the fjord."
        assert seen(CUE, passed_over(cue, BEFORE), "demo") == []

    def test_is_none_of_a_time_of_day(self) -> None:
        cue = "customer: Fine by me. I've got a hard stop at half past, though, so be quick."
        assert seen(CUE, passed_over(cue, OTHER), "discovery") == []

    def test_is_none_in_a_few_words(self) -> None:
        assert seen(CUE, passed_over("customer: It failed twice.", NEGATIVE), "demo") == []

    @pytest.mark.parametrize("reply", [f"customer: {ON}", "rep: Mm."], ids=["another customer", "a listening noise"])
    def test_is_none_where_no_rep_replies(self, reply: str) -> None:
        assert seen(CUE, passed_over(PAIN, NEGATIVE, reply), "discovery") == []

    def test_is_none_where_the_customer_asks_something_after_it(self) -> None:
        asked = f"{PAIN} Has anybody else had that with your cold rooms?"
        assert seen(CUE, passed_over(asked, NEGATIVE), "demo") == []

    def test_is_none_of_what_customers_have_talked_past_among_themselves(self) -> None:
        lines = [
            PAIN,
            "customer: Magnus, we talked of the spring before the move.",
            "customer: The spring it is, and we can settle this after the call.",
            f"rep: {ON}",
        ]
        about = {0: NEGATIVE, 1: OTHER, 2: OTHER, 3: OTHER}
        assert seen(CUE, Dialogue(lines, about, meant={3: Tag.IGNORED_CUE}), "discovery") == []

    @pytest.mark.parametrize(("between", "told"), [(1, [(0, 2)]), (3, [])])
    def test_is_none_where_others_have_spoken_since(self, between: int, told: list[tuple[int, int]]) -> None:
        lines = [PAIN, *["unknown: Is that the van in the yard?"] * between, f"rep: {ON}"]
        last = len(lines) - 1
        dialogue = Dialogue(lines, {0: NEGATIVE, last: OTHER}, meant={last: Tag.IGNORED_CUE})
        assert seen(CUE, dialogue, "discovery") == told

    def test_is_told_of_the_last_of_two_and_of_one_two_utterances_back(self) -> None:
        other = "customer: And on Monday the freezer was a mess, with water on the floor."
        both = Dialogue([PAIN, other, f"rep: {ON}"], {0: NEGATIVE, 1: NEGATIVE}, meant={2: Tag.IGNORED_CUE})
        first = Dialogue([PAIN, "customer: Yes.", f"rep: {ON}"], {0: NEGATIVE, 1: OTHER}, meant={2: Tag.IGNORED_CUE})
        assert seen(CUE, both, "discovery") == [(1, 2)]
        assert seen(CUE, first, "discovery") == [(0, 2)]

    @pytest.mark.parametrize(("before", "told"), [("How do you count?", []), ("Lovely shelves, these.", [(1, 2)])])
    def test_without_a_word_for_it_is_a_pain_only_unasked(self, before: str, told: list[tuple[int, int]]) -> None:
        lines = [
            f"rep: {before}",
            "customer: The trainee does the whole list again on a Friday, line by line.",
            f"rep: {ON}",
        ]
        dialogue = Dialogue(lines, {0: OTHER, 1: NEGATIVE, 2: OTHER}, meant={2: Tag.IGNORED_CUE})
        assert seen(CUE, dialogue, "discovery") == told

    def test_is_none_of_a_hedge(self) -> None:
        cue = "customer: It is as it is, I don't know, at the branches we have in town."
        assert seen(CUE, passed_over(cue, BEFORE), "discovery") == []

    def test_is_none_of_small_talk(self) -> None:
        cue = "customer: The traffic on the way here was terrible, my car broke down in it."
        assert seen(CUE, passed_over(cue, OTHER), "discovery") == []

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
        cue = "customer: Last year we counted eleven such mornings over all our branches."
        (found,) = standing(watched(passed_over(cue, METRICS), "qbr"), CUE)
        assert found.fact == "The number was not taken up"
