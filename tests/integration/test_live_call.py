"""One call when the store or the analyst fails: nothing is lost, nothing is pretended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from copilot.adapters.store import open_store
from copilot.domain.call import CallInfo
from copilot.domain.deliveries import Delivery
from copilot.domain.events import Logged
from copilot.domain.journal import NO_PARTING, N, Note, Parting, Subject, SubjectKind, Written
from copilot.domain.ops import AnyOp
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.errors import StoreUnavailable
from copilot.live.call import LiveCall
from copilot.ports import Store
from tests.builders import PLAYBOOK, ScriptedAnalyst, noticing, say
from tests.integration.servers import client, panel, sender, server, words

pytestmark = pytest.mark.anyio


class FailingStore:
    """A store whose disk is full whenever `full` is set."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.full = False

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        if self.full:
            raise StoreUnavailable("the disk is full")
        await self.store.append(call_id, events, record)

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        return await self.store.read(call_id, after)

    async def record(self, call_id: str) -> CallRecord | None:
        return await self.store.record(call_id)

    async def lengths(self, call_ids: Sequence[str]) -> dict[str, int]:
        return await self.store.lengths(call_ids)

    async def records(self, limit: int, *, account: str | None = None) -> list[CallRecord]:
        return await self.store.records(limit, account=account)

    async def count(self) -> int:
        return await self.store.count()

    async def unfinished(self) -> list[str]:
        return await self.store.unfinished()

    async def model_use(self, since: datetime) -> list[Logged]:
        return await self.store.model_use(since)

    async def find(self, terms: Sequence[str], limit: int) -> tuple[list[CallRecord], int]:
        return await self.store.find(terms, limit)

    async def of_content(self, content: str) -> list[CallRecord]:
        return await self.store.of_content(content)

    async def account_named(self, name: str) -> str | None:
        return await self.store.account_named(name)

    async def delete(
        self, call_id: str, at: datetime, told: Sequence[tuple[Subject, Note]] = (), parting: Parting = NO_PARTING
    ) -> None:
        await self.store.delete(call_id, at, told, parting)

    async def deleted_at(self, call_id: str) -> datetime | None:
        return await self.store.deleted_at(call_id)

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        await self.store.note_deliveries(noted)

    async def deliveries(self, call_id: str) -> list[Delivery]:
        return await self.store.deliveries(call_id)

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        await self.store.write(subject, notes, at)

    async def deliveries_since(self, since: datetime) -> list[Delivery]:
        return await self.store.deliveries_since(since)

    async def written(
        self, kind: SubjectKind, shape: TypeAdapter[N], name: str | None = None, *, since: datetime | None = None
    ) -> list[Written[N]]:
        return await self.store.written(kind, shape, name, since=since)


class UnreadableOnce(FailingStore):
    """A store that cannot be read the next time, once it is `unreadable`."""

    unreadable = False

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        if self.unreadable:
            self.unreadable = False
            raise StoreUnavailable("the disk is gone")
        return await super().read(call_id, after)


class SlowStore(FailingStore):
    """A store that, once it is `slow`, says that it is `writing` and goes on when it `may`."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.slow = False
        self.writing, self.may = asyncio.Event(), asyncio.Event()

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        if self.slow:
            self.writing.set()
            await self.may.wait()
        await super().append(call_id, events, record)


def broken(state: CallState, i: int) -> Sequence[AnyOp]:
    raise ValueError(state.utterances[i].text)


def broken_at_the_end(state: CallState) -> Sequence[AnyOp]:
    raise ValueError(state.utterances[-1].text)


class TestWhenTheDiskIsFull:
    async def test_the_panel_says_so_and_the_sender_goes_on_afterwards(self, tmp_path: Path) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
            store = FailingStore(kept)
            async with server(tmp_path, store=store) as running, sender(running) as ingest, panel(running) as watching:
                await watching.next("status")
                store.full = True
                await ingest.send(**words(1))
                error = await ingest.next("error")
                code, reason = await ingest.closed()
                status = await watching.next("status")
                store.full = False
                async with client(running, "/ws/calls/call/ingest") as again:
                    await again.send(type="start", protocol=1)
                    ready = await again.next("ready")
                    await again.send(**words(1))
                    ack = await again.next("ack")
                    while not (status_after := await watching.next("status"))["listening"]:
                        pass

        assert (error["code"], error["fatal"], code) == ("overloaded", True, 1013)
        assert "5 s" in reason
        assert (status["listening"], "the disk is full" in status["reason"]) == (False, True)
        assert (ready["utterances"], ack["seq"]) == (0, 2)
        assert status_after["reason"] is None

    async def test_a_decision_that_cannot_be_written_is_refused_and_not_shown(self, tmp_path: Path) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
            store = FailingStore(kept)
            async with server(tmp_path, store=store) as running, sender(running) as ingest, panel(running) as watching:
                await ingest.send(**words(1, role="rep"))
                await ingest.next("ack")
                store.full = True
                await watching.send(type="speakers", swap=True, ref=1)
                refused = await watching.next("error")
                async with panel(running) as other:
                    state = (await other.next("snapshot"))["state"]

        assert (refused["code"], refused["ref"]) == ("overloaded", 1)
        assert state["utterances"][0]["role"] == "rep"


async def test_a_panel_whose_log_cannot_be_read_does_not_count_as_watching(tmp_path: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = UnreadableOnce(kept)
        begun = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, ScriptedAnalyst())
        call = LiveCall(begun.state, begun.record, store, ScriptedAnalyst())
        store.unreadable = True
        with pytest.raises(StoreUnavailable):
            await call.watch(after=0)
        watching = call.panels
        await call.watch(after=0)

    assert (watching, call.panels) == (0, 1)


class TestWhenTheAnalysisFails:
    async def test_the_words_are_kept_and_the_failure_is_counted(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as store:
            call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, noticing(broken))
            with caplog.at_level(logging.ERROR):
                await call.hear(say("customer", "a secret of the customer's"))

            assert [u.text for u in call.state.utterances] == ["a secret of the customer's"]
            assert call.state.dropped == {"analysis_failed": 1}
            assert "ValueError" in caplog.text
            assert "secret" not in caplog.text

    async def test_the_call_ends_all_the_same(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as store:
            analyst = ScriptedAnalyst(wrap_up_passes=[broken_at_the_end])
            call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, analyst)
            await call.hear(say("customer", "a secret of the customer's"))
            with caplog.at_level(logging.ERROR):
                await call.end("sender")

            assert call.over.is_set()
            assert call.state.dropped == {"analysis_failed": 1}
            assert await store.unfinished() == []
            assert "secret" not in caplog.text


class TestWhenWhoeverAskedHasGone:
    async def test_what_was_begun_goes_through(self, tmp_path: Path) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
            store = SlowStore(kept)
            call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, ScriptedAnalyst())
            store.slow = True
            asking = asyncio.create_task(call.hear(say("rep", "The first words")))
            await store.writing.wait()
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            store.may.set()
            seq = await call.hear(say("rep", "The next words"))

            assert [u.text for u in call.state.utterances] == ["The first words", "The next words"]
            assert (seq, call.state.seq) == (3, 3)
            assert [logged.seq for logged in await store.read("call")] == [1, 2, 3]
