"""One call when the store or the analyst fails: nothing is lost, nothing is pretended."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from copilot.adapters.store import open_store
from copilot.domain.call import CallInfo
from copilot.domain.events import Logged
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

    async def records(self) -> list[CallRecord]:
        return await self.store.records()

    async def unfinished(self) -> list[str]:
        return await self.store.unfinished()


def broken(state: CallState, i: int) -> Sequence[AnyOp]:
    raise ZeroDivisionError


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
            assert "secret" not in caplog.text


class TestLetting:
    async def test_a_hearing_goes_through_although_whoever_asked_has_gone(self, tmp_path: Path) -> None:
        async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as store:
            call = await LiveCall.begin(CallInfo(id="call"), PLAYBOOK, store, ScriptedAnalyst())
            for n in range(5):
                await call.hear(say("rep", f"Words {n}"))

            assert [logged.seq for logged in await store.read("call")] == [1, 2, 3, 4, 5, 6]
            assert call.state.seq == 6
