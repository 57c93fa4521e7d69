"""One server per database."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from copilot.adapters.holding import held
from copilot.adapters.store.failures import told_in_a_sentence
from copilot.adapters.store.sql import engine_of, see_to_the_file
from copilot.errors import BadSettings, StoreUnavailable

log = logging.getLogger(__name__)

_OURS = int.from_bytes(b"copilot")  # of PostgreSQL's advisory locks, in this database


class Hold:
    """On a database that is this process's alone."""

    async def check(self) -> None:
        """Raises StoreUnavailable where it is ours no longer. A file's lock goes with the process alone."""


@contextlib.asynccontextmanager
async def alone_with(url: str) -> AsyncIterator[Hold | None]:
    """The database behind this URL, until the context is left or the process ends; None where another has it.

    Raises BadSettings and StoreUnavailable.
    """
    engine = engine_of(url)
    try:
        file = engine.url.database
        if engine.dialect.name == "postgresql":
            lock = _AdvisoryLock(engine)
            try:
                yield lock if await lock.taken() else None
            finally:
                await lock.release()
        elif file and not file.startswith((":", "file:")):
            see_to_the_file(engine.url)
            with _file_held(file) as ours:
                yield Hold() if ours else None
        else:
            yield Hold()
    finally:
        await engine.dispose()


@contextlib.contextmanager
def _file_held(file: str) -> Iterator[bool]:
    beside = Path(f"{file}-server")
    with contextlib.ExitStack() as stack:
        try:
            ours = stack.enter_context(held(beside))
        except (OSError, sqlite3.Error) as error:
            raise BadSettings(f"cannot use {beside}: {error}; remove it, or name another store.url") from error
        yield ours


class _AdvisoryLock(Hold):
    """PostgreSQL's lock goes with its connection, which waits outside any transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._checking = asyncio.Lock()

    async def taken(self) -> bool:
        with told_in_a_sentence():
            connection = await self._engine.connect()
            self._connection = connection
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            ours = bool((await connection.execute(text(f"SELECT pg_try_advisory_lock({_OURS})"))).scalar())
        if not ours:
            await self.release()
        return ours

    async def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def check(self) -> None:
        """Takes the lock again where its connection broke, and nobody else has taken it."""
        async with self._checking:
            if await self._answers():
                return
            await self.release()
            if not await self.taken():
                raise StoreUnavailable("another server has taken this database")
            log.warning("The lock on the database went with its connection, and is taken again")

    async def _answers(self) -> bool:
        if self._connection is None:
            return False
        try:
            with told_in_a_sentence():
                await self._connection.execute(text("SELECT 1"))
        except StoreUnavailable:
            return False
        return True
