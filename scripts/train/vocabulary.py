"""The pieces of words that the small model keeps: common ones, and those that calls and playbooks use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from copilot.adapters.encoder.packing import END, KIND_MARKS, ROLE_MARKS, START
from copilot.adapters.encoder.wordpiece import INSIDE, UNKNOWN, WordPiece

_PAD = "[PAD]"
_COMMON_FROM, _COMMON_TO = 1996, 10000  # whole words and pieces come by how frequent they are
_LATIN_ENDS = "\u024f"
# A mark begins as a word of like meaning.
MARKS: Mapping[str, str] = {
    "[REP]": "seller",
    "[CUST]": "customer",
    "[WHO]": "speaker",
    "[DISCOVERY]": "discovery",
    "[DEMO]": "demonstration",
    "[QBR]": "review",
    "[OTHER]": "call",
}
assert set(MARKS) == {*ROLE_MARKS.values(), *KIND_MARKS.values()}  # noqa: S101


def pruned(pieces: Sequence[str], texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """The pieces to keep with the marks after them, and for each the row of the whole vocabulary that it takes."""
    whole = WordPiece(pieces)
    used = {n for text in texts for n in whole.encode(text)}
    common = set(range(_COMMON_FROM, _COMMON_TO))
    always = {whole.number[mark] for mark in (_PAD, UNKNOWN, START, END)}
    single = {n for n, piece in enumerate(pieces) if _is_single(piece)}
    rows = [n for n in sorted(always | used | single | common) if n in always or _readable(pieces[n])]
    kept = [pieces[n] for n in rows]
    return [*kept, *MARKS], [*rows, *(whole.number[word] for word in MARKS.values())]


def _is_single(piece: str) -> bool:
    return len(piece.removeprefix(INSIDE)) == 1


def _readable(piece: str) -> bool:
    """Latin letters, digits, signs."""
    return all(c <= _LATIN_ENDS or not unicodedata.category(c).startswith("L") for c in piece)
