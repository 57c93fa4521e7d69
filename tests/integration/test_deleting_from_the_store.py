"""A call that is deleted from a store is gone from it, also from its files, and nothing brings it back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine

from copilot.adapters.store import MemoryStore, open_store
from copilot.domain.accounts import ACCOUNT_NOTE, GoalSet
from copilot.domain.call_notes import CALL_NOTES, EmailEdited, ReviewShared
from copilot.domain.deliveries import Delivery
from copilot.domain.events import CallEnded, UtteranceHeard
from copilot.domain.journal import Parting, Subject
from copilot.domain.kept_scorecards import SCORECARD_NOTES, CallCounted
from copilot.domain.webhooks import WEBHOOK_NOTES, EndpointOpened, MessageAttempted, MessageQueued
from copilot.errors import CallDeleted, NoSuchCall
from copilot.ports import Store
from tests.integration.stored import NOW, logged, sqlite_in, started
from tests.postgresql import PostgreSql

pytestmark = pytest.mark.anyio

SECRET = "periwinkle"  # in everything that is written of the call, and nowhere else
LATER = NOW + timedelta(days=1)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
        return
    url = sqlite_in(tmp_path) if request.param == "sqlite" else new_database(request)
    async with open_store(url) as opened:
        yield opened


def new_database(request: pytest.FixtureRequest) -> str:
    server: PostgreSql = request.getfixturevalue("postgres")
    return server.new_database(uuid4().hex)


async def full_of(store: Store, call_id: str, word: str, *, utterances: int = 3, account: str | None = None) -> None:
    """A call with something in every place, each with this word."""
    log, record = started(call_id, account or f"{word} Ltd")
    heard = [
        UtteranceHeard(utterance=f"u{i}", i=i, speaker=word, text=f"{word} takes six weeks " * (i % 40 + 1))
        for i in range(utterances)
    ]
    info = record.info.model_copy(update={"title": f"{word} kick-off"})
    ended = record.model_copy(update={"info": info, "ended_at": NOW, "wrapped_up": True})
    await store.append(call_id, [*log, *logged(*heard, CallEnded(reason="sender"), after=1)], record)
    await store.append(call_id, [], ended)
    await store.note_deliveries(
        [Delivery(message_id=f"<{call_id}@x>", call_id=call_id, recipient=f"{word}@acme.example", at=NOW)]
    )
    await store.write(Subject("scorecard", call_id), [CallCounted(reps=(word,))], NOW)
    notes = [
        EmailEdited(body=f"Dear {word}", seq=1),
        ReviewShared(share="s", audience="colleague", token_hash="h", label=word),
    ]
    await store.write(Subject("call", call_id), notes, NOW)
    sent = [
        MessageQueued(message=f"msg_{call_id}", event="call.ready", call=call_id, happened_at=NOW, facts={"of": word}),
        MessageAttempted(message=f"msg_{call_id}", began_at=NOW, took_ms=3, status=500, error="no", answer=word),
    ]
    await store.write(Subject("webhook", "crm"), sent, NOW)


async def left_of(store: Store, call_id: str) -> list[object]:
    return [
        await store.record(call_id),
        await store.read(call_id),
        await store.deliveries(call_id),
        await store.written("scorecard", SCORECARD_NOTES, call_id),
        await store.written("call", CALL_NOTES, call_id),
        [w for w in await store.written("webhook", WEBHOOK_NOTES) if call_id in w.note.model_dump_json()],
    ]


async def test_everything_of_it_goes_and_nothing_of_others(store: Store) -> None:
    await store.write(Subject("webhook", "crm"), [EndpointOpened()], NOW)
    await full_of(store, "gone", SECRET)
    await full_of(store, "stays", "cobalt")
    before = await left_of(store, "stays")

    await store.delete("gone", LATER)

    assert await left_of(store, "gone") == [None, [], [], [], [], []]
    assert await left_of(store, "stays") == before
    assert all(before)
    assert [r.info.id for r in await store.records(9)] == ["stays"]
    assert (await store.count(), await store.deleted_at("gone"), await store.deleted_at("stays")) == (1, LATER, None)
    assert [w.note.type for w in await store.written("webhook", WEBHOOK_NOTES)] == ["opened", "queued", "attempted"]


async def test_what_was_written_down_of_the_account_stays(store: Store) -> None:
    await full_of(store, "gone", "cobalt", account="Acme")
    goal = GoalSet(text="Six weeks to four", quarter="2026-Q3", by="Dana")
    await store.write(Subject("account", "Acme"), [goal], NOW)

    await store.delete("gone", LATER)

    assert [w.note for w in await store.written("account", ACCOUNT_NOTE, "Acme")] == [goal]


async def test_an_account_that_its_last_call_was_moved_from_goes_with_its_name(store: Store) -> None:
    _, record = started("moved", f"{SECRET} Ltd")
    await store.append("moved", [], record)
    await store.append("stays", *started("stays", "Cobalt"))
    for call_id in ("moved", "stays"):
        moved = record.info.model_copy(update={"id": call_id, "account": "Acme"})
        await store.append(call_id, [], record.model_copy(update={"info": moved}))

    assert [await store.account_named(name) for name in (f"{SECRET} Ltd", "Cobalt")] == [None, None]
    assert await store.account_named("acme") == "Acme"


async def test_nothing_is_written_of_it_any_more(store: Store) -> None:
    await full_of(store, "gone", SECRET)
    await store.delete("gone", LATER)

    with pytest.raises(CallDeleted, match="call 'gone' was deleted on 15 May 2026"):
        await store.append("gone", *started("gone"))
    with pytest.raises(CallDeleted):
        await store.append("gone", logged(UtteranceHeard(utterance="u9", i=9, speaker="x", text="late"), after=9))
    with pytest.raises(CallDeleted):
        await store.write(Subject("call", "gone"), [EmailEdited(body="late", seq=1)], LATER)
    with pytest.raises(CallDeleted):
        await store.note_deliveries([Delivery(message_id="<m>", call_id="gone", recipient="a@b.c", at=LATER)])
    with pytest.raises(CallDeleted):
        await store.delete("gone", LATER)
    with pytest.raises(NoSuchCall):
        await store.delete("never", LATER)
    assert await left_of(store, "gone") == [None, [], [], [], [], []]


async def test_others_are_told_in_the_same_breath(store: Store) -> None:
    await full_of(store, "gone", SECRET)
    told = MessageQueued(message="msg_d", event="call.deleted", call="gone", happened_at=LATER)

    await store.delete("gone", LATER, [(Subject("webhook", "crm"), told)])

    assert [w.note for w in await store.written("webhook", WEBHOOK_NOTES)] == [told]


async def test_the_accounts_notes_go_or_change_with_it_and_keep_their_place(store: Store) -> None:
    await full_of(store, "gone", SECRET)
    goals = [GoalSet(text=text, quarter="2026-Q3", promise="gone:M1") for text in ("goes", "changes", "stays")]
    await store.write(Subject("account", "Acme"), goals, NOW)
    goes, changes, stays = await store.written("account", ACCOUNT_NOTE, "Acme")
    changed = goals[1].model_copy(update={"promise": None})

    await store.delete("gone", LATER, parting=Parting(frozenset({goes.seq}), {changes.seq: changed}))

    assert await store.written("account", ACCOUNT_NOTE, "Acme") == [replace(changes, note=changed), stays]


class TestInSqlitesFiles:
    async def test_no_byte_of_it_is_left(self, tmp_path: Path) -> None:
        """Among other calls, with words longer than a page, written over several times."""
        async with open_store(sqlite_in(tmp_path)) as store:
            for n in range(12):
                word = SECRET if n == 5 else f"cobalt{n}"
                await full_of(store, f"{word}-call", word, utterances=150)
            assert found_in(tmp_path) > 150

            await store.delete(f"{SECRET}-call", LATER)

            assert found_in(tmp_path) == 0
            assert (tmp_path / "copilot.db-wal").stat().st_size == 0
            assert len(await store.records(99)) == 11

    async def test_what_an_earlier_version_left_in_unused_pages_is_overwritten_once(self, tmp_path: Path) -> None:
        async with open_store(sqlite_in(tmp_path)) as store:
            await full_of(store, "stays", "cobalt")
        with plain(tmp_path) as database:
            database.execute("PRAGMA user_version = 0")
            database.execute("PRAGMA secure_delete = OFF")
            database.execute(
                "INSERT INTO journal (kind, name, at, body) VALUES ('call', 'x', 'now', ?)", (SECRET * 5000,)
            )
            database.execute("DELETE FROM journal WHERE name = 'x'")
        assert found_in(tmp_path) > 0

        async with open_store(sqlite_in(tmp_path)) as store:
            assert found_in(tmp_path) == 0
            assert len(await store.records(9)) == 1

    async def test_an_account_that_an_earlier_version_left_without_calls_goes(self, tmp_path: Path) -> None:
        async with open_store(sqlite_in(tmp_path)) as store:
            await full_of(store, "stays", "cobalt")
        with plain(tmp_path) as database:
            database.execute("UPDATE alembic_version SET version_num = '0005'")
            database.execute("INSERT INTO accounts (name, key) VALUES (?, ?)", (SECRET, SECRET))
        assert found_in(tmp_path) > 0

        async with open_store(sqlite_in(tmp_path)) as store:
            assert await store.account_named("cobalt ltd") == "cobalt Ltd"
        assert found_in(tmp_path) == 0


def found_in(folder: Path) -> int:
    """How often the word stands in the database and in what SQLite has beside it."""
    return sum(file.read_bytes().lower().count(SECRET.encode()) for file in folder.glob("copilot.db*"))


async def test_webhooks_notes_are_looked_through_before_anything_is_locked(tmp_path: Path) -> None:
    """Appends of live calls wait from the first write on."""
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.split()[0] + (" journal" if "FROM journal" in statement else ""))

    async with open_store(sqlite_in(tmp_path)) as store:
        await full_of(store, "gone", SECRET)
        event.listen(Engine, "before_cursor_execute", note)
        try:
            await store.delete("gone", LATER)
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    assert "SELECT journal" in said
    assert "SELECT journal" not in said[said.index("DELETE") :]


async def test_an_id_that_is_part_of_another_or_a_pattern_takes_no_other_message_along(store: Store) -> None:
    for call_id in ("a_c", "abc", "a_c-2"):
        await full_of(store, call_id, "cobalt")
    await store.delete("a_c", LATER)

    left = [w.note for w in await store.written("webhook", WEBHOOK_NOTES)]
    assert [note.message for note in left if isinstance(note, MessageAttempted)] == ["msg_abc", "msg_a_c-2"]
    assert [note.call for note in left if isinstance(note, MessageQueued)] == ["abc", "a_c-2"]


async def test_postgresql_has_no_row_with_it_any_more(request: pytest.FixtureRequest) -> None:
    url = new_database(request)
    async with open_store(url) as store:
        await full_of(store, f"{SECRET}-call", SECRET, utterances=50)
        await full_of(store, "stays", "cobalt")
        await store.delete(f"{SECRET}-call", datetime.now(UTC))
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        tables = (
            await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        ).scalars()
        rows = {
            table: [str(row) for row in await connection.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608  ours
            for table in tables
        }
    await engine.dispose()

    assert {table for table, found in rows.items() if SECRET in str(found)} == set()
    assert len(rows["events"]) > 3


@contextlib.contextmanager
def plain(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / "copilot.db", isolation_level=None)) as database:
        yield database
