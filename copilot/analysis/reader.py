"""What a reader makes of a call's utterances: the analyst's one view of a model, whatever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Turn
from copilot.domain.state import CallState

_BEFORE = 5  # utterances that are read with the newest one
_AFTER = 2  # utterances that an older one is read again with
_KEPT = 4096  # windows remembered


class Reader(Protocol):
    """Reads talk without regard to anything but what it is given: the same turns always read the same."""

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Sequence[Impression]:
        """An impression of each of the latest turns, as many as it has room for; the last is the newest turn's."""


class Impressions:
    """Every window of talk is read once, however many passes ask for it."""

    def __init__(self, reader: Reader) -> None:
        self._read = lru_cache(_KEPT)(reader.read)

    def of(self, state: CallState, i: int) -> Impression:
        """Utterance `i` in the light of those before it."""
        return self._up_to(state, i)[-1]

    def looking_back(self, state: CallState, i: int, newest: int) -> Impression:
        """Utterance `i` also in the light of those that followed, up to `newest`, as far as the reader has room."""
        for end in range(min(newest, i + _AFTER), i, -1):
            found = self._up_to(state, end)
            if end - i < len(found):
                return found[i - end - 1]
        return self.of(state, i)

    def _up_to(self, state: CallState, end: int) -> Sequence[Impression]:
        heard = state.utterances[max(0, end - _BEFORE) : end + 1]
        kind = state.call.kind if state.call else CallKind.OTHER
        return self._read(tuple(Turn(u.role, u.text) for u in heard), kind)
