from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.language.words import containment, content_words


class TestContentWords:
    def test_leaves_out_what_every_text_has(self) -> None:
        assert content_words("So what we want is that it's just there") == frozenset()

    def test_cuts_words_to_their_stems(self) -> None:
        assert content_words("releases, releasing; Released!") == content_words("release")

    def test_keeps_numbers_as_they_are_said(self) -> None:
        assert {"four", "6"} <= content_words("from 6 weeks to four")

    @pytest.mark.parametrize("text", ["the customer's invoice", "the customer’s invoice", "customers' invoices"])
    def test_sees_the_owner_behind_an_apostrophe(self, text: str) -> None:
        assert content_words(text) == content_words("customer invoice")

    def test_a_contracted_negation_is_no_content(self) -> None:
        assert content_words("we can't, they don't, it isn't, we won't") == frozenset()


class TestContainment:
    def test_is_the_share_of_the_text_that_has_fewer_content_words(self) -> None:
        assert containment("faster invoices", "we want invoices paid faster, with fewer errors") == 1.0
        assert containment("faster invoices", "slower invoices") == 0.5

    def test_is_nothing_where_a_text_has_no_content(self) -> None:
        assert containment("so it is", "so it is") == 0.0

    @given(st.text(), st.text())
    def test_is_symmetric_and_a_share(self, a: str, b: str) -> None:
        assert 0.0 <= containment(a, b) <= 1.0
        assert containment(a, b) == containment(b, a)
