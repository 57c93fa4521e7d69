from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.numbers import find_deadlines
from tests.proportion import grows_in_proportion

_WORDS = """
by the end of q2 friday in next 30 days before board meeting will today may 14th , .
"""


class TestFindDeadlines:
    @pytest.mark.parametrize(
        ("text", "said", "when"),
        [
            ("send it by Friday please", "by Friday", "Friday"),
            ("at the end of Q2", "at the end of Q2", "the end of Q2"),
            ("end of q two is fine", "end of q two", "end of q two"),
            ("let's talk next Tuesday", "next Tuesday", "next Tuesday"),
            ("in the next 30 days", "in the next 30 days", "the next 30 days"),
            ("within two weeks", "within two weeks", "two weeks"),
            ("in the first 30-60 days", "in the first 30-60 days", "the first 30-60 days"),
            ("by the 14th", "by the 14th", "the 14th"),
            ("on march 14th", "on march 14th", "march 14th"),
            ("live by June 2026", "by June 2026", "June 2026"),
            ("before the board meeting", "before the board meeting", "the board meeting"),
            ("before your renewal", "before your renewal", "your renewal"),
            ("mid-March works", "mid-March", "mid-March"),
            ("tomorrow morning", "tomorrow morning", "tomorrow morning"),
            ("by noon tomorrow", "by noon tomorrow", "noon tomorrow"),
            ("by eod", "by eod", "eod"),
            ("by twenty twenty-six", "by twenty twenty-six", "twenty twenty-six"),
            ("I'll send that today", "today", "today"),
            ("I'll have it checked this afternoon", "this afternoon", "this afternoon"),
            ("I'll get you added this week", "this week", "this week"),
            ("I'll write up what we heard this morning and send it this evening", "this evening", "this evening"),
            ("I'll send what you need today", "today", "today"),
            ("I will write up what we found this week and share it by Friday", "by Friday", "Friday"),
        ],
    )
    def test_finds_the_words_with_and_without_their_preposition(self, text: str, said: str, when: str) -> None:
        (deadline,) = find_deadlines(text)
        assert (deadline.text, deadline.when) == (said, when)

    @pytest.mark.parametrize(
        "text",
        [
            "we're at six weeks today",
            "you may march on",
            "the second one is fine",
            "it takes two weeks",
            "before we launch",
            "the board meeting was long",
            "by the time we see it",
            "we meet on Fridays",
            "I'll send you the list of the tickets that we went through this morning.",
            "I'll send you the numbers Ben showed us this afternoon.",
            "I'll share what we've agreed today",
            "Could you send the figures that failed this week?",
            "I'll send the notes from this morning.",
            "I will look at today's list",
        ],
    )
    def test_finds_none_where_nothing_is_due(self, text: str) -> None:
        assert find_deadlines(text) == []

    @given(
        st.lists(
            st.sampled_from(_WORDS.split()),
            max_size=20,
        ).map(" ".join)
        | st.text(max_size=150)
    )
    def test_slices_are_verbatim_and_never_overlap(self, text: str) -> None:
        last = 0
        for deadline in find_deadlines(text):
            assert text[deadline.start : deadline.end] == deadline.text
            assert deadline.text.endswith(deadline.when)
            assert last <= deadline.start < deadline.end
            last = deadline.end

    @pytest.mark.parametrize("piece", ["by the a b ", "before ", "in 3 to ", "will ", "end of ", "may ", " "])
    def test_takes_time_in_proportion_to_the_text(self, piece: str) -> None:
        assert grows_in_proportion(find_deadlines, piece)
