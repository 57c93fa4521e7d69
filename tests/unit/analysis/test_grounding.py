from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.grounding import grounded, verbatim
from copilot.domain.items import Evidence
from tests.builders import call_of, say


class TestVerbatim:
    def test_finds_a_quote_as_it_stands(self) -> None:
        assert verbatim("six weeks", "It takes six weeks today") == "six weeks"

    def test_gives_back_the_words_as_the_utterance_has_them(self) -> None:
        assert verbatim("It  takes SIX weeks", "it takes\nsix weeks today") == "it takes\nsix weeks"

    def test_refuses_words_that_were_not_said(self) -> None:
        assert verbatim("five weeks", "It takes six weeks today") is None

    def test_refuses_a_quote_without_a_letter(self) -> None:
        assert verbatim("  ", "It takes six weeks") is None

    @given(st.text(), st.integers(0, 50), st.integers(0, 50))
    def test_every_slice_of_a_text_stands_in_it(self, text: str, a: int, b: int) -> None:
        quote = text[min(a, b) : max(a, b)]
        found = verbatim(quote, text)

        assert (found is not None and found in text) or not quote.strip()


class TestGrounded:
    def test_keeps_what_stands_once_and_drops_the_rest(self) -> None:
        state = call_of(say("customer", "We want four weeks"))
        there = Evidence(utterance=0, quote="four weeks")

        assert grounded(
            [there, there, Evidence(utterance=0, quote="two"), Evidence(utterance=7, quote="We")], state.utterances
        ) == (there,)
