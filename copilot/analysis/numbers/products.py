"""A product that is spoken in one breath: "five mil times six million thirty thousand litres"."""

from __future__ import annotations

import math
from collections.abc import Iterator

from copilot.analysis.numbers.grammar import starts_number
from copilot.analysis.numbers.tokens import Token, tokens_of, word_at
from copilot.analysis.numbers.words import read_number

_BEFORE = 6  # words in which the first factor is looked for,
_UNIT = 1  # and of them, behind it, its unit
_TO_ANOTHER_UNIT = 3  # powers of ten: millilitres to litres


def spoken_products(text: str) -> frozenset[float]:
    """The second factor and the product, where a run of numbers after "times" holds both.

    Without a pause the run reads as one number, 6,030,000. Taking it for two is right only where the one is what comes
    out of the other, but for thousands that are lost in a change of units.
    """
    tokens = tokens_of(text) if "times" in text.casefold() else []
    places = (i for i, token in enumerate(tokens) if token.word == "times")
    return frozenset(value for i in places for value in _after(tokens, i))


def _after(tokens: list[Token], times: int) -> Iterator[float]:
    factor = _factor(tokens, times)
    run = read_number(tokens, times + 1) if starts_number(tokens, times + 1) else None
    if not factor or run is None:
        return
    for cut in range(times + 2, run.end):
        first, second = read_number(tokens[:cut], times + 1), read_number(tokens[: run.end], cut)
        if not first or not second or not starts_number(tokens, cut) or (first.end, second.end) != (cut, run.end):
            continue
        if second.value and _comes_out(factor * first.value / second.value):
            yield from (first.value, second.value)


def _factor(tokens: list[Token], times: int) -> float | None:
    for i in range(max(0, times - _BEFORE), times):
        number = read_number(tokens[:times], i) if starts_number(tokens, i) else None
        if number is not None and number.end >= times - _UNIT and word_at(tokens, i - 1) != "times":
            return number.value
    return None


def _comes_out(ratio: float) -> bool:
    powers = math.log10(ratio) / _TO_ANOTHER_UNIT if ratio > 0 else 0.5
    return abs(powers - round(powers)) < 1e-9
