"""Deletes what is kept of a call: its sound first, so that one that is cut off in between can be deleted again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from copilot.afterwards.webhooks import of_deletion
from copilot.domain.journal import Subject
from copilot.domain.webhooks import Endpoint, MessageQueued
from copilot.errors import CallDeleted, NoSuchCall
from copilot.ports import KeptSound, Spools, Store, Uploads

Told = Sequence[tuple[Subject, MessageQueued]]
"""What was put into webhooks' journals along with a deletion."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the sound of calls may be: as it came, as it is kept, as it was uploaded."""

    spools: Spools
    kept: KeptSound
    uploads: Uploads


class Deletion:
    """`endpoints` are those of the webhooks that are set up; `now` is the clock, in UTC."""

    def __init__(
        self, store: Store, folders: Folders, now: Callable[[], datetime], endpoints: Sequence[Endpoint] = ()
    ) -> None:
        self._store = store
        self._folders = folders
        self._now = now
        self._endpoints = endpoints

    async def delete(self, call_id: str) -> Told:
        """Delete a call with all that is its own, whatever state it is in.

        What was written down about its account stays. Raises NoSuchCall, CallDeleted.
        """
        if await self._store.record(call_id) is None:
            if (at := await self._store.deleted_at(call_id)) is not None:
                raise CallDeleted(call_id, at)
            raise NoSuchCall(call_id)
        await asyncio.to_thread(self._remove_sound, call_id)
        at = self._now()
        told = of_deletion(self._endpoints, call_id, at)
        await self._store.delete(call_id, at, told)
        return told

    def _remove_sound(self, call_id: str) -> None:
        self._folders.uploads.remove(call_id)
        self._folders.spools.remove(call_id)
        self._folders.kept.remove(call_id, None)
