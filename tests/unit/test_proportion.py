"""The measure that other tests take of how work grows."""

from __future__ import annotations

from functools import lru_cache, partial

import pytest

from tests.proportion import grows_in_proportion


def linear(text: str) -> None:
    for _ in text:
        pass


def quadratic(text: str, *, step: int) -> None:
    """A pass over the whole text at every so many characters; the fewer of them, the sooner it is done."""
    for _ in range(0, len(text), step):
        text.count("b")


class TestGrowsInProportion:
    def test_is_so_of_what_goes_over_its_text_once(self) -> None:
        assert grows_in_proportion(linear, "a")

    def test_is_so_of_what_is_done_at_once_however_long(self) -> None:
        assert grows_in_proportion(len, "a")

    def test_is_not_fooled_by_work_that_remembers_its_texts(self) -> None:
        assert not grows_in_proportion(lru_cache(partial(quadratic, step=1)), "a")

    @pytest.mark.parametrize("step", [1, 4, 16, 64])
    def test_is_not_so_of_what_goes_over_it_again_and_again(self, step: int) -> None:
        assert not grows_in_proportion(partial(quadratic, step=step), "a")
