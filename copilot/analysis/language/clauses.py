"""An utterance cut into sentences and clauses, each a verbatim slice with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from copilot.analysis.numbers.tokens import vocabulary

_SENTENCE = re.compile(
    r"[^.!?…\n]+(?:(?:[.!?](?=\w)|(?<=\b[DM]r)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\bSt)\.(?=\s+[A-Z]))[^.!?…\n]*)*[.!?…]*"
)
_SUBJECT = (
    r"(?:i|we|you|they|he|she|it|that|this|there|these|those|the|our|my|your|their|nobody|everybody|everyone|what|if"
    r"|when|who|some|all|each|every|because)"
)
_CLAUSE_CUT = re.compile(
    rf"(?:\s*[;:]\s+|\s+[–—-]+\s+|\s*\.\.\.\s*|,\s+(?:and|but|so|or|then|otherwise|which|because|since|while"
    rf"|whereas)\s+|,\s+(?={_SUBJECT}(?:['’]\w+)?\s)|\s+(?:but|because|so that|and then)\s+)",
    re.I,
)
_MARK = re.compile(r"[.!?…,;:]")
_LONG_WORDS = 9  # in so many words without a mark there may be two clauses
_VERY_LONG_WORDS = 30  # and in so many with marks around them
_LEAST_WORDS = 3  # of a clause that another one follows
_WORD = re.compile(r"\S+")
_PRONOUN = re.compile(
    r"(?:i|we|you|they|he|she|it|that|this|there|nobody|everybody|everyone)(?P<verb>['’](?:s|re|m|d|ll|ve))?$", re.I
)
_SUBJECT_WORD = re.compile(rf"{_SUBJECT}(?:['’]\w+)?$", re.I)
_FINITE = vocabulary(
    """
    am are is was were be have has had do does did don't doesn't didn't don’t doesn’t didn’t can can't can’t
    cannot could couldn't couldn’t will won't won’t would wouldn't wouldn’t should must may might need needs
    want wants wanted like love think know see say said get got go goes went take takes took make makes come
    comes came keep keeps lose loses lost spend spends spent pay pays paid use uses used work works put puts
    run runs ran call calls called tell told ask asked hope just really also still never always only
    """
)
_JOINS = vocabulary("and but so because cos cause then or otherwise else well okay yeah yes no right now also")
_TURNS = vocabulary("but because cos otherwise")
_ASIDES = frozenset((("i", "mean"), ("you", "know")))
_HOLDS = _JOINS | vocabulary(
    """
    if when what who whom whose which that as where how why than while until till before after unless
    whether since though think know say says said saying guess hope believe mean wish reckon feel see tell
    told sure suppose ask asked want wants the a an every each all everything anything something nothing
    thing things way time times day one ones bit stuff reason people moment point like of for with to from
    in on at by about not only just even is are was were be i we you they he she it this there these those
    my our your their let make makes made see give gives do does did can could would should will must
    """
)


class Clause(NamedTuple):
    """A slice of a text: `said == text[start:end]`."""

    said: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Clause, ...]:
    """The sentences in order, without the space around them; none where nothing is said.

    Where a recogniser left no mark in a long stretch, it is cut where a new clause is heard to begin.
    """
    if not text.strip():
        return ()
    if not _MARK.search(text):
        return tuple(_heard_apart(text, 0, len(text), _LONG_WORDS))
    found = (m for m in _SENTENCE.finditer(text) if m.group().strip(" .!?…\t"))
    return tuple(piece for m in found for piece in _heard_apart(text, m.start(), m.end(), _VERY_LONG_WORDS))


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


def _heard_apart(text: str, start: int, end: int, most_words: int) -> Iterator[Clause]:
    """A stretch of speech; one of more words, and with no comma in it, in the clauses that it is heard to have."""
    words = list(_WORD.finditer(text, start, end))
    if len(words) < most_words or "," in text[start:end]:
        yield _trimmed(text, start, end)
        return
    said = [word.group().lower() for word in words]
    first = 0
    for k in range(1, len(words)):
        if k - first >= _LEAST_WORDS and len(words) - k >= _LEAST_WORDS and _begins(said, k):
            yield _trimmed(text, words[first].start(), words[k].start())
            first = k
    yield _trimmed(text, words[first].start(), end)


def _begins(said: Sequence[str], k: int) -> bool:
    """Whether a clause is heard to begin at a word: "and we …", "but …", "it's …", "they want …"."""
    word, following = said[k], said[k + 1]
    if word in _TURNS or (word, following) in _ASIDES:
        return True
    if word in _JOINS:
        return said[k - 1] not in _JOINS and bool(_SUBJECT_WORD.match(following))
    pronoun = _PRONOUN.match(word)
    if pronoun is None or said[k - 1] in _HOLDS:
        return False
    return bool(pronoun["verb"]) or following in _FINITE


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
