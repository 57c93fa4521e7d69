"""People by their names, in whole or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copilot.analysis.numbers.tokens import vocabulary

_LEAST_LETTERS = 3
_ALSO_WORDS = vocabulary(
    """
    will mark grace may hope art bill sue rose june april august faith joy penny frank rich rob bob pat dean drew
    chase chance miles max ray roger sandy stone price young king long green brown white black grant ford page hill
    wood woods field fields rivers bush church bell cook baker carter fisher hunter mason parker potter shepherd smith
    taylor turner walker ward weaver wells west north best day winter summers cash dollar major early short small
    little good goodman noble power powers strong sharp swift wise bright love joyce lane ivy holly iris daisy amber
    ruby crystal jewel star sky summer autumn dawn eve melody harmony charity constance patience prudence victory
    justice christian jack nick guy gene jean dale glen heath cliff brook brooks forest lake
    """
)
"""Names that are also words: known by their capital only."""


class Person:
    """Found by the whole name anywhere, and by each part of it that is long enough to be told from a word."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number
        parts = [part for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name) if len(part) >= _LEAST_LETTERS]
        whole = re.escape(" ".join(name.split())).replace(r"\ ", r"\s+")
        plain = [re.escape(part) for part in parts if part.lower() not in _ALSO_WORDS]
        capital = [re.escape(part.capitalize()) for part in parts if part.lower() in _ALSO_WORDS]
        self._anyhow = re.compile(rf"(?<!\w)(?:{'|'.join([whole, *plain])})(?!\w)", re.I)
        self._capital = re.compile(rf"(?<!\w)(?:{'|'.join(capital)})(?!\w)") if capital else None

    def named_in(self, text: str) -> Iterator[tuple[int, int]]:
        for pattern in (self._anyhow, self._capital):
            if pattern is not None:
                yield from (match.span() for match in pattern.finditer(text))
