"""How providers find the beginning of a prompt again, and what they count as read from there and written to it."""

from __future__ import annotations

import json
from itertools import accumulate
from typing import Any, NamedTuple

from tests.provider.published import breakpoints_of, texts_of

CHARACTERS_PER_TOKEN = 4
LEAST, STEP = 1024, 128


class Counted(NamedTuple):
    prompt: int
    cached: int
    written: int


class PromptCache:
    """With breakpoints, a beginning is found again only where one stood; without, wherever the texts still agree."""

    def __init__(self) -> None:
        self._prompts: list[str] = []
        self._written: set[str] = set()

    def count(self, body: dict[str, Any]) -> Counted:
        """Tokens of a request, by its length; from now on it is in the cache."""
        schema = json.dumps(body.get("response_format"))
        texts = texts_of(body["messages"])
        whole = schema + "".join(texts)
        if body.get("prompt_cache_options", {}).get("mode") == "explicit":
            cached, written = self._by_breakpoints(schema, texts, breakpoints_of(body["messages"]))
        else:
            cached, written = self._by_agreement(whole), 0
        return Counted(tokens(whole), cached, written)

    def _by_breakpoints(self, schema: str, texts: list[str], marked: list[bool]) -> tuple[int, int]:
        beginnings = list(accumulate(texts, initial=schema))[1:]
        ends = [text for text, mark in zip(beginnings, marked, strict=True) if mark and tokens(text) >= LEAST]
        cached = max((tokens(text) for text in ends if text in self._written), default=0)
        self._written.update(ends[-4:])
        return cached, max((tokens(text) for text in ends), default=0) - cached

    def _by_agreement(self, whole: str) -> int:
        agreed = max((_agreement(whole, other) // CHARACTERS_PER_TOKEN for other in self._prompts), default=0)
        self._prompts.append(whole)
        return agreed // STEP * STEP if agreed >= LEAST else 0


def tokens(text: str) -> int:
    return len(text) // CHARACTERS_PER_TOKEN


def _agreement(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((i for i in range(most) if one[i] != other[i]), most)
