"""What goes on beside a server, by other programs on its database, and what waits for its end."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncConnection

from copilot.adapters.store import migrating, open_store, sql
from copilot.adapters.store.deleting import check_there
from copilot.domain.deliveries import Delivery
from copilot.settings import Settings, StoreSettings
from copilot.wiring.alone import ServerRunning, folder_alone, open_kept, store_alone
from tests.integration.stored import NOW, begun, sqlite_in
from tests.postgresql import PostgreSql

pytestmark = pytest.mark.anyio


@pytest.fixture(params=[False, True], ids=["in the data folder", "elsewhere"])
async def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of a database with a call in it, in the data folder or elsewhere."""
    store = StoreSettings(url=sqlite_in(tmp_path) if request.param else None)
    async with open_store(sqlite_in(tmp_path)) as kept:
        await begun(kept)
    return Settings(data=tmp_path, store=store)


@contextlib.asynccontextmanager
async def a_server_on(settings: Settings) -> AsyncIterator[None]:
    """It holds what a server holds."""
    with folder_alone(settings, ""):
        async with store_alone(settings, ""):
            yield


class TestADatabaseOfAnEarlierVersion:
    async def test_is_left_as_it_is_while_a_server_runs(self, settings: Settings) -> None:
        made_older(settings.data)
        async with a_server_on(settings):
            with pytest.raises(ServerRunning, match=r"a server is running on .*; stop it first, since the database"):
                async with open_kept(settings):
                    pass
        assert shape_of(settings.data) == "0005"

        async with open_kept(settings) as store:
            assert await store.count() == 1
        assert shape_of(settings.data) != "0005"

    async def test_is_rewritten_for_what_was_deleted_once_no_server_runs(self, settings: Settings) -> None:
        with closing(sqlite3.connect(settings.store_file)) as plain:
            plain.execute("PRAGMA user_version = 0")
        async with a_server_on(settings), open_kept(settings) as store:
            assert await store.count() == 1
            assert asked(settings.data, "PRAGMA user_version") == [(0,)]

        async with open_kept(settings):
            assert asked(settings.data, "PRAGMA user_version") == [(1,)]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return sqlite_in(tmp_path)
    server: PostgreSql = request.getfixturevalue("postgres")
    return server.new_database(uuid4().hex)


async def test_nothing_of_an_email_is_left_where_its_call_is_deleted_meanwhile(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command notes what became of it just as the server deletes the call."""
    async with open_store(url) as of_server, open_store(url) as of_command:
        await begun(of_server)

        async def deleted_right_after(connection: AsyncConnection, call_ids: Iterable[str]) -> None:
            await check_there(connection, call_ids)
            deleting.append(asyncio.create_task(of_server.delete("call", NOW)))
            await asyncio.sleep(0.3)

        deleting: list[asyncio.Task[None]] = []
        monkeypatch.setattr(sql, "check_there", deleted_right_after)
        sent = Delivery(message_id="<m>", call_id="call", recipient="luis@acme.example", at=NOW)
        await of_command.note_deliveries([sent])
        await asyncio.gather(*deleting)

        assert await of_server.deleted_at("call") == NOW
        assert await of_server.deliveries("call") == []


def made_older(folder: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{folder / 'copilot.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    engine.dispose()


def shape_of(folder: Path) -> object:
    return asked(folder, "SELECT version_num FROM alembic_version")[0][0]


def asked(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "copilot.db")) as plain:
        return plain.execute(query).fetchall()
