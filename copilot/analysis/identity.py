"""When two wordings mean the same entry of the value map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.items import Item, ItemState

ItemT = TypeVar("ItemT", bound=Item)

_SAME_SHARE = 0.5  # of all content words of both
_SAME_WITHIN = 3  # content words, when one wording lies wholly within the other
_CLOSE_SHARE = 2 / 3  # where whoever speaks of an entry was shown the others
_CLOSE_QUOTE = 0.6  # of the words quoted before


def same_thing(a: str, b: str, *, numbers_matter: bool, share: float = _SAME_SHARE) -> bool:
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
    alike = shared / len(words_a | words_b) >= share
    return (within or alike) and not (numbers_matter and _contradict(a, b))


def find_same(
    items: Mapping[str, ItemT], text: str, quotes: Iterable[str], *, numbers_matter: bool, shown: bool = False
) -> ItemT | None:
    """The entry that `text` names again, under any wording it has been known by; the oldest where several fit.

    `shown`: by somebody who saw the entries and calls it a new one. Then it has to be closer to be the same, unless it
    is close to one that a person rejected: "claims that came back" is not "written off on claims". What somebody added
    and took back is never meant.
    """
    said = tuple(quotes)
    for item in (item for item in items.values() if not item.taken_back):
        closely = shown and item.state is not ItemState.REJECTED
        share, least = (_CLOSE_SHARE, _CLOSE_QUOTE) if closely else (_SAME_SHARE, 0.0)
        wordings = (item.text, *item.wordings)
        if any(same_thing(text, wording, numbers_matter=numbers_matter, share=share) for wording in wordings):
            return item
        if said and all(any(_within(quote, e.quote, least) for e in item.evidence) for quote in said):
            return item
    return None


def _within(quote: str, known: str, least: float) -> bool:
    return quote in known and len(quote) >= least * len(known)


def _contradict(a: str, b: str) -> bool:
    numbers_a, numbers_b = numbers_in(a), numbers_in(b)
    return bool(numbers_a and numbers_b and not numbers_a & numbers_b)
