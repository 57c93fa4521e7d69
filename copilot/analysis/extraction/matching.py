"""Which entry of the value map is meant by what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from copilot.analysis.language.themes import themes
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.items import Item

ItemT = TypeVar("ItemT", bound=Item)

_NUMBER_WORD = re.compile(r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|percent|a|per)\b", re.I)
_LEAST_SHARE = 0.34
_LEAST_KIN_LETTERS = 4
_LEAST_KIN_SHARE = 0.6  # "safe" and "safety" are kin, "sign" and "signature" are not


def likeness(item: Item, said: str) -> float:
    """How much of an entry's words, under any wording, are said; a theme or a number in common adds to it."""
    words = content_words(said)
    if not words:
        return 0.0
    best = max(_share(content_words(w), words) for w in (item.text, *item.wordings[:6]))
    if best:
        numbers = numbers_in(item.text)
        best += 0.2 * bool(themes(item.text) & themes(said)) + 0.3 * bool(numbers and numbers & numbers_in(said))
    return best


def meant(items: Mapping[str, ItemT] | Iterable[ItemT], said: str, *, least: float = _LEAST_SHARE) -> list[ItemT]:
    """The entries that stand and are spoken of, the likeliest first."""
    known = items.values() if isinstance(items, Mapping) else items
    scored = [(likeness(item, said), item) for item in known if item.stands]
    found = [(score, item) for score, item in scored if score >= least]
    found.sort(key=lambda pair: -pair[0])
    return [item for _, item in found]


def by_number(items: Iterable[ItemT], said: str) -> list[ItemT]:
    """The entries that stand and whose figures are said, the latest first."""
    numbers = numbers_in(said)
    return [item for item in reversed(list(items)) if item.stands and numbers & _figures_of(item)]


def related(words: frozenset[str], others: frozenset[str]) -> int:
    """How many of the words are among the others, or begin as one of them does."""
    begins = {word[:_LEAST_KIN_LETTERS] for word in others}
    return sum(
        word in others or (word[:_LEAST_KIN_LETTERS] in begins and any(_kin(word, other) for other in others))
        for word in words
    )


def latest(items: Iterable[ItemT], i: int, *, reach: int) -> ItemT | None:
    """The entry that was spoken of last, within so many utterances before `i`."""
    near = [item for item in items if item.stands and item.utterances[-1] >= i - reach]
    return max(near, key=lambda item: item.utterances[-1], default=None)


def by_theme(items: Iterable[ItemT], said: str) -> list[ItemT]:
    """The entries that stand and share a theme with what is said, in their texts or else in most of their quotes."""
    spoken, standing = themes(said), [item for item in reversed(list(items)) if item.stands]
    by_text = [item for item in standing if themes(item.text) & spoken]
    if by_text:
        return by_text
    by_quotes = [(sum(bool(themes(e.quote) & spoken) for e in i.evidence) / len(i.evidence), i) for i in standing]
    return [item for share, item in sorted(by_quotes, key=lambda found: -found[0]) if share]


def _share(item_words: frozenset[str], words: frozenset[str]) -> float:
    """Numbers alone are no likeness; "safe" and "safety" are one word."""
    own = frozenset(word for word in item_words if not _NUMBER_WORD.fullmatch(word))
    return related(own, words) / min(len(own), max(2, len(words))) if own else 0.0


def _kin(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    alike = len(shorter) >= max(_LEAST_KIN_LETTERS, _LEAST_KIN_SHARE * len(longer))
    return alike and longer.startswith(shorter)


def _figures_of(item: Item) -> frozenset[float]:
    values = [item.text, *(str(getattr(item, name, None) or "") for name in ("baseline", "target"))]
    return frozenset().union(*(numbers_in(value) for value in values))
