"""Products that are spoken in one breath, and runs of numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from copilot.analysis.grounding import says, unsaid_numbers
from copilot.analysis.numbers import spoken_products
from tests.unit.analysis.spoken_numbers import spoken

SAID = "five mil times six million thirty thousand litres forty one pence that's twelve thousand three hundred"
few = st.integers(2, 30)


def test_a_factor_and_its_product_without_a_pause() -> None:
    assert spoken_products(SAID) == {6e6, 3e4}
    assert unsaid_numbers("thirty thousand litres at forty one pence", [SAID]) == frozenset()
    assert says("thirty thousand litres", [SAID])


@given(few, few)
def test_wherever_the_one_is_what_comes_out_of_the_other(a: int, b: int) -> None:
    product = f"{spoken(a * b)} thousand litres"

    assert unsaid_numbers(product, [f"{spoken(a)} times {spoken(b)} million {product}"]) == frozenset()


@given(few, few, st.integers(2, 900))
def test_no_other_run_of_numbers_is_taken_apart(a: int, b: int, c: int) -> None:
    assume(c != a * b)
    said = f"{spoken(a)} times {spoken(b)} million {spoken(c)} thousand litres"

    assert spoken_products(said) == frozenset()
    assert unsaid_numbers(f"{spoken(c)} thousand litres", [said]) == {c * 1000}


@given(few, few)
def test_no_number_is_taken_apart_where_nothing_is_multiplied(a: int, b: int) -> None:
    assert spoken_products(f"{spoken(a)} of them and {spoken(b)} million {spoken(a * b)} thousand") == frozenset()


@given(few, few)
def test_numbers_that_change_places_are_not_said(a: int, b: int) -> None:
    said = f"{spoken(a)} times {spoken(b)} million {spoken(a * b)} thousand litres"

    assert unsaid_numbers(f"{spoken(a * b)} million litres", [said])
    assert unsaid_numbers(f"{spoken(b)} thousand litres", [said])


@pytest.mark.parametrize(
    "said",
    [
        "five times one million five hundred thousand people",
        "ten times two million two hundred thousand",
        "three times two million six hundred thousand",
        "times six million thirty thousand litres",
        "zero times six million thirty thousand",
    ],
)
def test_a_number_that_is_only_like_a_product(said: str) -> None:
    assert spoken_products(said) == frozenset()
