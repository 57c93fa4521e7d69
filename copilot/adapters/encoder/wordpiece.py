"""Text to numbers, as BERT's uncased models take it: words, and where one is unknown the longest pieces that are known.

After Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding" (2019), and Wu
et al., "Google's Neural Machine Translation System" (2016), which describes the pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

UNKNOWN = "[UNK]"
INSIDE = "##"  # before a piece that does not begin a word
_LONGEST_WORD = 60  # characters; what is longer is no word
_KEPT = 4096  # words remembered
_BLANK = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_WORDS = re.compile(r"[^\W_]+|[^\s]")
_CJK = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


class WordPiece:
    """`pieces` in the order of their numbers; the unknown one is among them."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.number = {piece: n for n, piece in enumerate(pieces)}
        self._unknown = self.number[UNKNOWN]
        self._numbers_of = lru_cache(_KEPT)(self._pieces_of)
        self._numbers_between = lru_cache(_KEPT)(self._between)

    def encode(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without any marks around them."""
        return [n for word in words(text) for n in self._numbers_of(word)]

    def encode_word(self, said: str) -> tuple[int, ...]:
        """The numbers of the pieces of what stands between two blanks."""
        return self._numbers_between(said)

    def _between(self, said: str) -> tuple[int, ...]:
        return tuple(n for word in words(said) for n in self._numbers_of(word))

    def _pieces_of(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        at = 0
        while at < len(word):
            end = next((end for end in range(len(word), at, -1) if _piece(word, at, end) in self.number), None)
            if end is None or len(word) > _LONGEST_WORD:
                return (self._unknown,)
            found.append(self.number[_piece(word, at, end)])
            at = end
        return tuple(found)


def words(text: str) -> Iterator[str]:
    """Lower-case words without accents; every other sign stands alone."""
    spaced = "".join(" " if unicodedata.category(c) in _BLANK else c for c in text.lower())
    plain = "".join(c for c in unicodedata.normalize("NFD", spaced) if unicodedata.category(c) != "Mn")
    return (found.group() for found in _WORDS.finditer(_CJK.sub(r" \1 ", plain)))


def _piece(word: str, at: int, end: int) -> str:
    return (INSIDE if at else "") + word[at:end]
