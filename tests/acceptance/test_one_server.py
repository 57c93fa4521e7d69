"""One server per data folder: the second says so and stops, and a killed one leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from copilot.adapters.store.alone import alone_with
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


@pytest.mark.anyio
async def test_one_per_postgresql_database(postgres: PostgreSql) -> None:
    url, other = postgres.new_database(uuid4().hex), postgres.new_database(uuid4().hex)
    async with alone_with(url) as first, alone_with(url) as second, alone_with(other) as elsewhere:
        assert (first, second, elsewhere) == (True, False, True)
    async with alone_with(url) as again:
        assert again


@pytest.mark.anyio
async def test_one_per_sqlite_file_wherever_it_is(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'calls.db'}"
    async with alone_with(url) as first, alone_with(url) as second:
        assert (first, second) == (True, False)
    async with alone_with(url) as again:
        assert again
