# ruff: noqa: ARG001, ARG002
"""What a model is told of a call: a text that only grows, so that a provider can keep what it has read.

It begins with the map as it stands, then come the utterances and every change of the map, in the order of the log.
When it has grown long, a new one begins from the map as it stands by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copilot.domain.events import Logged
from copilot.domain.state import CallState


@dataclass(frozen=True, slots=True)
class Epoch:
    """A fold of the log, as a state is: `Epoch.of(log)` after a restart is what it was before.

    Guaranteed: as long as `number` stays, a later `text` begins with every earlier one; the size of `text` is bounded
    whatever is said; words of the call cannot pass for labels, lines or fences of ours. Only `asked` is not in the log:
    it notes where a request was made, for what is new to the next one and for breakpoints of caches.
    """

    number: int
    state: CallState
    head: str
    lines: tuple[str, ...] = ()
    asked_at: tuple[int, ...] = ()
    seen: int = 0

    @classmethod
    def begin(cls) -> Epoch:
        """Before anything was logged."""
        return cls(1, CallState(), "")

    @classmethod
    def of(cls, log: Iterable[Logged]) -> Epoch:
        """The epoch that a whole log, or its beginning, leads to."""
        epoch = cls.begin()
        for logged in log:
            epoch = epoch.after(logged)
        return epoch

    def after(self, logged: Logged) -> Epoch:
        """With one more event of the log; the events have to come without gaps. Cheap enough for every event."""
        return self

    def asked(self) -> Epoch:
        """The model has been asked on this: what follows is new. To be called when a request is sent, whatever comes
        of it; after one that failed, go on with the epoch from before it, so that nothing is passed over."""
        return self

    @property
    def text(self) -> str:
        """All of it, not yet redacted."""
        return "\n".join((self.head, *self.lines))
