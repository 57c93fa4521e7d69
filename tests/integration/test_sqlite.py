"""What is true of the store on SQLite alone."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from copilot.adapters.store import open_store
from copilot.domain.events import CallEnded
from copilot.errors import BrokenLog, StoreUnavailable
from tests.integration.stored import begun, logged, sqlite_in

pytestmark = pytest.mark.anyio


async def test_a_log_that_cannot_be_read_names_the_event(tmp_path: Path) -> None:
    async with open_store(sqlite_in(tmp_path)) as store:
        await begun(store)
        await store.append("call", logged(CallEnded(reason="sender"), after=1))
    with sqlite3.connect(tmp_path / "copilot.db") as database:
        database.execute("UPDATE events SET body = '{}' WHERE seq = 2")
    database.close()

    async with open_store(sqlite_in(tmp_path)) as store:
        with pytest.raises(BrokenLog, match="call 'call' cannot be read from event 2 on"):
            await store.read("call")


async def test_calls_of_one_account_share_it(tmp_path: Path) -> None:
    async with open_store(sqlite_in(tmp_path)) as store:
        await begun(store, "a")
        await begun(store, "b")
    with sqlite3.connect(tmp_path / "copilot.db") as database:
        assert database.execute("SELECT count(*) FROM accounts").fetchall() == [(1,)]
        assert database.execute("SELECT count(*) FROM participants").fetchall() == [(4,)]
        assert database.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    database.close()


async def test_a_locked_database_is_said_to_be_so(tmp_path: Path) -> None:
    async with open_store(sqlite_in(tmp_path) + "?timeout=0.05") as store:
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


async def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="there is no folder"):
        async with open_store(sqlite_in(tmp_path / "nowhere")):
            pass


async def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    async with open_store(sqlite_in(tmp_path)) as store:
        await begun(store)
        assert modes_in(tmp_path) == {"copilot.db": "0o600", "copilot.db-wal": "0o600", "copilot.db-shm": "0o600"}


def modes_in(folder: Path) -> dict[str, str]:
    return {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in folder.iterdir()}
