"""What deletes calls, put together from the settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.errors import NoSuchCall, UnusableInput
from copilot.wiring.alone import folder_alone, store_alone
from copilot.wiring.outward import endpoints_of

if TYPE_CHECKING:
    from copilot.afterwards.deleting import AtWork, Deletion
    from copilot.ports import Store
    from copilot.settings import Settings


def deletion_of(settings: Settings, store: Store, at_work: AtWork | None = None) -> Deletion:
    from copilot.adapters.kept_sound import KeptFolder
    from copilot.adapters.spool import SpoolFolder
    from copilot.adapters.uploads import UploadFolder
    from copilot.afterwards.deleting import AtWork, Deletion, Folders

    folders = Folders(
        SpoolFolder(settings.data / "sound"),
        KeptFolder(settings.data / "recordings"),
        UploadFolder(settings.data / "uploads"),
    )
    return Deletion(store, folders, lambda: datetime.now(UTC), endpoints_of(settings), at_work or AtWork())


async def delete_call(call_id: str, settings: Settings, *, sure: bool) -> None:
    """Delete a call while no server runs, since one would still have it in memory; raises ServerRunning."""
    from copilot.adapters.store import open_store
    from copilot.commands.delete import delete

    if settings.store.url is None and not settings.store_file.is_file():
        raise UnusableInput(str(NoSuchCall(call_id)))  # rather than make a store only to find nothing in it
    remedy = "delete the call on its page, or stop the server first"
    with folder_alone(settings, remedy):
        async with store_alone(settings, remedy), open_store(settings.store_url) as store:
            click.echo(await delete(call_id, deletion_of(settings, store), sure=sure))
