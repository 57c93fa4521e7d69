"""Whether an address may be that of somebody who was on the call."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from copilot.domain.call import Participant

_LEAST_LETTERS = 3  # of a name that says who it is


def person_behind(address: str, people: Iterable[Participant]) -> Participant | None:
    """Whoever of these people the part before the @ names: by first or last name, also run together with the rest.

    A call knows names and no addresses, so this is a likeness and no proof. None where nobody is like it.
    """
    local = _plain(address.partition("@")[0])
    parts = set(re.split(r"[^a-z]+", local))
    letters = "".join(re.findall(r"[a-z]", local))
    return next((person for person in people if _names(person.name, parts, letters)), None)


def _names(name: str, parts: set[str], letters: str) -> bool:
    words = [word for word in re.split(r"[^a-z]+", _plain(name)) if word]
    telling = [word for word in words if len(word) >= _LEAST_LETTERS]
    if any(word in parts for word in telling):
        return True
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    return letters in {first + last, last + first, first[0] + last, first + last[0], last + first[0]}


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
