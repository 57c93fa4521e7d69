"""Deletes what is kept of a call: its sound first, so that one that is cut off in between can be deleted again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from copilot.afterwards.accounts import Accounts
from copilot.afterwards.parting import parting_with
from copilot.afterwards.webhooks import Webhooks, of_deletion
from copilot.domain.records import CallRecord
from copilot.domain.webhooks import Endpoint
from copilot.errors import BrokenLog, CallDeleted, CallNotOver, NoSuchCall
from copilot.ports import KeptSound, Spools, Store, Uploads


class Keeping(Protocol):
    """What keeps the sound of calls that are over."""

    def letting_go(self, call_id: str) -> AbstractAsyncContextManager[None]:
        """Entered while a call is deleted: its sound is not touched meanwhile."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the sound of calls may be: as it came, as it is kept, as it was uploaded."""

    spools: Spools
    kept: KeptSound
    uploads: Uploads


@dataclass(frozen=True, slots=True)
class AtWork:
    """What a server has in memory of calls that are over; a command beside none has nothing."""

    webhooks: Webhooks | None = None
    keeping: Keeping | None = None
    accounts: Accounts | None = None


class Deletion:
    """`endpoints` are those of the webhooks that are set up; `now` is the clock, in UTC."""

    def __init__(
        self,
        store: Store,
        folders: Folders,
        now: Callable[[], datetime],
        endpoints: Sequence[Endpoint] = (),
        at_work: AtWork = AtWork(),
    ) -> None:
        self._store = store
        self._folders = folders
        self._now = now
        self._endpoints = endpoints
        self._at_work = at_work

    async def check(self, call_id: str) -> CallRecord:
        """A call that can be deleted. Raises NoSuchCall, CallDeleted and CallNotOver."""
        record = await self._store.record(call_id)
        if record is None:
            if (at := await self._store.deleted_at(call_id)) is not None:
                raise CallDeleted(call_id, at)
            raise NoSuchCall(call_id)
        if not record.wrapped_up and await self._can_be_read(call_id):
            raise CallNotOver(call_id, _state(record))
        return record

    async def delete(self, call_id: str) -> datetime:
        """Delete a call that is over with all that is its own; the time at which it was.

        What was written down about its account stays, but for what was about this call's promises alone. Raises
        NoSuchCall, CallDeleted and CallNotOver.
        """
        record = await self.check(call_id)
        webhooks, accounts = self._at_work.webhooks, self._at_work.accounts
        async with AsyncExitStack() as letting_go:
            for holder in (self._at_work.keeping, webhooks):
                if holder is not None:
                    await letting_go.enter_async_context(holder.letting_go(call_id))
            if accounts is not None:
                await letting_go.enter_async_context(accounts.alone(record.info.account or ""))
            await asyncio.to_thread(self._remove_sound, call_id)
            at = self._now()
            told = of_deletion(self._endpoints, call_id, at)
            await self._store.delete(call_id, at, told, await parting_with(self._store, record, at.date()))
            if webhooks is not None:
                webhooks.take(told)
        if accounts is not None:
            accounts.forget(call_id)
        return at

    async def _can_be_read(self, call_id: str) -> bool:
        """Nobody could end a call whose log cannot be."""
        try:
            await self._store.read(call_id)
        except BrokenLog:
            return False
        return True

    def _remove_sound(self, call_id: str) -> None:
        self._folders.uploads.remove(call_id)
        self._folders.spools.remove(call_id)
        self._folders.kept.remove(call_id, None)


def _state(record: CallRecord) -> Literal["live", "being taken in", "being wrapped up"]:
    if record.ended_at is not None:
        return "being wrapped up"
    return "live" if record.content is None else "being taken in"
