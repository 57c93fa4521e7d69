"""The unit of a figure that is said without one, where another of the same measure has it."""

from __future__ import annotations

from functools import lru_cache

from copilot.analysis.numbers.quantities import find_quantities
from copilot.analysis.numbers.words import BIG, SMALL

_UNITS = frozenset(("duration", "percent"))
_SINGULAR = frozenset(("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year"))
_NUMBER_WORDS = SMALL.keys() | BIG | {"a", "an", "and", "point", "half"}


def is_number_word(word: str) -> bool:
    """Whether a word is part of a number, in letters or figures: "twenty-six", "hundred", "4.5"."""
    return all(part in _NUMBER_WORDS or not part.isalpha() for part in word.lower().rstrip("%").split("-") if part)


@lru_cache(maxsize=1024)
def with_unit(words: str, beside: str | None) -> str:
    """A bare number with the unit of another value of its measure: "four" beside "six weeks" is "four weeks"."""
    unit = _unit_of(beside) if beside else ""
    figures = find_quantities(words)
    bare = len(figures) == 1 and figures[0].kind == "count" and figures[0].unit is None and figures[0].per is None
    if not unit or not bare or figures[0].end < len(words.rstrip()):
        return words
    if unit == "%":
        return f"{words}%" if words.rstrip()[-1].isdigit() else f"{words} percent"
    return f"{words} {_of_number(unit, one=figures[0].low == figures[0].high == 1)}"


def _of_number(unit: str, *, one: bool) -> str:
    """The unit as it is said of one or of more: "day" or "days"."""
    single = unit.removesuffix("s")
    if single not in _SINGULAR:
        return unit
    return single if one else f"{single}s"


def _unit_of(value: str) -> str:
    """What stands behind the one number of a duration or a share."""
    figures = find_quantities(value)
    if len(figures) != 1 or figures[0].kind not in _UNITS:
        return ""
    text = figures[0].text
    if text.endswith("%"):
        return "%"
    words = text.split()
    behind = next((n for n, word in enumerate(words) if not is_number_word(word)), len(words))
    unit = words[behind:]
    return " ".join(unit) if behind and unit and not any(is_number_word(word) and word != "a" for word in unit) else ""
