from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from pydantic import TypeAdapter

from copilot.adapters.store import MemoryStore, open_store
from copilot.domain.call import CallInfo, CallKind, Participant, Role
from copilot.domain.events import CallEnded, CallStarted, Event, Logged, ModelUsed, UtteranceHeard
from copilot.domain.journal import Note, Subject
from copilot.domain.language_model import Usage
from copilot.domain.records import CallRecord
from copilot.errors import BrokenLog, BrokenNote, StoreUnavailable
from copilot.ports import Store

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'copilot.db'}"


def logged(*events: Event, after: int = 0) -> list[Logged]:
    return [Logged(seq=after + n, at=NOW, event=event) for n, event in enumerate(events, 1)]


def started(call_id: str = "call", account: str | None = "Acme") -> tuple[list[Logged], CallRecord]:
    people = (Participant(name="Dana", role=Role.REP), Participant(name="Luis", role=Role.CUSTOMER, title="VP"))
    info = CallInfo(id=call_id, kind=CallKind.DISCOVERY, account=account, participants=people)
    return logged(CallStarted(call=info, playbook="value_conversation/1")), CallRecord(info=info, started_at=NOW)


async def begun(store: Store, call_id: str = "call") -> None:
    events, record = started(call_id)
    await store.append(call_id, events, record)


class Reading(Note):
    type: Literal["reading"] = "reading"
    figure: float


class Word(Note):
    type: Literal["word"] = "word"


READING: TypeAdapter[Reading] = TypeAdapter(Reading)


@contextlib.asynccontextmanager
async def in_memory() -> AsyncIterator[Store]:
    yield MemoryStore()


@pytest.mark.parametrize("where", ["sql", "memory"])
class TestJournal:
    async def test_gives_back_what_was_written_by_subject_in_order(self, where: str, tmp_path: Path) -> None:
        acme, beta = Subject("account", "Acme"), Subject("account", "Beta")
        async with open_store(url(tmp_path)) if where == "sql" else in_memory() as store:
            await store.write(acme, [Reading(figure=6), Reading(figure=4.5, by="Dana")], NOW)
            await store.write(beta, [Reading(figure=1)], NOW + timedelta(days=1))
            await store.write(Subject("scorecard", "Acme"), [Reading(figure=9)], NOW)
            await store.write(acme, [], NOW)

            of_acme = await store.written("account", READING, "Acme")
            of_all = await store.written("account", READING)

        assert [(w.note.figure, w.note.by, w.at) for w in of_acme] == [(6, None, NOW), (4.5, "Dana", NOW)]
        assert [(w.subject, w.note.figure) for w in of_all] == [(acme, 6), (acme, 4.5), (beta, 1)]
        assert sorted({w.seq for w in of_all}) == [w.seq for w in of_all]

    async def test_knows_the_calls_of_an_account(self, where: str, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) if where == "sql" else in_memory() as store:
            for call_id, account in (("a", "Acme"), ("b", "Beta"), ("c", None), ("d", "Acme")):
                await store.append(call_id, *started(call_id, account))

            assert [record.info.id for record in await store.records(9, account="Acme")] == ["a", "d"]
            assert [record.info.id for record in await store.records(1, account="Acme")] == ["a"]
            assert await store.records(9, account="Nobody") == []

    async def test_knows_how_long_the_logs_of_calls_are(self, where: str, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) if where == "sql" else in_memory() as store:
            for n in range(600):
                await store.append(f"c{n}", *started(f"c{n}"))
            await store.append("c7", logged(CallEnded(reason="sender"), after=1))

            assert await store.lengths(["c7", "c8", "none"]) == {"c7": 2, "c8": 1}
            assert len(await store.lengths([f"c{n}" for n in range(700)])) == 600
            assert await store.lengths([]) == {}


