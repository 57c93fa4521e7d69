"""Speech cut into words, numerals and marks, each with its place in the text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

TokenKind = Literal["word", "number", "date", "opaque", "mark"]

# What holds digits and is no quantity is taken as one opaque token: links, 24/7, clock times, phone numbers, versions,
# and codes such as SOC2 or B2B. Every alternative is tried once per place; no repetition without a bound is nested.
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_TOKEN = re.compile(
    rf"""
      (?P<date> [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?![0-9]) | {_DAY}/{_DAY}/(?:20)?[2-4][0-9](?![0-9/])
              | [qQ]\ ?[1-4](?!\w) | [hH][12](?!\w) | [fF][yY]\ ?(?:[0-9]{{4}}|[0-9]{{2}})(?!\w) )
    | (?P<opaque> https?://\S+ | 24[/x]7(?!\w) | [0-9]{{1,2}}:[0-9]{{2}}(?![0-9])
              | \+[0-9]{{1,3}}(?:[ .-]?\(?[0-9]{{2,4}}\)?){{2,5}}(?!\w)
              | \([0-9]{{3}}\)[ -]?[0-9]{{3}}[ -][0-9]{{4}}(?!\w) | [0-9]{{3}}[ .-][0-9]{{3}}[ .-][0-9]{{4}}(?!\w)
              | (?:[0-9]{{2}}[1-9]-[0-9]{{4}}|[0-9]{{3}}-[0-9]{{3}}[1-9])(?!\w)
              | (?![0-9]{{1,3}}(?:\.[0-9]{{3}})+(?![.0-9]))[0-9]+(?:\.[0-9]+){{2,}} )
    | (?P<number> [0-9]+(?:[.,][0-9]+|[\u00a0\u202f][0-9]{{3}}(?![0-9]))* )
    | (?P<currency> (?:usd|eur|gbp|us)(?=[$0-9]) )
    | (?P<code> [^\W\d_]+[0-9]\w* )
    | (?P<word> [^\W\d_]+(?:['’][^\W\d_]+)* )
    | (?P<arrow> [-=]> )
    | (?P<mark> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_KINDS: dict[str | None, TokenKind] = {
    "date": "date",
    "opaque": "opaque",
    "number": "number",
    "currency": "word",
    "code": "opaque",
    "word": "word",
    "arrow": "mark",
    "mark": "mark",
}
_PLAIN = {"’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "->": "→", "=>": "→"}


class Token(NamedTuple):
    """`word` is in lower case, with plain apostrophes, dashes and arrows; `start` and `end` are offsets in the text."""

    word: str
    start: int
    end: int
    kind: TokenKind


def tokens_of(text: str) -> list[Token]:
    """Every word, numeral and mark, in order; white space is what lies between them."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group().lower()
        if not word.isascii():
            word = _PLAIN.get(word) or word.replace("’", "'")
        elif match.lastgroup == "arrow":
            word = "→"
        found.append(Token(word, match.start(), match.end(), _KINDS[match.lastgroup]))
    return found


def glued(tokens: list[Token], i: int) -> bool:
    """Whether token `i` follows the one before it without a space."""
    return 0 < i < len(tokens) and tokens[i - 1].end == tokens[i].start


def word_at(tokens: list[Token], i: int) -> str:
    """The word at `i`, or an empty one beyond either end."""
    return tokens[i].word if 0 <= i < len(tokens) else ""


def vocabulary(words: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(words.split())


def one_of(words: str) -> str:
    """A group of a pattern with the words of such a list, in their order; "_" stands for a space within one."""
    return f"(?:{'|'.join(dict.fromkeys(word.replace('_', ' ') for word in words.split()))})"
