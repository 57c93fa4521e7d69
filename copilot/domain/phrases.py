"""Phrases as word lists hold them, and how they are found in speech.

A phrase is lower-case words. A `*` within or after a word stands for any letters (`manual*`, `utili*ation`), `..`
stands for up to three words within the sentence, and `N` for a number in digits with or without a currency,
a per cent sign or k, m, b, and `N%` for a percentage in either spelling. A hyphen, a space and nothing are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

_WORD = r"[^\W_A-Z](?:[^\WA-Z]|['&/.+*-])*"
_PHRASE = re.compile(rf"(?:N%?|{_WORD})(?: (?:\.\.|N%?|{_WORD}))*")
_GAP = r"[^\w.!?]+"  # listing typographic marks in the set would compile five times as slowly
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBERS = {
    "N": rf"[$€£]?{_DIGITS}(?:\s?%|\s?[kmb]\b)?",
    "N%": rf"{_DIGITS}\s?(?:%|per\s?cent(?!\w))",
}
_ANYTHING = rf"(?:{_GAP}\w+(?:(?:'|’)\w+)?){{0,3}}?"


def _as_phrase(text: str) -> str:
    if not _PHRASE.fullmatch(text) or text.endswith(" .."):
        raise ValueError(
            f"{text!r} is no phrase; write lower-case words with single spaces, and word*, .., N or N% among them"
        )
    return text


Phrase = Annotated[str, AfterValidator(_as_phrase)]


def _expression(phrase: str) -> str:
    parts: list[str] = []
    for token in phrase.split():
        if token == "..":  # noqa: S105  (a wildcard)
            parts.append(_ANYTHING)
            continue
        if parts:
            parts.append(_GAP)
        parts.append(_NUMBERS.get(token) or _word(token))
    return "".join(parts)


def _word(token: str) -> str:
    return re.escape(token).replace("'", "(?:'|’)").replace(r"\-", r"[\s-]?").replace(r"\*", r"\w*")


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all of them, whatever the case; longer phrases first. Whole words only. No phrases: no match."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, ordered))})(?!\w)", re.IGNORECASE)
