"""What goes out to other systems, put together from the settings: exports."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from copilot.errors import UnusableInput

if TYPE_CHECKING:
    from datetime import date

    from copilot.commands.one_call import Named
    from copilot.domain.playbook import Playbook
    from copilot.exporting import Export
    from copilot.settings import Settings


@contextlib.asynccontextmanager
async def open_export(settings: Settings, playbook: Playbook) -> AsyncIterator[Export]:
    """The calls of the store; raises UnusableInput where there is none, rather than making one."""
    from copilot.adapters.store import open_store
    from copilot.exporting import Export

    if settings.store.url is None and not settings.store_file.is_file():
        raise UnusableInput(f"there are no calls in {settings.data}; --data names another folder")
    async with open_store(settings.store_url) as store:
        yield Export(store, playbook)


def held_on(named: Named, settings: Settings) -> date | None:
    """The day of a call in the store; None for a file, which may say itself."""
    from copilot.adapters.store import open_store

    async def read() -> date | None:
        async with open_store(settings.store_url) as store:
            record = await store.record(named.name)
            return record.held_on if record else None

    return None if named.file else asyncio.run(read())
