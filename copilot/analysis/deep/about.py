"""Whether words are about an entry, so that on them it can be taken back, or a value of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copilot.analysis.grounding import says
from copilot.analysis.language.words import content_words
from copilot.domain.call import Role
from copilot.domain.items import Evidence, Item, NextStep
from copilot.domain.state import CallState

SOON_AFTER = 3  # utterances within which "forget that" can mean an entry
_DENIED = re.compile(
    r"^\W*no\b|\b(?:not|never|no longer|forget|scratch|drop|ignore|wrong|mistaken|mistake|misspoke|made up|take back)\b"
    r"|\b(?:made|make|take|took) (?:it|that|this) (?:up|back)\b|n['’]t\b",
    re.I,
)


def is_about(item: Item, i: int, state: CallState) -> bool:
    """Whether words at `i` can show that an entry is not meant: its own, or later ones about it.

    Later ones are the customer's, or of the one who promised it, who knows what has become of it.
    """
    if i in item.utterances:
        return True
    said = state.utterances[i]
    promised = isinstance(item, NextStep) and said.speaker is not None and said.speaker == item.owner
    if i < item.utterances[0] or (said.role is Role.REP and not promised):
        return False
    named = any(content_words(text) & content_words(said.text) for text in (item.text, *item.wordings))
    return named or 0 < i - item.utterances[-1] <= SOON_AFTER


def still_says(value: str, item: Item, evidence: Iterable[Evidence], state: CallState) -> bool:
    """Whether the words that are to take a value back state it, and no later ones about the entry take it back."""
    pieces = {(e.utterance, state.utterances[e.utterance].text.find(e.quote)): e.quote for e in evidence}
    stating = [at for at, quote in pieces.items() if says(value, [quote]) and not _DENIED.search(quote)]
    later = [(i, quote) for (i, at), quote in pieces.items() if stating and (i, at) > max(stating)]
    return bool(stating) and not any(_can_deny(item, i, quote, state) for i, quote in later)


def _can_deny(item: Item, i: int, quote: str, state: CallState) -> bool:
    return is_about(item, i, state) and (i not in item.utterances or bool(_DENIED.search(quote)))
