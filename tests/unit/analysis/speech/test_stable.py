from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.speech.stable import Hypothesis


def after(*hypotheses: str) -> Hypothesis:
    hypothesis = Hypothesis()
    for words in hypotheses:
        hypothesis = hypothesis.revised(words.split())
    return hypothesis


class TestStableWords:
    def test_none_are_at_first(self) -> None:
        assert after("we lose two") == Hypothesis((), ("we", "lose", "two"))

    def test_those_that_two_hypotheses_agree_on_are(self) -> None:
        assert after("we lose too", "we lose two days every") == Hypothesis(("we", "lose"), ("two", "days", "every"))

    def test_case_and_punctuation_do_not_matter(self) -> None:
        assert after("So we", "so, we lose a").stable_text == "so, we"

    def test_the_last_word_may_be_cut_off(self) -> None:
        assert after("we lose", "we lose").stable_text == "we"

    def test_a_later_change_of_mind_is_not_followed(self) -> None:
        hypothesis = after("we lose two", "we lose two days", "he chose two days a week")

        assert hypothesis.stable_text.startswith("we lose two")
        assert hypothesis.text == "we lose two days a week"


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=8), max_size=12))
def test_what_is_stable_is_never_taken_back(hypotheses: list[list[str]]) -> None:
    hypothesis = Hypothesis()
    for words in hypotheses:
        newer = hypothesis.revised(words)
        assert newer.stable[: len(hypothesis.stable)] == hypothesis.stable
        hypothesis = newer
