from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.numbers import numbers_in, same_value

_WORDS = """
6 six weeks week % percent $1,500 fifteen hundred dollars about under every weekly one in five 18
"""

_VALUES = st.lists(
    st.sampled_from(_WORDS.split()),
    max_size=6,
).map(" ".join) | st.text(max_size=40)


class TestSameValue:
    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("six weeks", "6 weeks"),
            ("$1,500", "fifteen hundred dollars"),
            ("30%", "thirty percent"),
            ("30–40%", "thirty to forty percent"),
            ("a grand and a half a day", "$1,500 per day"),
            ("90 minutes", "an hour and a half"),
            ("about six weeks", "6 weeks"),
            ("half", "50%"),
            ("4.4/5", "four point four out of five"),
            ("end of Q2", "by the end of q two"),
            ("weekly", "every week"),
            ("once a quarter", "quarterly"),
            ("biweekly", "every two weeks"),
            ("Priya", "priya"),
            ("Monthly.", "monthly"),
        ],
    )
    def test_spelling_makes_no_difference(self, a: str, b: str) -> None:
        assert same_value(a, b)

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            ("six weeks", "6 days"),
            ("18 hours", "18"),
            ("5 pp", "5%"),
            ("$5", "€5"),
            ("Q2", "Q3"),
            ("under 5%", "over 5%"),
            ("$1,500 a day", "$1,500 a week"),
            ("thirty to forty percent", "30%"),
            ("weekly", "monthly"),
            ("six weeks", "a while"),
            ("3x", "3"),
            ("", "six"),
        ],
    )
    def test_number_unit_and_rate_do(self, a: str, b: str) -> None:
        assert not same_value(a, b)

    @given(_VALUES, _VALUES)
    def test_is_reflexive_and_symmetric(self, a: str, b: str) -> None:
        assert same_value(a, a)
        assert same_value(a, b) == same_value(b, a)


class TestNumbersIn:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("30-60 days", {30, 60}),
            ("one in five", {1, 5}),
            ("4.4 out of 5", {4.4, 5}),
            ("an hour and a half by Q2", {1.5, 2}),
            ("we doubled $2.4M", {2, 2_400_000}),
            ("one of them, one tool, 1 tool", set()),
            ("one week", {1}),
            ("sixty, sorry, sixteen percent", {16}),
            ("nothing to see", set()),
        ],
    )
    def test_holds_every_number_said(self, text: str, numbers: set[float]) -> None:
        assert numbers_in(text) == numbers

    @given(st.text(max_size=200))
    def test_takes_any_text(self, text: str) -> None:
        assert all(isinstance(number, float) for number in numbers_in(text))
