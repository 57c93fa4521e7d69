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

Patterns = tuple[tuple[str, re.Pattern[str]], ...]


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
        self._compiled: dict[str, Patterns] = {}  # when a text first asks for them: most keys wait long
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
        always = self._patterns(_ANY)
        for word in _WORD.finditer(text):
            at = word.start()
            letters = word.group().lower()
            keys = (letters[:_KEY_LETTERS], letters[:2], letters[:1], _NUMBER if letters[0].isdigit() else "")
            for key in dict.fromkeys(keys):
                for name, pattern in self._patterns(key) if key else always:
                    begin = at - 1 if key == _NUMBER and at and text[at - 1] in "$€£" else at
                    match = pattern.match(text, begin)
                    if match and match.end() > ends.get(name, 0):
                        ends[name] = match.end()
                        found.append(Hit(name, begin, match.end()))
        return tuple(found)

    def _patterns(self, key: str) -> Patterns:
        """What may begin with these letters, by list."""
        if key not in self._phrases:
            return ()
        if key not in self._compiled:
            self._compiled[key] = tuple((name, phrase_pattern(p)) for name, p in self._phrases[key].items())
        return self._compiled[key]


def _keys(phrase: str) -> tuple[str, ...]:
    """Under what a text's word is looked up: the letters that the phrase begins with, its hyphen kept or not."""
    first = phrase.split()[0]
    if first == _NUMBER:
        return (_NUMBER,)
    bare = first.split("*")[0]
    head = _HEAD.match(bare)
    letters = head.group() if head else ""
    joined = bare.replace("-", "")
    keys = {letters[:_KEY_LETTERS]}
    if joined != letters and len(letters) < _KEY_LETTERS and joined[:_KEY_LETTERS].isalnum():
        keys.add(joined[:_KEY_LETTERS])
    return tuple(sorted(keys))
