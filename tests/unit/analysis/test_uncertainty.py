from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.uncertainty import cohens_kappa, wilson


class TestWilson:
    def test_of_nothing_there_is_none(self) -> None:
        assert wilson(0, 0) is None

    @pytest.mark.parametrize(
        ("hits", "n", "low", "high"),
        [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055), (81, 263, 0.2553, 0.3662)],
    )
    def test_it_is_as_published(self, hits: int, n: int, low: float, high: float) -> None:
        assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)

    @given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_it_holds_the_share_and_shrinks_with_more_cases(self, counted: tuple[int, int]) -> None:
        hits, n = counted
        found, more = wilson(hits, n), wilson(hits * 4, n * 4)

        assert found is not None
        assert more is not None
        assert 0 <= found.low <= hits / n + 1e-9
        assert hits / n - 1e-9 <= found.high <= 1
        assert more.high - more.low < found.high - found.low


class TestKappa:
    def test_it_is_as_published(self) -> None:
        counts = {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}

        assert cohens_kappa(counts) == pytest.approx(0.4)

    def test_without_anything_to_tell_apart_there_is_none(self) -> None:
        assert cohens_kappa({}) is None
        assert cohens_kappa({("met", "met"): 30}) is None

    def test_opposites_are_worse_than_chance(self) -> None:
        assert cohens_kappa({("yes", "no"): 5, ("no", "yes"): 5}) == pytest.approx(-1.0)
