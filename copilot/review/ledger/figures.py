"""Figures as people say and type them, and their place on a promise's own scale."""

from __future__ import annotations

from functools import lru_cache

from copilot.analysis.numbers import find_quantities, numbers_in
from copilot.analysis.numbers.lexicon import SECONDS
from copilot.domain.accounts import Figure

_LONGEST = 200


@lru_cache(maxsize=4096)
def figure_of(text: str) -> Figure:
    """The words with what they come to: the first quantity in them that is no date."""
    words = text[:_LONGEST]
    for quantity in find_quantities(words):
        if quantity.kind != "date":
            return Figure(
                text=words,
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                per=quantity.per,
                kind=quantity.kind,
            )
    return Figure(text=words)


def on_the_scale_of(figure: Figure, scale: Figure) -> tuple[float, float] | None:
    """Both ends of a figure counted as the other one is; None where the two measure different things.

    A bare number is taken to be in the other's unit. Nothing is converted but durations, and shares told as ratios.
    """
    if figure.low is None or figure.high is None or scale.kind is None:
        return None
    factor = _factor(figure, scale)
    return None if factor is None else (figure.low * factor, figure.high * factor)


def _factor(figure: Figure, scale: Figure) -> float | None:
    bare = figure.kind == "count" and figure.unit is None
    if bare and scale.kind == "ratio" and scale.unit is None:
        return _part_of_whole(figure, scale)
    if bare and scale.kind != "multiple":
        return 1.0
    if figure.per != scale.per and None not in (figure.per, scale.per):
        return None
    match figure.kind, scale.kind:
        case "duration", "duration":
            return SECONDS[figure.unit or "seconds"] / SECONDS[scale.unit or "seconds"]
        case "ratio", "percent":
            return 100.0 if scale.unit == "percent" else None
        case "percent", "ratio":
            return 0.01 if figure.unit == "percent" else None
        case ("money", "money") | ("count", "count"):
            either_unnamed = None in (figure.unit, scale.unit)
            return 1.0 if either_unnamed or _singular(figure) == _singular(scale) else None
        case here, there if here == there and figure.unit == scale.unit:
            return 1.0
    return None


def _part_of_whole(figure: Figure, scale: Figure) -> float | None:
    """ "4.4" beside "3.2 out of 5" is 4.4 out of 5."""
    whole = max(numbers_in(scale.text), default=0.0)
    fits = figure.high is not None and whole and figure.high <= whole
    return 1 / whole if fits else None


def _singular(figure: Figure) -> str:
    return (figure.unit or "").removesuffix("s")
