"""One number, in digits or in words, as people and recognisers write it."""

from __future__ import annotations

import re
from typing import NamedTuple

from copilot.analysis.numbers.tokens import Token, glued, word_at

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = {word: n for n, word in enumerate(_ONES, start=1)}
TEENS = {word: n for n, word in enumerate(_TEENS, start=10)}
TENS = {word: 10 * n for n, word in enumerate(_TENS, start=2)}
TENS["fourty"] = 40
SMALL = {"zero": 0} | ONES | TEENS | TENS
SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "grand": 1e3,
    "million": 1e6,
    "mil": 1e6,
    "mill": 1e6,
    "mm": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_GLUED_SCALES = SCALES | {"m": 1e6, "b": 1e9}
NUMBER_WORDS = frozenset(SMALL) | frozenset(SCALES) | {"hundred", "dozen"}
_MINUS = frozenset(("minus", "negative", "-"))
BIG = frozenset({"hundred", "thousand", "million", "mil", "billion", "trillion", "grand"})
_FRACTIONS = {("a", "half"): 0.5, ("one", "half"): 0.5, ("a", "quarter"): 0.25, ("three", "quarters"): 0.75}
_DECIMAL_DIGITS = {"zero": "0", "oh": "0", "o": "0"} | {w: str(n) for w, n in ONES.items()}

_GROUPED = {
    mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+(?:{re.escape(point)}[0-9]+)?")
    for mark, point in ((",", "."), (".", ","))
}
_DECIMAL = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_MOST_DIGITS = 18


class Number(NamedTuple):
    """A number and where it ends. `scale` is the thousand or million said last, 1 where none was."""

    value: float
    end: int
    scale: float = 1.0


def digits_value(written: str, *, euro: bool = False) -> float | None:
    """What a numeral means, or None where it is no single number.

    Both habits are read: 1,000.5 and 1.000,5. A lone group of three after a point is a fraction (2.375), unless it is
    000 or stands with a euro sign; a lone group of three after a comma is thousands.
    """
    written = written.replace("\u00a0", "").replace("\u202f", "")
    if len(written) > _MOST_DIGITS:
        return None
    if _GROUPED[","].fullmatch(written):
        return float(written.replace(",", ""))
    if _GROUPED["."].fullmatch(written) and (
        euro or written.count(".") > 1 or "," in written or written.endswith(".000")
    ):
        return float(written.replace(".", "").replace(",", "."))
    if _DECIMAL.fullmatch(written):
        return float(written.replace(",", "."))
    return None


def read_number(tokens: list[Token], i: int, *, ands: bool = True, euro: bool = False) -> Number | None:
    """The number that begins at token `i`, as long as it goes.

    With `ands` false, "and" does not join ("between a hundred and two hundred").
    """
    if i >= len(tokens):
        return None
    sign = 1.0
    if tokens[i].word in _MINUS:
        if tokens[i].word == "-" and not _is_minus(tokens, i):
            return None
        sign, i = -1.0, i + 1
        if i >= len(tokens):
            return None
    if tokens[i].word == "point":
        number: Number | None = Number(0.0, i)
    elif tokens[i].kind == "number":
        number = _in_digits(tokens, i, euro=euro)
    else:
        number = _in_words(tokens, i, ands=ands)
    if number is None:
        return None
    number = _with_decimals(tokens, number)
    if number.end == i:
        return None
    if ands:
        number = _with_fraction(tokens, number)
    if number.scale == 1:
        number = _with_scale(tokens, number)
        if ands and number.scale > 1:
            number = _with_fraction(tokens, number)
    return number._replace(value=sign * number.value)


def _is_minus(tokens: list[Token], i: int) -> bool:
    return (
        word_at(tokens, i) == "-"
        and not glued(tokens, i)
        and glued(tokens, i + 1)
        and (tokens[i + 1].kind == "number" or tokens[i + 1].word in "$€£")
    )


def _in_digits(tokens: list[Token], i: int, *, euro: bool) -> Number | None:
    value = digits_value(tokens[i].word, euro=euro)
    if value is None:
        return None
    following = word_at(tokens, i + 1)
    if value in TENS.values() and tokens[i].word.isdigit() and not glued(tokens, i + 1):
        ones = ONES.get(following) or (int(following) if following in "123456789" and following else 0)
        if ones and not glued(tokens, i + 2):  # a recogniser's "20 five"
            return Number(value + ones, i + 2)
    if following == "hundred" and value < 100:
        return Number(value * 100, i + 2)
    return Number(value, i + 1)


