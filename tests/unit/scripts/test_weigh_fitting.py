from __future__ import annotations

import pytest

from copilot.analysis.weighing import chosen
from scripts.weigh.examples import Choice
from scripts.weigh.fitting import fitted, judged, table

NEAR, FAR = {"any": 1.0, "near": 1.0}, {"any": 1.0}


def choices(writer: str = "w01", times: int = 6) -> list[Choice]:
    """The near one of two holds, save once in ten times, where neither does."""
    return [Choice(writer, (NEAR, FAR), (n != 9, False)) for n in range(10)] * times


class TestFitted:
    def test_gives_each_candidate_what_it_had(self) -> None:
        near, far = chosen((NEAR, FAR), fitted(choices(times=100)))
        assert near == pytest.approx(0.9, abs=0.05)
        assert far < 0.03

    def test_is_even_between_candidates_that_hold_together(self) -> None:
        one, other = chosen((NEAR, NEAR), fitted([Choice("w01", (NEAR, NEAR), (True, True))] * 50))
        assert one == other
        assert one + other > 0.9

    def test_takes_a_choice_without_candidates(self) -> None:
        assert fitted([*choices(), Choice("w01", (), ())]).keys() == {"any", "near"}


def test_is_judged_by_writers_left_out_and_by_what_was_found() -> None:
    named = [Choice("w01", (NEAR, FAR), (False, False), found=False)] * 5
    assert "from 0.5: 108 of 120 right (0.90), of 108 found 1.00" in judged([*choices(), *choices("w02"), *named])


def test_the_table_leaves_out_what_hardly_counts() -> None:
    assert table({"near": 1.234, "any": -2.0, "far": 0.04}) == "     1.23 near\n    -2.00 any"
