"""Return on investment as named arithmetic: inputs with units, one expression, nothing that could run code."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from typing import Literal, Self

from pydantic import Field, model_validator

from copilot.domain.conversation import Identifier, Text
from copilot.domain.value import Value

PyramidLevelId = Literal["strategic", "business", "operational", "technical"]
Bounds = tuple[Decimal, Decimal]

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaInput(Value):
    """A figure that has to be said or typed; `ask` gets it from the customer."""

    id: Identifier
    title: Text
    unit: Text
    ask: Text


class WorkedExample(Value):
    inputs: dict[Identifier, float]
    result: float
    text: Text


class Formula(Value):
    """One of the playbook's ways to put a value in money. The expression knows + - * / and brackets, and its inputs.

    `level` is where in the pyramid such a value stands.
    """

    id: Identifier
    title: Text
    formula: Text
    inputs: tuple[FormulaInput, ...] = Field(min_length=1)
    expression: Text
    result_unit: Text
    example: WorkedExample
    level: PyramidLevelId = "business"

    @model_validator(mode="after")
    def _works_out(self) -> Self:
        names = {given.id for given in self.inputs}
        used = {node.id for node in ast.walk(_parsed(self.expression)) if isinstance(node, ast.Name)}
        if used != names:
            raise ValueError(f"the expression uses {sorted(used)}, the inputs are {sorted(names)}")
        if set(self.example.inputs) != names:
            raise ValueError(f"the example gives {sorted(self.example.inputs)}, the inputs are {sorted(names)}")
        result = self.evaluate(self.example.inputs)
        if abs(result - self.example.result) > 0.005:
            raise ValueError(f"the example says {self.example.result:g}, the expression gives {result:g}")
        return self

    def evaluate(self, inputs: Mapping[str, float]) -> float:
        """The value. Raises KeyError for a missing input and ZeroDivisionError where the inputs make no sense."""
        return _value_of(_parsed(self.expression), inputs)

    def bounds(self, inputs: Mapping[str, Bounds]) -> Bounds:
        """The least and the most that inputs between these ends come to, exactly.

        Where an input occurs twice the ends may lie further apart than they must, never closer. Raises KeyError and
        ZeroDivisionError as `evaluate` does.
        """
        return _bounds_of(_parsed(self.expression), inputs)


def _parsed(expression: str) -> ast.expr:
    try:
        body = ast.parse(expression, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{expression!r} is no arithmetic") from error
    _refuse_anything_else(body)
    return body


def _refuse_anything_else(node: ast.expr) -> None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            _refuse_anything_else(left)
            _refuse_anything_else(right)
        case ast.Name() | ast.Constant(value=int() | float()):
            return
        case _:
            raise ValueError(
                f"{ast.unparse(node)!r} is not allowed in a formula; use names, numbers, + - * / and brackets"
            )


def _value_of(node: ast.expr, inputs: Mapping[str, float]) -> float:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value_of(left, inputs), _value_of(right, inputs))
        case ast.Name(id=name):
            return float(inputs[name])
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case _:
            raise ValueError(f"{ast.unparse(node)!r} is not arithmetic")


def _bounds_of(node: ast.expr, inputs: Mapping[str, Bounds]) -> Bounds:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, _bounds_of(left, inputs), _bounds_of(right, inputs))
        case ast.Name(id=name):
            return inputs[name]
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number)), Decimal(str(number))
        case _:
            raise ValueError(f"{ast.unparse(node)!r} is not arithmetic")


def _combined(op: ast.operator, left: Bounds, right: Bounds) -> Bounds:
    match op:
        case ast.Add():
            return left[0] + right[0], left[1] + right[1]
        case ast.Sub():
            return left[0] - right[1], left[1] - right[0]
        case ast.Mult():
            ends = [a * b for a, b in product(left, right)]
        case _:
            if right[0] <= 0 <= right[1]:
                raise ZeroDivisionError("division by a range with zero in it")
            ends = [a / b for a, b in product(left, right)]
    return min(ends), max(ends)
