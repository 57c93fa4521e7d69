"""One server per database."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from copilot.adapters.holding import held
from copilot.adapters.store.failures import told_in_a_sentence
from copilot.adapters.store.sql import engine_of, see_to_the_file

_OURS = int.from_bytes(b"copilot")  # of PostgreSQL's advisory locks, in this database


@contextlib.asynccontextmanager
async def alone_with(url: str) -> AsyncIterator[bool]:
    """Whether the database behind this URL is this process's alone, until the context is left or the process ends.

    Raises BadSettings and StoreUnavailable.
    """
    engine = engine_of(url)
    try:
        file = engine.url.database
        if engine.dialect.name == "postgresql":
            async with _locked(engine) as ours:
                yield ours
        elif file and not file.startswith((":", "file:")):
            see_to_the_file(engine.url)
            with held(Path(f"{file}-server")) as ours:
                yield ours
        else:
            yield True
    finally:
        await engine.dispose()


@contextlib.asynccontextmanager
async def _locked(engine: AsyncEngine) -> AsyncIterator[bool]:
    """The lock goes with its connection, which waits outside any transaction."""
    with told_in_a_sentence():
        connection = await engine.connect()
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        ours = bool((await connection.execute(text(f"SELECT pg_try_advisory_lock({_OURS})"))).scalar())
    try:
        yield ours
    finally:
        await connection.close()
