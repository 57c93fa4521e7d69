"""What webhooks are told of a call that is deleted, and what they keep of it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from copilot.adapters.kept_sound import KeptFolder
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.adapters.uploads import UploadFolder
from copilot.afterwards.deleting import AtWork, Deletion, Folders
from copilot.afterwards.webhooks import Happened, Webhooks
from copilot.afterwards.webhooks.courier import AT_ONCE
from copilot.domain.webhooks import WEBHOOK_NOTES, EndpointOpened, MessageQueued
from copilot.errors import CallDeleted, CallNotOver, NoSuchCall, StoreUnavailable
from copilot.ports import Store
from tests.integration.stored import started
from tests.integration.test_webhooks import a_call, now, settled, store_in, telling, until
from tests.integration.webhook_receiver import receiving

pytestmark = pytest.mark.anyio

LATER = (3600.0,)


def deletion(folder: Path, store: Store, *, of: Webhooks | None = None) -> Deletion:
    folders = Folders(SpoolFolder(folder / "s"), KeptFolder(folder / "k"), UploadFolder(folder / "u"))
    endpoints = [courier.endpoint for courier in of.couriers.values()] if of else []
    return Deletion(store, folders, now, endpoints, AtWork(webhooks=of))


async def delete(folder: Path, store: Store, webhooks: Webhooks, call_id: str = "acme") -> None:
    """As the server does it."""
    await deletion(folder, store, of=webhooks).delete(call_id)


class Lingering:
    """A store of which one method is done long before it returns, the first time that it is called."""

    def __init__(self, store: Store, method: str = "") -> None:
        self._store = store
        self.method = method
        self.done, self.may_return = asyncio.Event(), asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name != self.method:
            return method

        async def lingering(*args: Any, **kwargs: Any) -> Any:
            result = await method(*args, **kwargs)
            self.done.set()
            await self.may_return.wait()
            return result

        return lingering

    async def during(self, work: Coroutine[Any, Any, None]) -> None:
        """Do work that begins while the method lingers, and may have to wait for it."""
        await self.done.wait()
        doing = asyncio.create_task(work)
        await asyncio.wait([doing], timeout=0.3)
        self.may_return.set()
        await doing


async def noted_in(store: Store) -> list[tuple[str, str, str | None]]:
    """The messages' notes in webhooks' journals, each with the event and the call that it is about."""
    notes = [w.note for w in await store.written("webhook", WEBHOOK_NOTES)]
    queued = {note.message: (note.event, note.call) for note in notes if isinstance(note, MessageQueued)}
    return [(n.type, *queued.get(n.message, ("?", None))) for n in notes if not isinstance(n, EndpointOpened)]


async def test_that_it_is_deleted_by_its_id_alone(tmp_path: Path) -> None:
    async with (
        store_in(tmp_path) as kept,
        receiving() as receiver,
        telling(kept, receiver, words=True) as (hooks, store),
    ):
        await a_call(store)
        await settled(hooks, n=3)
        await delete(tmp_path, store, hooks)
        got = await receiver.has(4)

    assert (got[-1].told["type"], got[-1].told["data"]) == ("call.deleted", {"call": {"id": "acme"}})


async def test_what_waited_is_not_told_and_its_log_is_gone(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        receiver.then = 500
        async with telling(kept, receiver, events=["call.ready"], waits_s=LATER) as (hooks, store):
            await a_call(store)
            await receiver.has(1)
            await until(lambda: any(m.attempts for m in hooks.courier("r0").out.messages.values()))
            await delete(tmp_path, store, hooks)
            await a_call(store, "other")
            await receiver.has(2)
            await until(lambda: any(m.attempts for m in hooks.courier("r0").out.messages.values()))
        noted = [w.note.model_dump() for w in await kept.written("webhook", WEBHOOK_NOTES)]

    assert [note.get("call") for note in noted if note["type"] == "queued"] == ["other"]
    assert len([note for note in noted if note["type"] == "attempted"]) == 1


async def test_one_deleted_while_no_server_ran_is_told_at_the_next_start(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        async with telling(kept, receiver, events=["call.deleted"]) as (hooks, store):
            await a_call(store)
            beside = deletion(tmp_path, kept, of=hooks)
        await beside.delete("acme")
        async with telling(kept, receiver, events=["call.deleted"]) as (hooks, _):
            (message,) = await settled(hooks)

    assert (message.event, message.call, message.state) == ("call.deleted", "acme", "delivered")
    assert now() - message.happened_at < timedelta(minutes=5)


async def test_nobody_is_told_who_did_not_ask(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        async with telling(kept, receiver, events=["call.ready"]) as (hooks, store):
            await a_call(store)
            await settled(hooks)
            await delete(tmp_path, store, hooks)
            await a_call(store, "other")
            await receiver.has(2)
        noted = [w.note.model_dump().get("call") for w in await kept.written("webhook", WEBHOOK_NOTES)]

    assert [one.told["data"]["call"]["id"] for one in receiver.got] == ["acme", "other"]
    assert "acme" not in noted


async def test_what_is_just_being_queued_is_neither_told_nor_noted(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        slow = Lingering(kept)
        async with telling(cast("Store", slow), receiver, events=["call.ready", "call.deleted"]) as (hooks, _):
            for call_id in ("acme", "other"):
                await a_call(kept, call_id)
            slow.method = "write"
            hooks.notice(Happened("call.ready", "acme", now()))
            await slow.during(delete(tmp_path, kept, hooks))
            await settled(hooks)
            hooks.notice(Happened("call.ready", "acme", now()))
            hooks.notice(Happened("call.ready", "other", now()))
            await settled(hooks, n=2)
        noted = await noted_in(kept)

    assert [one.told["type"] for one in receiver.got] == ["call.deleted", "call.ready"]
    assert noted == [
        ("queued", "call.deleted", "acme"),
        ("attempted", "call.deleted", "acme"),
        ("queued", "call.ready", "other"),
        ("attempted", "call.ready", "other"),
    ]


async def test_one_that_was_about_to_be_sent_leaves_its_place_to_others(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        async with telling(kept, receiver, events=["call.ready"]) as (hooks, store):
            await a_call(kept)
            for n in range(AT_ONCE):
                note = MessageQueued(message=f"msg_{n}", event="call.ready", call="acme", happened_at=now())
                hooks.courier("r0").take(note, now())
            await asyncio.create_task(delete(tmp_path, kept, hooks))
            await a_call(store, "other")
            await receiver.has(1)

    assert [one.told["data"]["call"]["id"] for one in receiver.got] == ["other"]


async def test_a_deletion_that_fails_leaves_everything_to_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise StoreUnavailable("the disk is full")

    async with store_in(tmp_path) as kept, receiving() as receiver:
        receiver.then = 500
        async with telling(kept, receiver, events=["call.ready", "scorecard.made"], waits_s=LATER) as (hooks, store):
            await a_call(store)
            await until(lambda: sum(len(m.attempts) for m in hooks.courier("r0").out.messages.values()) == 2)
            with monkeypatch.context() as patched:
                patched.setattr(kept, "delete", fails)
                with pytest.raises(StoreUnavailable):
                    await delete(tmp_path, kept, hooks)
            receiver.then = 200
            resent = await hooks.send_all("r0")
            told = await settled(hooks, n=2)

    assert (resent, {message.state for message in told}) == (2, {"delivered"})


async def test_a_call_deleted_while_webhooks_start_is_told(tmp_path: Path) -> None:
    async with store_in(tmp_path) as kept, receiving() as receiver:
        async with telling(kept, receiver, events=["call.deleted"]) as (hooks, _):
            await a_call(kept)
        slow = Lingering(kept, "written")
        async with telling(cast("Store", slow), receiver, events=["call.deleted"], at_once=True) as (hooks, _):
            await slow.during(delete(tmp_path, kept, hooks))
            (message,) = await settled(hooks)

    assert (message.event, message.state) == ("call.deleted", "delivered")


async def test_what_is_not_there_cannot_be_deleted(tmp_path: Path) -> None:
    async with store_in(tmp_path) as store:
        await a_call(store)
        await deletion(tmp_path, store).delete("acme")
        with pytest.raises(CallDeleted):
            await deletion(tmp_path, store).delete("acme")
        with pytest.raises(NoSuchCall):
            await deletion(tmp_path, store).delete("never")


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, "is still live; end it, and delete it then"),
        ({"content": "0" * 64}, "is still being taken in; stop that, and delete it then"),
        ({"ended_at": now()}, "is still being wrapped up; wait until that is done, and delete it then"),
    ],
)
async def test_what_is_not_over_cannot_be_deleted(tmp_path: Path, known: dict[str, Any], why: str) -> None:
    store = MemoryStore()
    log, record = started("acme")
    await store.append("acme", log, record.model_copy(update=known))

    with pytest.raises(CallNotOver, match=f"call 'acme' {why}"):
        await deletion(tmp_path, store).delete("acme")
    assert await store.record("acme") is not None
