"""A need in words: what has to be in place, without "we need" and "it has to"."""

from __future__ import annotations

import re
from typing import NamedTuple

from copilot.analysis.extraction.capabilities.phases import Phase
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.phrasing import core
from copilot.analysis.language.wording import card, named
from copilot.domain.items import Evidence

NEEDS = "required_capabilities"
FUNCTIONS = ("capabilities.features", "capabilities.integrations", "capabilities.security")
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|plus\s+)?|\s+(?:and|plus)\s+(?:also\s+)?", re.I)
_MOST_PART_WORDS = 9
_MUST = re.compile(
    r"^(?:(?:would|['’]d|will|['’]ll)\s+)?"
    r"(?:ha(?:s|ve|d)(?: got)? to|got to|needs? to|want to|must|should|ought to)\s+(?:also\s+|be able to\s+)*",
    re.I,
)
_NEED_FIRST = re.compile(
    r"^(?:(?:i|we|they)\s+(?:would\s+|['’]d\s+)?)?(?:need|want|require)s?\s+(?:it\s+|you\s+|them\s+"
    r"|that\s+)?(?:to\s+)?",
    re.I,
)
_IT = re.compile(r"^(?:it|that|this|they|those|these|them|yours)\b\s*(?:['’]s|['’]d|['’]ll)?\s*(?:been\s+)?", re.I)


class Needed(NamedTuple):
    """Something that has to be in place, as said."""

    text: str
    evidence: tuple[Evidence, ...]
    phase: Phase | None


def needed(said: str) -> str:
    """The card of a need, without "we need" and "it has to"."""
    return core(_NEED_FIRST.sub("", _MUST.sub("", named(said, most_words=40))), of_product=True)


def without_it(said: str) -> str:
    """The words without the "it has to" or "it's been" that they may begin with."""
    return _MUST.sub("", _IT.sub("", card(said, most_words=40)))


def parts_of(said: str, lexicon: Lexicon) -> list[str]:
    """A list of functions, apart; anything else stays whole."""
    pieces = [p for p in _SPLIT.split(said) if p.strip()]
    if len(pieces) < 2 or any(len(p.split()) > _MOST_PART_WORDS for p in pieces):
        return [said]
    return pieces if all(lexicon.count(p, *FUNCTIONS) for p in pieces) else [said]