def _in_words(tokens: list[Token], i: int, *, ands: bool) -> Number | None:
    """Words up to trillions, scales falling: "two million three hundred thousand", "fifteen hundred", "a thousand"."""
    first = tokens[i].word
    if first not in SMALL and first not in BIG and first not in ("a", "an"):
        return None
    total, group, last_scale, floor, j = 0.0, 0.0, float("inf"), 100.0, i
    scale, said = 1.0, False
    if first in BIG:
        group, floor, said = 1.0, 0.0, True
    elif first in ("a", "an") and (word_at(tokens, i + 1) in BIG or word_at(tokens, i + 1) == "dozen"):
        group, floor, said, j = 1.0, 0.0, True, i + 1
    while True:
        at = j + 1 if j > i and word_at(tokens, j) == "-" and glued(tokens, j) and glued(tokens, j + 1) else j
        if (
            ands
            and said
            and floor == 100
            and word_at(tokens, at) == "and"
            and _small_after(tokens, at + 1, scaled=group == 0)
        ):
            at += 1
        word = word_at(tokens, at)
        small = SMALL.get(word)
        if small is None and j > i and floor == 10 and len(word) == 1 and word in "123456789":
            small = int(word)  # "twenty 5"
        if small is not None and (small < floor and (small > 0 or not said)):
            group += small
            floor = 10.0 if small in TENS.values() else 0.0
            scale = 1.0
        elif word == "hundred" and 0 < group < 100:
            group, floor = group * 100, 100.0
        elif word in SCALES and group > 0 and SCALES[word] < last_scale and not (word == "k" and total):
            scale = last_scale = SCALES[word]
            total, group, floor = total + group * scale, 0.0, 100.0
        else:
            break
        said, j = True, at + 1
    return Number(total + group, j, scale) if said else None


def _small_after(tokens: list[Token], i: int, *, scaled: bool) -> bool:
    """Whether a number below a hundred stands at `i` that is not the head of a greater one.

    After a scale ("two thousand and …") no scale may follow; after a hundred it may ("two hundred and fifty thousand").
    """
    if word_at(tokens, i) not in SMALL or word_at(tokens, i) == "zero":
        return False
    j = i + 1
    if word_at(tokens, i) in TENS:
        j += word_at(tokens, j) == "-"
        j += word_at(tokens, j) in ONES
    return word_at(tokens, j) not in ("hundred", "point") and not (scaled and word_at(tokens, j) in SCALES)


def _with_decimals(tokens: list[Token], number: Number) -> Number:
    """With "point four", "point two five", "point ninety nine"."""
    if number.scale != 1 or word_at(tokens, number.end) != "point":
        return number
    digits, j = "", number.end + 1
    while len(digits) < 6:
        word = word_at(tokens, j)
        digit = _DECIMAL_DIGITS.get(word) or (word if len(word) == 1 and word in "0123456789" else None)
        if digit is None:
            break
        digits, j = digits + digit, j + 1
    if not digits and word_at(tokens, j) in SMALL:
        tail = _in_words(tokens, j, ands=False)
        if tail is not None and tail.value < 100:
            digits, j = str(int(tail.value)), tail.end
    if not digits:
        return number
    return Number(float(f"{int(number.value)}.{digits}"), j) if number.value < 1e15 else number


def _with_fraction(tokens: list[Token], number: Number) -> Number:
    """With "and a half", of what was said last: "two and a half", "a million and a half"."""
    at = number.end
    if word_at(tokens, at) == "-" and glued(tokens, at):
        at += 1
    if word_at(tokens, at) != "and":
        return number
    at += 1 + (word_at(tokens, at + 1) == "-")
    last = at + 1 + (word_at(tokens, at + 1) == "-")
    part = _FRACTIONS.get((word_at(tokens, at), word_at(tokens, last)))
    if part is None:
        return number
    return Number(number.value + part * number.scale, last + 1, number.scale)


def _with_scale(tokens: list[Token], number: Number) -> Number:
    at = number.end
    if word_at(tokens, at) == "-" and glued(tokens, at) and glued(tokens, at + 1):
        at += 1
    known = _GLUED_SCALES if glued(tokens, at) and at == number.end else SCALES
    scale = 12.0 if word_at(tokens, at) == "dozen" else known.get(word_at(tokens, at))
    return number if scale is None else Number(number.value * scale, at + 1, scale)
