"""An utterance cut into sentences and clauses, each a verbatim slice with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?](?=\w)[^.!?…\n]*)*[.!?…]*")
_SUBJECT = (
    r"(?:i|we|you|they|he|she|it|that|this|there|these|those|the|our|my|your|their|nobody|everybody|everyone|what|if"
    r"|when|who|some|all|each|every|because)"
)
_CLAUSE_CUT = re.compile(
    rf"(?:\s*[;:]\s+|\s+[–—-]+\s+|\s*\.\.\.\s*|,\s+(?:and|but|so|or|then|otherwise|which|because|since|while"
    rf"|whereas)\s+|,\s+(?={_SUBJECT}(?:['’]\w+)?\s)|\s+(?:but|because|so that|and then)\s+)",
    re.I,
)
_UNMARKED_CUT = re.compile(
    rf"\s+(?=(?:and|but|so|because|then|well|okay)\s+{_SUBJECT}(?:['’]\w+)?\s)|\s+(?=(?:i mean|you know)\s)", re.I
)
_MARK = re.compile(r"[.!?…,;:]")
_LONG_WORDS = 20


class Clause(NamedTuple):
    """A slice of a text: `said == text[start:end]`."""

    said: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Clause, ...]:
    """The sentences in order, without the space around them.

    Where a recogniser left no mark at all in a long stretch, it is cut before "and we", "so it", and the like.
    """
    if len(text.split()) > _LONG_WORDS and not _MARK.search(text):
        return tuple(_pieces(text, 0, len(text), _UNMARKED_CUT))
    return tuple(_trimmed(text, m.start(), m.end()) for m in _SENTENCE.finditer(text) if m.group().strip(" .!?…\t"))


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of all sentences in order: what stands between stops, dashes, joining words with a new subject."""
    return tuple(piece for s in sentences(text) for piece in _pieces(text, s.start, s.end, _CLAUSE_CUT))


def listed(text: str) -> list[Clause]:
    """The clauses, cut at every comma too."""
    cut: list[Clause] = []
    for clause in clauses(text):
        at = clause.start
        for part in clause.said.split(", "):
            cut.append(Clause(part, at, at + len(part)))
            at += len(part) + 2
    return cut


def sentence_at(text: str, place: int) -> Clause:
    """The sentence that holds an offset; the last one for an offset beyond all."""
    for sentence in sentences(text):
        if place < sentence.end:
            return sentence
    found = sentences(text)
    return found[-1] if found else Clause(text, 0, len(text))


def _pieces(text: str, start: int, end: int, cut: re.Pattern[str]) -> Iterator[Clause]:
    at = start
    for match in cut.finditer(text, start, end):
        if text[at : match.start()].strip():
            yield _trimmed(text, at, match.start())
        at = match.end()
    if text[at:end].strip():
        yield _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Clause:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Clause(text[start:end], start, end)
