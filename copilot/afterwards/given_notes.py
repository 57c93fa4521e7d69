"""Notes about an account as a request has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from copilot.domain.accounts import ACCOUNT_NOTE, AccountNote
from copilot.review.ledger import figure_of
from copilot.review.ledger.checking import UnusableNote

_FIGURES = ("figure", "amount")


def note_of(given: Mapping[str, Any]) -> AccountNote:
    """A note as JSON has it, where a figure may be its words alone; what they come to is worked out here in any case.

    Raises UnusableNote.
    """
    figures = {name: figure_of(words) for name in _FIGURES if (words := _words(given.get(name)))}
    try:
        return ACCOUNT_NOTE.validate_python({**given, **figures})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][1:]) if first["loc"] else "type"
        told = first["msg"].removeprefix("Value error, ")
        raise UnusableNote(f"{place}: {told}" if place else told) from error


def _words(figure: object) -> str | None:
    words = figure.get("text") if isinstance(figure, dict) else figure
    return words if isinstance(words, str) and words else None
