from __future__ import annotations

import pytest

from copilot.analysis.speech.capacity import MOST_LOAD, NEEDED_PER_S, WINDOW_S, Capacity


def busy(at_once: int = 2, *, decode_s: float = 0.5, per_s: float = 1.0, until_s: float = 60.0) -> Capacity:
    capacity = Capacity(at_once)
    for n in range(round(until_s * per_s)):
        capacity.decoded(n / per_s, decode_s)
    return capacity


class TestCapacity:
    def test_knows_nothing_before_the_first_decode(self) -> None:
        assert Capacity(2).decode_s is None
        assert Capacity(2).load_with(0, 5) == 0

    def test_the_load_is_the_share_of_the_last_half_minute(self) -> None:
        assert busy().load(60) == pytest.approx(0.25, abs=0.01)

    def test_what_is_long_over_does_not_count(self) -> None:
        assert busy().load(60 + WINDOW_S) == 0

    def test_a_decode_that_was_slow_once_does_not_decide(self) -> None:
        capacity = busy()
        capacity.decoded(60, 20)

        assert capacity.decode_s == 0.5

    def test_as_many_calls_fit_as_the_model_is_quick(self) -> None:
        """With a decode of 0.5 s and two at once, seven calls: 0.5 x 0.5 / 2 each."""
        capacity = Capacity(2)
        capacity.decoded(0, 0.5)
        loads = [capacity.load_with(100, calls) for calls in range(1, 10)]

        assert loads[0] == NEEDED_PER_S * 0.5 / 2
        assert sum(load <= MOST_LOAD for load in loads) == 7
