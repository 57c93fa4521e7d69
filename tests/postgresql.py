"""A PostgreSQL server of the tests' own, on loopback, that is gone with them."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.loopback import free_port

USER = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root; Debian's package makes this user


@dataclass(frozen=True, slots=True)
class PostgreSql:
    programs: Path
    port: int

    def new_database(self, name: str) -> str:
        """The URL of a database with nothing in it."""
        _run(self.programs / "createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "copilot", name)
        return f"postgresql+asyncpg://copilot@127.0.0.1:{self.port}/{name}"


@contextlib.contextmanager
def postgresql() -> Iterator[PostgreSql]:
    programs, port = _programs(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="copilot-postgresql-"))  # pytest's own folders are for nobody but us
    try:
        if USER is not None:
            shutil.chown(folder, USER)
        data, log = folder / "data", folder / "log"
        _run(programs / "initdb", "-D", data, "-U", "copilot", "--auth=trust", "--no-sync", "--encoding=UTF8")
        only_here = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -p {port}"
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", only_here)
        try:
            yield PostgreSql(programs, port)
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """Where they are; Debian keeps them out of the way."""
    known = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if (installed := shutil.which("initdb")) is not None:
        known.append(Path(installed).parent)
    for folder in known:
        if (folder / "createdb").exists():
            return folder
    pytest.skip("no PostgreSQL: install one")


def _run(*command: object) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # the server keeps what it is given open
        stderr=subprocess.PIPE if "pg_ctl" not in str(command[0]) else subprocess.DEVNULL,
        text=True,
        cwd="/",
        user=USER,
        check=False,
    )
    assert done.returncode == 0, done.stderr
