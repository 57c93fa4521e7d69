"""Speech cut into clauses, with the marks of a transcript and without them."""

from __future__ import annotations

import pytest

from copilot.analysis.language.clauses import clauses, sentences


def said(text: str) -> list[str]:
    return [clause.said for clause in clauses(text)]


class TestWithMarks:
    def test_stops_and_joining_words_with_a_new_subject_end_a_clause(self) -> None:
        assert said("It's slow, but we like it. And the crew is new.") == [
            "It's slow",
            "we like it.",
            "And the crew is new.",
        ]

    def test_every_clause_is_a_slice_of_the_text(self) -> None:
        text = "  We ship late; they call. Twice a day, because nobody knows.  "
        assert all(text[c.start : c.end] == c.said for c in clauses(text))


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000", "…"])
def test_nothing_said_is_no_sentence(text: str) -> None:
    assert (sentences(text), clauses(text)) == ((), ())


class TestWithoutMarks:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            (
                "our stock count takes nine days we want to be at four by may and i want the night shift gone",
                ["our stock count takes nine days", "we want to be at four by may", "and i want the night shift gone"],
            ),
            (
                "it must read the old labels and it's got to work in the cold store because nobody takes gloves off",
                [
                    "it must read the old labels",
                    "and it's got to work in the cold store",
                    "because nobody takes gloves off",
                ],
            ),
            ("i think we should see what they need before we talk about that", None),
            ("the thing we use for the orders is older than i am", None),
        ],
    )
    def test_a_new_clause_is_heard_where_somebody_starts_to_do_something(
        self, text: str, parts: list[str] | None
    ) -> None:
        assert said(text) == (parts or [text])

    def test_a_short_stretch_stays_whole(self) -> None:
        assert said("yes we want that too i guess") == ["yes we want that too i guess"]

    def test_a_long_sentence_without_a_comma_is_cut_too(self) -> None:
        text = (
            "The vans come back at noon and then we load them again and the drivers wait in the yard for an hour or so "
            "they say it's the gate but i know it's the paper."
        )
        assert [s.said for s in sentences(text)][-1] == "but i know it's the paper."
