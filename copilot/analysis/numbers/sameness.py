"""Whether two values are the same however they are spelled, and which numbers a text holds."""

from __future__ import annotations

import math
import re

from copilot.analysis.numbers.grammar import starts_number
from copilot.analysis.numbers.lexicon import DURATIONS, SECONDS
from copilot.analysis.numbers.quantities import Quantity, find_quantities
from copilot.analysis.numbers.tokens import tokens_of, word_at
from copilot.analysis.numbers.words import read_number

_PIECES = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W_]+|[^\w\s.,;:!?'\"’“”]")
_EVERY = frozenset(("every", "each", "per", "once", "a", "an"))
_ADVERBS = {
    "hourly": (1.0, "hours"),
    "daily": (1.0, "days"),
    "weekly": (1.0, "weeks"),
    "biweekly": (2.0, "weeks"),
    "fortnightly": (2.0, "weeks"),
    "monthly": (1.0, "months"),
    "bimonthly": (2.0, "months"),
    "quarterly": (1.0, "quarters"),
    "annually": (1.0, "years"),
    "yearly": (1.0, "years"),
    "annual": (1.0, "years"),
}
_NAMED = frozenset(("people", "times", "points"))


def same_value(a: str, b: str) -> bool:
    """Whether two spoken values say the same: "six weeks" and "6 weeks", "$1,500" and "fifteen hundred dollars".

    Quantities are compared by number, unit and `per`; the words around them are not. Durations may differ in their
    unit (90 minutes, an hour and a half). A hedge makes no difference, and a bound does only against the opposite one.
    Money in no named currency equals money in any; a bare number equals none with a unit. "Weekly" is "every week".
    Texts without a quantity are the same where their words are.
    """
    if _plain(a) == _plain(b):
        return True
    rhythm = _rhythm(a)
    if rhythm is not None and rhythm == _rhythm(b):
        return True
    ours, theirs = find_quantities(a), find_quantities(b)
    return bool(ours) and len(ours) == len(theirs) and all(map(_equal, ours, theirs))


def numbers_in(text: str) -> frozenset[float]:
    """All numbers said, both ends of a range and both sides of a ratio; a lone 1 that counts nothing measured is none.

    "One tool" and "1 tool" are left out alike, since "one" is more often a pronoun.
    """
    found: set[float] = set()
    for quantity in find_quantities(text):
        if quantity.kind == "ratio":
            found.update(_parts(quantity.text) or (quantity.low,))
        elif not (quantity.kind == "count" and quantity.low == quantity.high == 1 and quantity.unit not in _NAMED):
            found.update((quantity.low, quantity.high))
    return frozenset(found)


def _plain(text: str) -> str:
    return " ".join(_PIECES.findall(text.casefold())) or text.casefold().strip()


def _parts(ratio: str) -> list[float]:
    tokens = tokens_of(ratio)
    parts: list[float] = []
    i = 0
    while i < len(tokens):
        number = read_number(tokens, i) if starts_number(tokens, i) else None
        if number is not None:
            parts.append(number.value)
        i = i + 1 if number is None else number.end
    return parts


def _rhythm(text: str) -> tuple[float, str] | None:
    """How often, as so many of a period between: "weekly", "every other month", "once a quarter"."""
    tokens = tokens_of(text)
    if len(tokens) > 6 or not tokens:
        return None
    if len(tokens) == 1 or tokens[0].word in ("bi", "fortnightly"):
        if tokens[0].word == "bi" and word_at(tokens, len(tokens) - 1) == "weekly":
            return _ADVERBS["biweekly"]
        return _ADVERBS.get(tokens[0].word)
    i = 0
    while word_at(tokens, i) in _EVERY:
        i += 1
    if i == 0:
        return None
    count = 1.0
    number = read_number(tokens, i)
    if word_at(tokens, i) == "other":
        count, i = 2.0, i + 1
    elif number is not None:
        count, i = number.value, number.end
    elif word_at(tokens, i) in ("single", "calendar"):
        i += 1
    period = DURATIONS.get(word_at(tokens, i))
    return (count, period[0]) if period and i == len(tokens) - 1 else None


def _equal(a: Quantity, b: Quantity) -> bool:
    low_a, high_a, unit_a = _measured(a)
    low_b, high_b, unit_b = _measured(b)
    unnamed = a.kind == b.kind == "money" and None in (unit_a, unit_b)
    return (
        (unit_a == unit_b or unnamed)
        and (a.kind == "money") == (b.kind == "money")
        and (a.kind == "multiple") == (b.kind == "multiple")
        and math.isclose(low_a, low_b, rel_tol=1e-9, abs_tol=1e-12)
        and math.isclose(high_a, high_b, rel_tol=1e-9, abs_tol=1e-12)
        and sorted((a.per or "").split(" per ")) == sorted((b.per or "").split(" per "))
        and {a.approx, b.approx} != {"at_least", "at_most"}
    )


def _measured(quantity: Quantity) -> tuple[float, float, str | None]:
    """Low, high and unit on one scale for each kind: durations in seconds, ratios in percent, nouns in the singular."""
    if quantity.kind == "ratio" and quantity.unit is None:
        return 100 * quantity.low, 100 * quantity.high, "percent"
    if quantity.kind == "duration" and quantity.unit in SECONDS:
        seconds = SECONDS[quantity.unit]
        return quantity.low * seconds, quantity.high * seconds, "seconds"
    if quantity.kind in ("count", "ratio") and quantity.unit:
        return quantity.low, quantity.high, quantity.unit.removesuffix("s")
    return quantity.low, quantity.high, quantity.unit
