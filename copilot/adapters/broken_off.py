"""What the transcription of a recording has made so far, kept so that a run that was broken off is gone on with.

A folder for each recording with its settings. It goes when the work is done; of those that nobody went on with, the
newest few stay for some days.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from copilot.adapters.call_files import make_folder
from copilot.adapters.holding import held
from copilot.errors import UnreadableTranscript

MOST, MOST_DAYS = 3, 7
_HELD = "held.db"


@contextlib.contextmanager
def kept_work(folder: Path | None, recording: Path, settings: str) -> Iterator[Path]:
    """Where this recording's work with these settings is, begun or not.

    Without a folder, while another run is at it, and where nothing can be written, nobody can go on with it.
    """
    with contextlib.ExitStack() as stack:
        work = None if folder is None else _taken(folder, _name(recording, settings), stack)
        if work is None:
            yield Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="copilot-sound-")))
            return
        try:
            yield work
        except UnreadableTranscript:  # which is all that can be made of it
            shutil.rmtree(work, ignore_errors=True)
            raise
        shutil.rmtree(work, ignore_errors=True)


def sweep(folder: Path, *, ours: Path | None = None) -> None:
    """Remove what is too old or too much, unless another run is at it; `ours` is the newest."""
    with contextlib.suppress(OSError):
        others = [work for work in folder.iterdir() if work != ours and work.is_dir()]
        others.sort(key=lambda work: -work.stat().st_mtime)
        oldest = time.time() - MOST_DAYS * 24 * 3600
        for n, work in enumerate(others, start=1 if ours is None else 2):
            if n > MOST or work.stat().st_mtime < oldest:
                _remove(work)


def _remove(work: Path) -> None:
    with contextlib.suppress(OSError, sqlite3.Error), held(work / _HELD) as free:
        if free:
            shutil.rmtree(work, ignore_errors=True)


def _taken(folder: Path, name: str, stack: contextlib.ExitStack) -> Path | None:
    """The folder of this name, ours alone until the stack is left, or None where it cannot be."""
    work = folder / name
    try:
        for each in (folder.parent, folder, work):
            make_folder(each)
        if not stack.enter_context(held(work / _HELD)):
            return None
        work.touch()
        sweep(folder, ours=work)
    except (OSError, sqlite3.Error):
        return None
    return work


def _name(recording: Path, settings: str) -> str:
    with recording.open("rb") as opened:
        sound = hashlib.file_digest(opened, "sha256").hexdigest()
    return hashlib.sha256(f"{sound} {settings}".encode()).hexdigest()[:32]
