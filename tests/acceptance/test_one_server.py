"""One server per data folder: the second says so and stops, and a killed one leaves nothing behind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from copilot.adapters.store.alone import alone_with
from copilot.errors import BadSettings, StoreUnavailable
from copilot.settings import Settings, StoreSettings
from copilot.web.access import Access
from copilot.web.api import readyz
from copilot.wiring.server import open_services
from tests.acceptance.programs import ROOT, copilot, serving
from tests.postgresql import PostgreSql

CALL = ROOT / "fixtures" / "demo" / "discovery.json"


def test_the_second_on_a_folder_says_so_and_the_first_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server:
        second = copilot("serve", "--port", "0", "--data", data)
        elsewhere = copilot("analyze", CALL, "--json")
        listed = server.asks("GET", "/api/calls")

    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"copilot: a server is running on the data folder {data}; "
        "stop it, or give this one its own folder with --data\n"
    )
    assert elsewhere.returncode == 0
    assert listed["calls"] == []


def test_a_killed_one_leaves_nothing_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server:
        server.kill()
    with serving(data) as again:
        assert again.asks("GET", "/readyz") == {"status": "ok"}


def test_commands_that_read_work_beside_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server, CALL.open("rb") as transcript:
        (made,) = server.asks("POST", "/api/calls", files={"file": transcript})["calls"]
        email, export = copilot("email", made["id"], "--data", data), copilot("export", made["id"], "--data", data)

    assert (email.returncode, export.returncode) == (0, 0), email.stderr + export.stderr


def test_commands_leave_a_database_of_an_earlier_version_to_the_server_at_work_on_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    webhook = {
        "COPILOT_WEBHOOKS__CRM__URL": "https://crm.example/",
        "COPILOT_WEBHOOKS__CRM__SECRET": f"whsec_{'A' * 32}",
    }
    with serving(data):
        with closing(sqlite3.connect(data / "copilot.db")) as database, database:
            database.execute("UPDATE alembic_version SET version_num = '0005'")
        maturity = copilot("maturity", "--data", data)
        doctor = copilot("doctor", "--port", "0", "--data", data, settings=webhook)

    says = (
        f"a server is running on the data folder {data}; stop it first, "
        "since the database is of an earlier version and has to be brought up to this one\n"
    )
    assert (maturity.returncode, maturity.stderr) == (2, f"copilot: {says}")
    assert doctor.returncode == 1
    assert f"✗ data: {says}" in doctor.stdout
    assert f"– webhooks: crm; not looked at, since {says}" in doctor.stdout


@pytest.mark.anyio
async def test_one_per_postgresql_database(postgres: PostgreSql) -> None:
    url, other = postgres.new_database(uuid4().hex), postgres.new_database(uuid4().hex)
    async with alone_with(url) as first, alone_with(url) as second, alone_with(other) as elsewhere:
        assert (bool(first), second, bool(elsewhere)) == (True, None, True)
    async with alone_with(url) as again:
        assert again


@pytest.mark.anyio
async def test_a_lock_that_went_with_its_connection_is_taken_again_unless_another_has_it(postgres: PostgreSql) -> None:
    url = postgres.new_database(uuid4().hex)
    async with alone_with(url) as ours:
        assert ours
        await ours.check()

        await break_the_locks_connection(url)
        await ours.check()
        async with alone_with(url) as other:
            assert other is None

        await break_the_locks_connection(url)
        async with alone_with(url) as other:
            assert other
            for _ in range(2):
                with pytest.raises(StoreUnavailable, match="another server has taken this database"):
                    await ours.check()
        await ours.check()


async def break_the_locks_connection(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        holder = (
            "pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        ended = await connection.execute(text(f"SELECT pg_terminate_backend(pid, 5000) FROM {holder}"))  # noqa: S608  ours
        assert ended.scalars().all() == [True]
    await engine.dispose()


@pytest.mark.anyio
async def test_a_server_whose_database_another_has_taken_is_not_ready(tmp_path: Path, postgres: PostgreSql) -> None:
    url = postgres.new_database(uuid4().hex)
    settings = Settings(data=tmp_path, store=StoreSettings(url=url))
    async with open_services(settings, Access("a-token-for-tests", 1)) as services:
        assert (await readyz(services)).status_code == 200
        await break_the_locks_connection(url)
        async with alone_with(url):
            told = await readyz(services)

    assert (told.status_code, json.loads(bytes(told.body))["reason"]) == (503, "another server has taken this database")


@pytest.mark.anyio
@pytest.mark.parametrize("broken", [lambda file: file.mkdir(), lambda file: file.write_bytes(b"no lock" * 200)])
async def test_a_lock_that_cannot_be_had_is_one_sentence(tmp_path: Path, broken: Callable[[Path], object]) -> None:
    broken(tmp_path / "calls.db-server")

    with pytest.raises(BadSettings, match=r"cannot use .*calls\.db-server: .*; remove it, or name another store\.url"):
        async with alone_with(f"sqlite+aiosqlite:///{tmp_path / 'calls.db'}"):
            pass


@pytest.mark.anyio
async def test_one_per_sqlite_file_wherever_it_is(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'calls.db'}"
    async with alone_with(url) as first, alone_with(url) as second:
        assert (bool(first), second) == (True, None)
    async with alone_with(url) as again:
        assert again
