"""What one panel is still to be sent. A panel that cannot keep up gets a fresh snapshot, and never slows the call."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from copilot.domain.call import Utterance
from copilot.domain.events import Logged
from copilot.domain.recordings import Progress
from copilot.domain.state import CallState


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole state, in place of everything before it."""

    state: CallState


@dataclass(frozen=True, slots=True)
class Partial:
    """A hypothesis still changing; `rev` counts the revisions of one utterance from 1.

    The utterance's text begins with `stable`, which no later revision takes back.
    """

    utterance: Utterance
    rev: int
    stable: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """Which tier is at work, and since when.

    `reason` is a sentence for the panel where a language model should be at work and is not.
    """

    name: Literal["embedded", "llm"] = "embedded"
    reason: str | None = None
    since: datetime | None = None


NO_OTHER = Tier()


Asr = Literal["ok", "degraded", "off"]


@dataclass(frozen=True, slots=True)
class Status:
    """How the call is heard. `reason` is a sentence for the panel where something is not as it should be.

    `recording`: how far its transcription is, where the call is a recording that was uploaded.
    """

    listening: bool
    tier: Tier = NO_OTHER
    reason: str | None = None
    lag_s: float = 0.0
    asr: Asr = "off"
    recording: Progress | None = None


FeedItem = Snapshot | Logged | Partial | Status

MOST_PARTIALS = 16  # running at once; a call has one or two, and a sender that never settles any gets no more


class Feed:
    """A bounded queue for one panel: events in order and without gaps, of partials and status only the newest."""

    def __init__(self, *, most_waiting: int = 1000) -> None:
        self._most_waiting = most_waiting
        self._events: deque[Snapshot | Logged] = deque()
        self._partials: dict[str, Partial] = {}
        self._status: Status | None = None
        self._something = asyncio.Event()
        self.overflowed = False
        self.deleted = False

    def delete(self) -> None:
        """The call is deleted: whatever waited is not to be shown any more."""
        self.deleted = True
        self._something.set()

    def put(self, item: FeedItem) -> None:
        """Never waits. Too many events waiting drop all of them, and the feed asks for a snapshot."""
        match item:
            case Snapshot():
                self._events.clear()
                self._events.append(item)
                self.overflowed = False
            case Logged() if self.overflowed:
                return
            case Logged() if len(self._events) >= self._most_waiting:
                self._events.clear()
                self._partials.clear()
                self.overflowed = True
            case Logged():
                self._events.append(item)
                if item.event.utterance is not None:
                    self._partials.pop(item.event.utterance, None)
            case Partial():
                self._partials.pop(item.utterance.id, None)
                self._partials[item.utterance.id] = item
                if len(self._partials) > MOST_PARTIALS:
                    del self._partials[next(iter(self._partials))]
            case Status():
                self._status = item
        self._something.set()

    def put_first(self, missed: Sequence[Logged]) -> None:
        """What a panel that comes back has missed, however much, in front of what is waiting."""
        if not self.overflowed:
            self._events.extendleft(reversed(missed))
        self._something.set()

    async def next(self) -> list[FeedItem]:
        """Everything waiting, events first, once there is something. Where it `overflowed`, only a snapshot helps."""
        await self._something.wait()
        self._something.clear()
        items: list[FeedItem] = [*self._events, *self._partials.values()]
        if self._status is not None:
            items.append(self._status)
        self._events.clear()
        self._partials.clear()
        self._status = None
        return items
