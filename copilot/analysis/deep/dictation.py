"""Numbers and letters that are read out one by one: "four one double one", "D E eight nine"."""

from __future__ import annotations

import re

_DIGITS = {"zero": "0", "oh": "0", "o": "0", "nought": "0"} | {
    word: str(n)
    for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), start=1)
}
_TIMES = {"double": 2, "triple": 3, "treble": 3}

DICTATED = (
    r"(?:(?:double|triple|treble)[\s,.-]+)?(?:zero|oh|o|nought|one|two|three|four|five|six|seven|eight|nine|[0-9])"
    r"(?![^\W_])(?:[\s,.-]+|$|(?=\W))"
)
"""A pattern for one digit, as a word or as a numeral that stands alone, with what parts it from the next."""

_PIECE = re.compile(r"[^\W_]+")


def spelled(said: str) -> str:
    """The letters and digits of what was read out, together: "d e eight nine 3704" is "de893704"."""
    letters: list[str] = []
    times = 1
    for word in _PIECE.findall(said.lower()):
        if word in _TIMES:
            times = _TIMES[word]
            continue
        letters.append(_DIGITS.get(word, word) * times)
        times = 1
    return "".join(letters)


def digits_of(said: str) -> str:
    """The digits alone."""
    return "".join(filter(str.isdigit, spelled(said)))
