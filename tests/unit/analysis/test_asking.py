from __future__ import annotations

import pytest

from copilot.analysis.asking import asks, questions_in


class TestQuestionsIn:
    def test_counts_each_sentence_that_asks(self) -> None:
        text = "Who signs that off? I ask because it matters. When was that last changed?"
        assert questions_in(text) == ("Who signs that off?", "When was that last changed?")

    def test_tells_two_questions_in_one_sentence_apart(self) -> None:
        assert questions_in("Who owns the figure, and how often is it reported?") == (
            "Who owns the figure",
            "how often is it reported?",
        )

    def test_leaves_out_tags(self) -> None:
        assert questions_in("That was in March, right? Make sense?") == ()

    def test_finds_a_question_without_a_mark_by_how_it_begins(self) -> None:
        assert asks("so how many people does it take to close the month")
        assert not asks("we close the month with four people")

    def test_keeps_to_the_marks_where_there_are_any(self) -> None:
        assert questions_in("What we do is simple. Could you see that working?") == ("Could you see that working?",)

    @pytest.mark.parametrize("text", ["", "?", "???", "\n\n", "how " * 5000, "a?" * 9000])
    def test_takes_whatever_is_said(self, text: str) -> None:
        assert isinstance(questions_in(text), tuple)
