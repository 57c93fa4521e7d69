"""When two wordings mean the same entry of the value map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.items import Item

ItemT = TypeVar("ItemT", bound=Item)

_SAME_SHARE = 0.5  # of all content words of both
_SAME_WITHIN = 3  # content words, when one wording lies wholly within the other


def same_thing(a: str, b: str, *, numbers_matter: bool) -> bool:
    """Whether two wordings name one thing: the same words, or mostly the same content words and no other number.

    With `numbers_matter`, "cut onboarding by 20 %" and "… by 40 %" are two things; a metric stays one metric whatever
    its value is.
    """
    if a.casefold() == b.casefold():
        return True
    words_a, words_b = content_words(a), content_words(b)
    shared = len(words_a & words_b)
    if not shared:
        return False
    within = shared == min(len(words_a), len(words_b)) and shared >= _SAME_WITHIN
    alike = shared / len(words_a | words_b) >= _SAME_SHARE
    return (within or alike) and not (numbers_matter and _contradict(a, b))


def find_same(items: Mapping[str, ItemT], text: str, quotes: Iterable[str], *, numbers_matter: bool) -> ItemT | None:
    """The entry that `text` names again, under any wording it has been known by; the oldest where several fit."""
    said = tuple(quotes)
    for item in items.values():
        wordings = (item.text, *item.wordings)
        if any(same_thing(text, wording, numbers_matter=numbers_matter) for wording in wordings):
            return item
        if said and all(any(quote in e.quote for e in item.evidence) for quote in said):
            return item
    return None


def _contradict(a: str, b: str) -> bool:
    numbers_a, numbers_b = numbers_in(a), numbers_in(b)
    return bool(numbers_a and numbers_b and not numbers_a & numbers_b)
