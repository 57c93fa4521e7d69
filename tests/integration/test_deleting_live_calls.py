"""A call in memory that is deleted: whoever has it, or asks for it at the same moment, learns that it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from copilot.adapters.store import MemoryStore
from copilot.domain.call import CallInfo
from copilot.errors import CallDeleted
from copilot.live.call import LiveCall
from copilot.live.calls import Calls, Limits
from tests.builders import PLAYBOOK, ScriptedAnalyst, say
from tests.integration.stored import NOW

pytestmark = pytest.mark.anyio

GONE = "call 'call' was deleted on 14 May 2026"


class Deleting:
    """The calls of a server, and one of them that is over."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.calls = Calls(self.store, ScriptedAnalyst(), PLAYBOOK, Limits())

    async def begun(self) -> LiveCall:
        call = await self.calls.begin(CallInfo(id="call"))
        await call.hear(say("customer", "Six weeks"))
        await call.end("sender")
        return call

    async def delete(self) -> None:
        await self.calls.delete("call", self._delete)

    async def _delete(self, call_id: str) -> datetime:
        await self.store.delete(call_id, NOW)
        return NOW


@pytest.fixture
async def deleting() -> AsyncIterator[Deleting]:
    made = Deleting()
    yield made
    await made.calls.close()


async def test_whoever_has_it_is_told_that_and_when(deleting: Deleting) -> None:
    call = await deleting.begun()
    await deleting.delete()

    with pytest.raises(CallDeleted, match=GONE):
        await call.hear(say("customer", "Late"))
    with pytest.raises(CallDeleted, match=GONE):
        await call.watch()
    with pytest.raises(CallDeleted, match=GONE):
        await call.follow()
    with pytest.raises(CallDeleted, match=GONE):
        await call.until_deleted()


async def test_it_is_handed_out_to_nobody_who_has_just_been_told(deleting: Deleting) -> None:
    feed = await (await deleting.begun()).watch()

    async def look_again() -> LiveCall:
        while not feed.deleted:
            await feed.next()
        return await deleting.calls.get("call")

    looking = asyncio.create_task(look_again())
    await asyncio.sleep(0)
    await deleting.delete()

    with pytest.raises(CallDeleted, match=GONE):
        await looking
