"""Every store gives back what it was given: in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from copilot.adapters.store import MemoryStore, open_store
from copilot.domain.events import CallEnded, ModelUsed, UtteranceHeard
from copilot.domain.journal import Note, Subject
from copilot.domain.language_model import Usage
from copilot.errors import BrokenNote, StoreUnavailable
from copilot.ports import Store
from tests.integration.stored import NOW, begun, logged, sqlite_in, started
from tests.postgresql import PostgreSql

Opened = Callable[[], AbstractAsyncContextManager[Store]]

pytestmark = pytest.mark.anyio


class Reading(Note):
    type: Literal["reading"] = "reading"
    figure: float


class Word(Note):
    type: Literal["word"] = "word"


READING: TypeAdapter[Reading] = TypeAdapter(Reading)


@contextlib.asynccontextmanager
async def in_memory() -> AsyncIterator[Store]:
    yield MemoryStore()


def new_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if kind == "sqlite":
        return sqlite_in(tmp_path)
    server: PostgreSql = request.getfixturevalue("postgres")
    return server.new_database(uuid4().hex)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database with nothing in it."""
    return new_database(request.param, request, tmp_path)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    if request.param == "memory":
        return in_memory
    return partial(open_store, new_database(request.param, request, tmp_path))


async def test_gives_back_what_was_written_by_subject_in_order(opened: Opened) -> None:
    acme, beta = Subject("account", "Acme"), Subject("account", "Beta")
    async with opened() as store:
        await store.write(acme, [Reading(figure=6), Reading(figure=4.5, by="Dana")], NOW)
        await store.write(beta, [Reading(figure=1)], NOW + timedelta(days=1))
        await store.write(Subject("scorecard", "Acme"), [Reading(figure=9)], NOW)
        await store.write(acme, [], NOW)

        of_acme = await store.written("account", READING, "Acme")
        of_all = await store.written("account", READING)

    assert [(w.note.figure, w.note.by, w.at) for w in of_acme] == [(6, None, NOW), (4.5, "Dana", NOW)]
    assert [(w.subject, w.note.figure) for w in of_all] == [(acme, 6), (acme, 4.5), (beta, 1)]
    assert sorted({w.seq for w in of_all}) == [w.seq for w in of_all]


async def test_knows_the_calls_of_an_account(opened: Opened) -> None:
    async with opened() as store:
        for call_id, account in (("a", "Acme"), ("b", "Beta"), ("c", None), ("d", "Acme")):
            await store.append(call_id, *started(call_id, account))

        assert [record.info.id for record in await store.records(9, account="Acme")] == ["a", "d"]
        assert [record.info.id for record in await store.records(1, account="Acme")] == ["a"]
        assert await store.records(9, account="Nobody") == []


async def test_knows_how_long_the_logs_of_calls_are(opened: Opened) -> None:
    async with opened() as store:
        for n in range(600):
            await store.append(f"c{n}", *started(f"c{n}"))
        await store.append("c7", logged(CallEnded(reason="sender"), after=1))

        assert await store.lengths(["c7", "c8", "none"]) == {"c7": 2, "c8": 1}
        assert len(await store.lengths([f"c{n}" for n in range(700)])) == 600
        assert await store.lengths([]) == {}


class TestDatabase:
    async def test_a_note_that_cannot_be_read_is_named(self, url: str) -> None:
        async with open_store(url) as store:
            await store.write(Subject("account", "Acme"), [Word()], NOW)
            with pytest.raises(BrokenNote, match="about account 'Acme' cannot be read from note 1 on"):
                await store.written("account", READING)

    async def test_gives_back_what_was_written_after_it_was_closed(self, url: str) -> None:
        words = logged(UtteranceHeard(utterance="u1", i=0, text="six weeks — “ça va”"), after=1)
        async with open_store(url) as store:
            await begun(store)
            await store.append("call", words)
        async with open_store(url) as store:
            assert await store.read("call") == [*started()[0], *words]
            assert await store.read("call", after=1) == words
            assert await store.record("call") == started()[1]

    async def test_a_number_that_is_taken_is_refused_and_changes_nothing(self, url: str) -> None:
        async with open_store(url) as store:
            await begun(store)
            with pytest.raises(StoreUnavailable, match="written to from elsewhere"):
                await store.append("call", logged(CallEnded(reason="sender")))
            assert await store.read("call") == started()[0]

    async def test_knows_what_models_were_used_for_of_late(self, url: str) -> None:
        used = ModelUsed(
            purpose="live",
            model="small",
            prompt="live v1",
            playbook="p/1",
            ended="complete",
            usage=Usage(),
            latency_ms=9,
        )
        async with open_store(url) as store:
            await begun(store)
            await store.append("call", logged(used, CallEnded(reason="sender"), used, after=1))

            assert [entry.seq for entry in await store.model_use(since=NOW)] == [2, 4]
            assert await store.model_use(since=NOW + timedelta(seconds=1)) == []

    async def test_one_calls_failure_spares_those_written_beside_it(self, url: str) -> None:
        async with open_store(url) as store:
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

    async def test_knows_which_calls_are_not_finished(self, url: str) -> None:
        async with open_store(url) as store:
            await begun(store, "a")
            _, record = started("b")
            await store.append("b", [], record.model_copy(update={"wrapped_up": True, "ended_at": NOW}))
            assert await store.unfinished() == ["a"]
