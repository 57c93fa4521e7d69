"""What is likely to be said on a call and a speech model may not know how to spell."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.call import CallInfo

MOST_TERMS = 50
MOST_CHARACTERS = 500  # some 150 tokens; a model takes little more than 200 before it forgets the first


def likely_said(info: CallInfo | None, terms: Sequence[str]) -> tuple[str, ...]:
    """The call's own names first, then `terms` as far as there is room, none of them twice."""
    own = [*(person.name for person in info.participants), info.account, info.title] if info else []
    told = [" ".join(term.split()) for term in (*own, *terms) if term]
    likely: dict[str, str] = {}
    left = MOST_CHARACTERS
    for term in told:
        if term.casefold() in likely or len(term) > left or len(likely) == MOST_TERMS:
            continue
        likely[term.casefold()] = term
        left -= len(term) + len(", ")
    return tuple(likely.values())
