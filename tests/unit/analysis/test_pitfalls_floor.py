from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import Dialogue, seen, standing, watched

LONG = PitfallKind.LONG_MONOLOGUE
STACKED = PitfallKind.STACKED_QUESTIONS


def words(count: int) -> str:
    return "rep: " + " ".join(["onwards"] * count)


class TestLongMonologue:
    def test_counts_words_where_no_times_are_known(self) -> None:
        assert seen(LONG, Dialogue([words(199)]), "other") == []
        assert seen(LONG, Dialogue([words(200)]), "other") == [(0,)]

    def test_is_not_ended_by_a_backchannel(self) -> None:
        dialogue = Dialogue([words(120), "customer: Mm-hm.", words(120)])
        assert seen(LONG, dialogue, "demo") == [(0, 2)]

    def test_is_ended_by_what_the_customer_says(self) -> None:
        dialogue = Dialogue([words(120), "customer: We had the same in Lyon.", words(120)])
        assert seen(LONG, dialogue, "demo") == []

    def test_is_none_of_the_customers(self) -> None:
        assert seen(LONG, Dialogue(["customer: " + "and then " * 150]), "discovery") == []

    def test_tells_the_seconds_as_they_grow(self) -> None:
        dialogue = Dialogue(["rep: On it goes.", "rep: And on.", "rep: And on."], seconds_each=50.0)
        (found,) = standing(watched(dialogue, "discovery"), LONG)
        assert found.fact == "150 s without a break"

    def test_tells_the_words_where_there_are_no_seconds(self) -> None:
        (found,) = standing(watched(Dialogue([words(210)]), "discovery"), LONG)
        assert found.fact == "210 words without a break"


class TestStackedQuestions:
    @pytest.mark.parametrize(
        "said",
        [
            "Who plans the beds? When do they do it? And what happens at weekends?",
            "How many wells do you run, who reads the gauges, and where are the readings kept?",
            "Do you bake on Sundays, is that one shift, and who opens up?",
        ],
    )
    def test_are_three_in_one_breath(self, said: str) -> None:
        assert seen(STACKED, Dialogue([f"rep: {said}"]), "discovery") == [(0,)]

    @pytest.mark.parametrize(
        "said",
        [
            "Who plans the beds, and when do they do it?",
            "Is it paper, or is it a screen? Or does it depend on the ward?",
            "You plan on paper, right? And that works, yes? Makes sense?",
            "Can you hear me? Can you see my screen? Who is on from the clinic?",
            "What do you plan with? I mean, what do you use to plan? What tool do you plan with?",
            "Is it the pump? If you look at it from above? Like from the crane?",
            "What that means is simple. Which is a pity. How it works is on this page.",
            "Is there, sorry, can I ask one more thing? Do the night nurses like it?",
            "Who plans the, hang on, can we do both wards? Who plans the beds?",
        ],
    )
    def test_are_no_alternatives_tags_greetings_or_rephrasings(self, said: str) -> None:
        assert seen(STACKED, Dialogue([f"rep: {said}"]), "discovery") == []

    def test_may_be_spread_over_utterances_without_a_pause(self) -> None:
        lines = ["rep: Who plans the beds?", "rep: When do they do it?", "rep: Where is the plan kept?"]
        assert seen(STACKED, Dialogue(lines, seconds_each=2.0), "discovery") == [(0, 1, 2)]

    def test_are_apart_where_the_customer_answers_with_a_word(self) -> None:
        lines = [
            "rep: Do you bake daily?",
            "customer: Yes.",
            "rep: Is it one shift?",
            "customer: Right.",
            "rep: Who opens?",
        ]
        assert seen(STACKED, Dialogue(lines), "discovery") == []

    def test_are_apart_where_the_rep_waits(self) -> None:
        lines = ["rep: Any thoughts on this? What about the barn?", "rep: Who opens? And who closes?"]
        at_once = Dialogue(lines, times={0: (0.0, 4.0), 1: (5.0, 8.0)})
        after_a_while = Dialogue(lines, times={0: (0.0, 4.0), 1: (9.0, 12.0)})
        assert seen(STACKED, at_once, "discovery") == [(0, 1)]
        assert seen(STACKED, after_a_while, "discovery") == []

    def test_are_apart_where_much_is_said_in_between(self) -> None:
        aside = " ".join(["explained"] * 45) + "."
        said = f"rep: Who bakes the bread? {aside} Who opens the shop? {aside} Who counts the till?"
        assert seen(STACKED, Dialogue([said]), "discovery") == []

    def test_quote_each_question(self) -> None:
        said = "Who plans the beds? When do they do it? Where is the plan kept?"
        (found,) = standing(watched(Dialogue([f"rep: {said}"]), "qbr"), STACKED)
        assert [e.quote for e in found.evidence] == [
            "Who plans the beds?",
            "When do they do it?",
            "Where is the plan kept?",
        ]
        assert found.fact == "3 questions in one turn"