class TestSqlStore:
    async def test_a_note_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await store.write(Subject("account", "Acme"), [Word()], NOW)
            with pytest.raises(BrokenNote, match="about account 'Acme' cannot be read from note 1 on"):
                await store.written("account", READING)

    async def test_gives_back_what_was_written_after_it_was_closed(self, tmp_path: Path) -> None:
        words = logged(UtteranceHeard(utterance="u1", i=0, text="six weeks — “ça va”"), after=1)
        async with open_store(url(tmp_path)) as store:
            await begun(store)
            await store.append("call", words)
        async with open_store(url(tmp_path)) as store:
            assert await store.read("call") == [*started()[0], *words]
            assert await store.read("call", after=1) == words
            assert await store.record("call") == started()[1]

    async def test_a_number_that_is_taken_is_refused_and_changes_nothing(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await begun(store)
            with pytest.raises(StoreUnavailable, match="written to from elsewhere"):
                await store.append("call", logged(CallEnded(reason="sender")))
            assert await store.read("call") == started()[0]

    async def test_knows_what_models_were_used_for_of_late(self, tmp_path: Path) -> None:
        used = ModelUsed(
            purpose="live",
            model="small",
            prompt="live v1",
            playbook="p/1",
            ended="complete",
            usage=Usage(),
            latency_ms=9,
        )
        async with open_store(url(tmp_path)) as store:
            await begun(store)
            await store.append("call", logged(used, CallEnded(reason="sender"), used, after=1))

            assert [entry.seq for entry in await store.model_use(since=NOW)] == [2, 4]
            assert await store.model_use(since=NOW + timedelta(seconds=1)) == []

    async def test_one_calls_failure_spares_those_written_beside_it(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await begun(store, "a")
            outcomes = await asyncio.gather(
                begun(store, "b"),
                store.append("a", logged(CallEnded(reason="sender"))),
                begun(store, "c"),
                return_exceptions=True,
            )
            assert [type(o) for o in outcomes] == [type(None), StoreUnavailable, type(None)]
            assert [r.info.id for r in await store.records(9)] == ["a", "b", "c"]
            assert [r.info.id for r in await store.records(2)] == ["a", "b"]
            assert await store.count() == 3

    async def test_a_log_that_cannot_be_read_names_the_event(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await begun(store)
            await store.append("call", logged(CallEnded(reason="sender"), after=1))
        with sqlite3.connect(tmp_path / "copilot.db") as database:
            database.execute("UPDATE events SET body = '{}' WHERE seq = 2")
        database.close()

        async with open_store(url(tmp_path)) as store:
            with pytest.raises(BrokenLog, match="call 'call' cannot be read from event 2 on"):
                await store.read("call")

    async def test_calls_of_one_account_share_it(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await begun(store, "a")
            await begun(store, "b")
        with sqlite3.connect(tmp_path / "copilot.db") as database:
            assert database.execute("SELECT count(*) FROM accounts").fetchall() == [(1,)]
            assert database.execute("SELECT count(*) FROM participants").fetchall() == [(4,)]
            assert database.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
        database.close()

    async def test_knows_which_calls_are_not_finished(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path)) as store:
            await begun(store, "a")
            _, record = started("b")
            await store.append("b", [], record.model_copy(update={"wrapped_up": True, "ended_at": NOW}))
            assert await store.unfinished() == ["a"]

    async def test_a_locked_database_is_said_to_be_so(self, tmp_path: Path) -> None:
        async with open_store(url(tmp_path) + "?timeout=0.05") as store:
            await begun(store)
            other = sqlite3.connect(tmp_path / "copilot.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            try:
                with pytest.raises(StoreUnavailable, match="locked by another program"):
                    await store.append("call", logged(CallEnded(reason="sender"), after=1))
            finally:
                other.execute("ROLLBACK")
                other.close()
            await store.append("call", logged(CallEnded(reason="sender"), after=1))
            assert len(await store.read("call")) == 2

    async def test_a_folder_that_is_not_there_is_one_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailable, match="there is no folder"):
            async with open_store(url(tmp_path / "nowhere")):
                pass
