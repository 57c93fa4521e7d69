from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from copilot.domain.formulas import Formula, FormulaInput, WorkedExample


def formula(expression: str, result: float = 5, **inputs: float) -> Formula:
    return Formula(
        id="saving",
        title="Saving",
        formula="as written",
        inputs=tuple(FormulaInput(id=name, title=name, unit="money", ask="How much?") for name in inputs),
        expression=expression,
        result_unit="money",
        example=WorkedExample(inputs=inputs, result=result, text="2 + 3 = 5"),
    )


class TestFormula:
    @given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
    def test_works_out_like_arithmetic(self, before: float, after: float) -> None:
        found = formula("(before - after) * 2 / 4", 0.5, before=2, after=1)
        assert found.evaluate({"before": before, "after": after}) == (before - after) * 2 / 4

    @pytest.mark.parametrize(
        "expression",
        [
            "a + b)",
            "a ** b",
            "abs(a) + b",
            "a.real + b",
            "a if b else a",
            "[a, b]",
            "a + b + 'x'",
            "a and b",
            "lambda: a",
            "-a + b",
        ],
    )
    def test_is_nothing_but_arithmetic(self, expression: str) -> None:
        with pytest.raises(ValidationError, match=r"no arithmetic|not allowed"):
            formula(expression, a=2, b=3)

    def test_uses_all_its_inputs_and_no_others(self) -> None:
        for expression in ("a * 2.5", "a + b + c"):
            with pytest.raises(ValidationError, match="the inputs are"):
                formula(expression, a=2, b=3)

    def test_comes_out_as_its_example_says(self) -> None:
        with pytest.raises(ValidationError, match="the example says 6, the expression gives 5"):
            formula("a + b", 6, a=2, b=3)

    def test_misses_an_input_loudly(self) -> None:
        with pytest.raises(KeyError, match="b"):
            formula("a + b", a=2, b=3).evaluate({"a": 1})
