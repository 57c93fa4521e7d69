"""What a reader makes of a call's utterances: the analyst's one view of a model, whatever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Turn
from copilot.domain.state import CallState

_BEFORE = 5  # utterances that are read with one
_KEPT = 4096  # impressions remembered


class Reader(Protocol):
    """Reads talk without regard to anything but what it is given: the same turns always read the same."""

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        """An impression of the last turn in the light of those before it, as many as the reader has room for."""


class Window(NamedTuple):
    """All that an impression depends on: it is of the last turn."""

    turns: tuple[Turn, ...]
    kind: CallKind


class Impressions:
    """Of every utterance one, read once however many passes ask for it."""

    def __init__(self, reader: Reader) -> None:
        self._read = lru_cache(_KEPT)(reader.read)

    def of(self, state: CallState, i: int) -> Impression:
        """Utterance `i` in the light of those before it."""
        return self.of_window(window_of(state, i))

    def of_window(self, window: Window) -> Impression:
        """The last turn of a window."""
        return self._read(window.turns, window.kind)


def window_of(state: CallState, i: int) -> Window:
    """Utterance `i` after those that are read with it."""
    heard = state.utterances[max(0, i - _BEFORE) : i + 1]
    return Window(tuple(Turn(u.role, u.text) for u in heard), state.call.kind if state.call else CallKind.OTHER)
