"""Who watches one call: panels, and whoever works along; each is let have every event, or a snapshot."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from copilot.domain.events import Logged
from copilot.domain.state import CallState
from copilot.live.feed import Feed, FeedItem, Snapshot, Status
from copilot.ports import Store

TAIL = 256  # events kept for panels that come back after a short break; older ones are read from the store


class Audience:
    """The feeds of one call, and the tail of its log."""

    def __init__(self, call_id: str, store: Store) -> None:
        self._call_id = call_id
        self._store = store
        self._tail: deque[Logged] = deque(maxlen=TAIL)
        self._panels: set[Feed] = set()
        self._followers: set[Feed] = set()  # whoever works along

    @property
    def panels(self) -> int:
        """How many panels watch."""
        return len(self._panels)

    def show(self, item: FeedItem) -> None:
        for feed in (*self._panels, *self._followers):
            feed.put(item)

    def show_logged(self, logged: Sequence[Logged]) -> None:
        """Events that are on disk now."""
        self._tail.extend(logged)
        for entry in logged:
            self.show(entry)

    async def watch(self, state: CallState, status: Status, *, after: int | None) -> Feed:
        """A panel's feed: a snapshot first, or the events beyond `after` where the log reaches that far."""
        feed = Feed()
        feed.put(status)
        if after is None or after > state.seq:
            self._panels.add(feed)
            feed.put(Snapshot(state))
        else:
            await self._join(self._panels, feed, after, up_to=state.seq)
        return feed

    async def follow(self, state: CallState) -> Feed:
        """A feed of every event from the first on."""
        feed = Feed()
        await self._join(self._followers, feed, 0, up_to=state.seq)
        return feed

    def dismiss(self) -> None:
        """The call is deleted."""
        self._tail.clear()
        for feed in (*self._panels, *self._followers):
            feed.delete()

    def leave(self, feed: Feed) -> None:
        self._panels.discard(feed)
        self._followers.discard(feed)

    async def _join(self, feeds: set[Feed], feed: Feed, after: int, *, up_to: int) -> None:
        """Let a feed have what comes from now on, with what it missed since `after` in front of it."""
        feeds.add(feed)
        try:
            feed.put_first(await self._missed(after, up_to))
        except BaseException:
            feeds.discard(feed)
            raise

    async def _missed(self, after: int, up_to: int) -> list[Logged]:
        if after == up_to:
            return []
        if self._tail and self._tail[0].seq <= after + 1:
            return [logged for logged in self._tail if logged.seq > after]
        return [logged for logged in await self._store.read(self._call_id, after) if logged.seq <= up_to]
