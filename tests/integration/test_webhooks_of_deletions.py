"""What webhooks are told of a call that is deleted, and what they keep of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from copilot.adapters.kept_sound import KeptFolder
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.uploads import UploadFolder
from copilot.afterwards.deleting import Deletion, Folders
from copilot.afterwards.webhooks import Webhooks
from copilot.domain.webhooks import WEBHOOK_NOTES
from copilot.errors import CallDeleted, NoSuchCall
from copilot.ports import Store
from tests.integration.test_webhooks import a_call, now, settled, store_in, telling, until
from tests.integration.webhook_receiver import receiving

pytestmark = pytest.mark.anyio

LATER = (3600.0,)


def deletion(folder: Path, store: Store, *, of: Webhooks | None = None) -> Deletion:
    folders = Folders(SpoolFolder(folder / "s"), KeptFolder(folder / "k"), UploadFolder(folder / "u"))
    endpoints = [courier.endpoint for courier in of.couriers.values()] if of else []
    return Deletion(store, folders, now, endpoints)


async def delete(folder: Path, store: Store, webhooks: Webhooks, call_id: str = "acme") -> None:
    """As the server does it."""
    await webhooks.forget(call_id)
    webhooks.take(await deletion(folder, store, of=webhooks).delete(call_id))


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


async def test_what_is_not_there_cannot_be_deleted(tmp_path: Path) -> None:
    async with store_in(tmp_path) as store:
        await a_call(store)
        await deletion(tmp_path, store).delete("acme")
        with pytest.raises(CallDeleted):
            await deletion(tmp_path, store).delete("acme")
        with pytest.raises(NoSuchCall):
            await deletion(tmp_path, store).delete("never")
