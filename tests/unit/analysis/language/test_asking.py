from __future__ import annotations

import pytest

from copilot.analysis.language.asking import asks, questions_in


class TestQuestionsIn:
    def test_counts_each_sentence_that_asks(self) -> None:
        text = "Who signs that off? I ask because it matters. When was that last changed?"
        assert questions_in(text) == ("Who signs that off?", "When was that last changed?")

    def test_tells_two_questions_in_one_sentence_apart(self) -> None:
        assert questions_in("Who owns the figure, and how often is it reported?") == (
            "Who owns the figure",
            "how often is it reported?",
        )

    def test_tells_them_apart_behind_a_filler(self) -> None:
        said = "how do you plan the beds and who signs it and also what's the hardest part and is everything on paper"
        assert len(questions_in(said)) == 4

    def test_leaves_out_tags(self) -> None:
        assert questions_in("That was in March, right? Make sense?") == ()

    def test_finds_a_question_without_a_mark_by_how_it_begins(self) -> None:
        assert asks("so how many people does it take to close the month")
        assert asks("okay wow um and so how many files is that")
        assert not asks("we close the month with four people")

    @pytest.mark.parametrize(
        "said",
        [
            "What that means is that nobody has to type it twice.",
            "Which is a pity",
            "and when you open the ward list it shows every bed",
        ],
    )
    def test_leaves_out_clauses_that_only_begin_as_questions_do(self, said: str) -> None:
        assert questions_in(said) == ()

    def test_counts_a_lead_in_as_part_of_nothing(self) -> None:
        assert questions_in("Good, and one thing for the file, which year did you open?") == (
            "which year did you open?",
        )

    def test_counts_alternatives_as_one_question(self) -> None:
        assert questions_in("Is it the night shift or is it the whole plant?") == (
            "Is it the night shift or is it the whole plant?",
        )

    def test_takes_a_statement_with_a_question_mark_whole(self) -> None:
        assert questions_in("You have fourteen branches?") == ("You have fourteen branches?",)

    def test_keeps_to_the_marks_where_there_are_any(self) -> None:
        assert questions_in("What we do is simple. Could you see that working?") == ("Could you see that working?",)

    @pytest.mark.parametrize("text", ["", "?", "???", "\n\n", "how " * 5000, "a?" * 9000])
    def test_takes_whatever_is_said(self, text: str) -> None:
        assert isinstance(questions_in(text), tuple)
