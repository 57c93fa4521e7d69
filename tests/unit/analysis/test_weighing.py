from __future__ import annotations

import pytest

from copilot.analysis.weighing import chosen, weighed, weights_of


class TestWeighed:
    def test_is_even_where_nothing_is_known(self) -> None:
        assert weighed({}, {"any": 1.0}) == 0.5

    def test_adds_up_what_each_sign_says(self) -> None:
        weights = {"for": 2.0, "against": -1.0}
        assert weighed({"for": 1.0, "against": 2.0}, weights) == 0.5
        assert weighed({"for": 1.0, "against": 1.0}, weights) == pytest.approx(0.731, abs=0.001)

    def test_does_not_heed_a_sign_without_a_weight(self) -> None:
        assert weighed({"any": 1.0, "unheard of": 9.0}, {"any": 0.0}) == 0.5


class TestChosen:
    WEIGHTS = weights_of("1.0 near\n-1.0 far")

    def test_shares_one_among_the_candidates_and_none(self) -> None:
        near, far = chosen([{"near": 1.0}, {"far": 1.0}], self.WEIGHTS)
        assert near == pytest.approx(0.665, abs=0.001)
        assert far == pytest.approx(0.090, abs=0.001)

    def test_is_what_is_weighed_where_there_is_one_candidate(self) -> None:
        assert chosen([{"near": 2.0}], self.WEIGHTS) == pytest.approx([weighed({"near": 2.0}, self.WEIGHTS)])

    def test_is_nothing_of_nothing(self) -> None:
        assert chosen([], self.WEIGHTS) == []


class TestWeightsOf:
    def test_reads_a_weight_and_a_sign_of_several_words_per_line(self) -> None:
        assert weights_of("\n 0.5 moves on\n-1.25 words in common\n") == {"moves on": 0.5, "words in common": -1.25}
