"""Brings a database to the newest shape at start-up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

Alone = Callable[[], AbstractAsyncContextManager[object]]
"""What the database is held by while its shape changes; raises UnusableInput where somebody else is at work on it."""

_MIGRATIONS = Path(__file__).parent / "migrations"


async def bring_to_the_newest_shape(engine: AsyncEngine, alone: Alone) -> None:
    async with engine.connect() as connection:
        behind = await connection.run_sync(_behind)
    if behind:
        async with alone(), engine.begin() as connection:
            await connection.run_sync(migrate)


def _behind(connection: Connection) -> bool:
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() != newest


def migrate(connection: Connection) -> None:
    """Run every migration that this database has not had. Within the caller's transaction where the database can."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
