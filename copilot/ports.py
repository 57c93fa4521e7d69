"""What `live/` and `review/` need from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from copilot.domain.events import Logged
from copilot.domain.records import CallRecord


class Store(Protocol):
    """The record of all calls: one append-only log per call, and what is known of each call beside it.

    Every method raises `StoreUnavailable` when the database does not answer as it should.
    """

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        """Write events, and the call's record if it changed, all or nothing. They are on disk when this returns.

        Sequence numbers go on from the last one written; one that is taken raises `StoreUnavailable`.
        """

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        """The call's events beyond `after`, in order; empty for a call that is not there."""

    async def record(self, call_id: str) -> CallRecord | None:
        """What is known of one call, or None."""

    async def records(self, limit: int) -> list[CallRecord]:
        """The newest calls, the newest first."""

    async def count(self) -> int:
        """How many calls there are."""

    async def unfinished(self) -> list[str]:
        """Ids of calls that have not been wrapped up."""
