"""What deletes calls, put together from the settings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copilot.wiring.outward import endpoints_of

if TYPE_CHECKING:
    from copilot.afterwards.deleting import Deletion
    from copilot.ports import Store
    from copilot.settings import Settings


def deletion_of(settings: Settings, store: Store) -> Deletion:
    from copilot.adapters.kept_sound import KeptFolder
    from copilot.adapters.spool import SpoolFolder
    from copilot.adapters.uploads import UploadFolder
    from copilot.afterwards.deleting import Deletion, Folders

    folders = Folders(
        SpoolFolder(settings.data / "sound"),
        KeptFolder(settings.data / "recordings"),
        UploadFolder(settings.data / "uploads"),
    )
    return Deletion(store, folders, lambda: datetime.now(UTC), endpoints_of(settings))
