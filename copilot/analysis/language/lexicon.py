"""Lists of phrases, found in a text all at once: every word looks up the few phrases that may begin with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from copilot.domain.phrases import phrase_pattern

_WORD = re.compile(r"\w+")
_HEAD = re.compile(r"[^\W_]*")
_KEY_LETTERS = 3
_ANY = ""
_NUMBER = "N"
_TEXTS_REMEMBERED = 2048
_WORDS_REMEMBERED = 4096


class Hit(NamedTuple):
    """A phrase of one list at a place in the text."""

    name: str
    start: int
    end: int


class Lexicon:
    """Phrases by the name of their list. Finding them costs about as much as there are words in the text."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        grouped: dict[str, dict[str, list[str]]] = {_ANY: {}}
        for name, phrases in lists.items():
            for phrase in phrases:
                for key in _keys(phrase):
                    grouped.setdefault(key, {}).setdefault(name, []).append(phrase)
        self._phrases = grouped
        self._groups: dict[tuple[str, tuple[str, ...]], _Group] = {}
        self._begun_with = lru_cache(maxsize=_WORDS_REMEMBERED)(self._that_begin_with)
        self.hits = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._hits)

    def spans(self, name: str, text: str) -> tuple[Hit, ...]:
        """Where phrases of one list stand, in order."""
        return tuple(hit for hit in self.hits(text) if hit.name == name)

    def has(self, name: str, text: str) -> bool:
        return any(hit.name == name for hit in self.hits(text))

    def count(self, text: str, *names: str) -> int:
        """How many phrases of these lists stand in the text; overlapping ones once."""
        last, found = -1, 0
        for hit in self.hits(text):
            if hit.name in names and hit.start >= last:
                last, found = hit.end, found + 1
        return found

    def _hits(self, text: str) -> tuple[Hit, ...]:
        found: list[Hit] = []
        ends: dict[str, int] = {}
        folded = text.casefold()
        for word in _WORD.finditer(text):
            at = word.start()
            for group in self._begun_with(word.group().lower()):
                pattern = group.pattern_for(folded)
                if pattern is None:
                    continue
                begin = at - 1 if group.of_figures and at and text[at - 1] in "$€£" else at
                match = pattern.match(text, begin)
                if match and match.end() > ends.get(group.name, 0):
                    ends[group.name] = match.end()
                    found.append(Hit(group.name, begin, match.end()))
        return tuple(found)

    def _that_begin_with(self, word: str) -> tuple[_Group, ...]:
        """What may begin with this word, by key and list."""
        keys = (word[:_KEY_LETTERS], word[:2], word[:1], _NUMBER if word[0].isdigit() else _ANY)
        found: list[_Group] = []
        for key in dict.fromkeys(keys):
            for name, phrases in self._phrases.get(key, {}).items():
                fitting = tuple(phrase for phrase in phrases if key == _NUMBER or _may_begin(phrase, word))
                if fitting:
                    fresh = _Group(name, fitting, of_figures=key == _NUMBER)
                    found.append(self._groups.setdefault((name, fitting), fresh))
        return tuple(found)


class _Group:
    """Phrases of one list that may begin with the same word. Their pattern is put together when a text may have one of
    them: most wait long, and many for ever."""

    def __init__(self, name: str, phrases: tuple[str, ...], *, of_figures: bool) -> None:
        self.name, self.of_figures = name, of_figures
        self._phrases = phrases
        self._within = frozenset(_letters_within(phrase) for phrase in phrases)
        self._pattern: re.Pattern[str] | None = None

    def pattern_for(self, folded: str) -> re.Pattern[str] | None:
        """What finds them; None while no text in folded case had the letters of any of them."""
        if self._pattern is None and any(letters in folded for letters in self._within):
            self._pattern = phrase_pattern(self._phrases)
        return self._pattern


def _letters_within(phrase: str) -> str:
    """Letters after the first word that stand, in whatever case, in every text that has the phrase."""
    return max((_head(word) for word in phrase.split()[1:] if not word.startswith("N")), key=len, default="").casefold()


def _may_begin(phrase: str, word: str) -> bool:
    """Whether the phrase can begin with this word of a text: with the letters at its head, and, where its first word
    is nothing but letters, with no more than these."""
    first = phrase.split()[0]
    head = _head(first)
    return word == head if first == head else word.startswith(head)


def _keys(phrase: str) -> tuple[str, ...]:
    """Under what a text's word is looked up: the letters that the phrase begins with, its hyphen kept or not."""
    first = phrase.split()[0]
    if first == _NUMBER:
        return (_NUMBER,)
    letters = _head(first)
    joined = first.split("*")[0].replace("-", "")
    keys = {letters[:_KEY_LETTERS]}
    if joined != letters and len(letters) < _KEY_LETTERS and joined[:_KEY_LETTERS].isalnum():
        keys.add(joined[:_KEY_LETTERS])
    return tuple(sorted(keys))


def _head(word: str) -> str:
    """The letters and digits that a phrase's word begins with."""
    found = _HEAD.match(word)
    return found.group() if found else ""
