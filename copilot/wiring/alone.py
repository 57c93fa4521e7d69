"""One server per data folder and database.

Commands that read go on beside it, but for those that find a database of an earlier version. So does an email that is
sent by a command: what became of it is one transaction, which the database keeps apart from the server's, and no server
has it in memory.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from copilot.errors import BadSettings, UnusableInput

if TYPE_CHECKING:
    from copilot.adapters.store import SqlStore
    from copilot.settings import Settings

_FILE = "server.lock"


class ServerRunning(UnusableInput):
    """`what` a server is at work on, and `remedy` what would work."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"a server is running on {what}; {remedy}")


@contextlib.contextmanager
def folder_alone(settings: Settings, remedy: str) -> Iterator[None]:
    """The data folder, which is made if need be, for this process alone. Raises ServerRunning and BadSettings."""
    from copilot.adapters.holding import held
    from copilot.settings import make_data_folder

    make_data_folder(settings)
    with contextlib.ExitStack() as stack:
        try:
            ours = stack.enter_context(held(settings.data / _FILE))
        except (OSError, sqlite3.Error) as error:
            raise BadSettings(f"cannot use the data folder {settings.data}: {error}; try another --data") from error
        if not ours:
            raise ServerRunning(f"the data folder {settings.data}", remedy)
        yield


@contextlib.asynccontextmanager
async def store_alone(settings: Settings, remedy: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """A database that is not in the data folder, for this process alone; gives what checks that it still is.

    Raises ServerRunning, BadSettings and StoreUnavailable, the check StoreUnavailable.
    """
    from copilot.adapters.store.alone import Hold, alone_with

    if settings.store.url is None:
        yield Hold().check
        return
    async with alone_with(settings.store.url) as ours:
        if ours is None:
            raise ServerRunning("this database", remedy)
        yield ours.check


def open_kept(settings: Settings) -> AbstractAsyncContextManager[SqlStore]:
    """The store, also beside a server; raises ServerRunning where its shape has to change first."""
    from copilot.adapters.store import open_store

    return open_store(settings.store_url, lambda: _all_alone(settings))


@contextlib.asynccontextmanager
async def _all_alone(settings: Settings) -> AsyncIterator[None]:
    remedy = "stop it first, since the database is of an earlier version and has to be brought up to this one"
    with contextlib.ExitStack() as folder:
        if settings.store.url is None:
            folder.enter_context(folder_alone(settings, remedy))
        async with store_alone(settings, remedy):
            yield
