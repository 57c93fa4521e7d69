"""Holding something for this process alone, by a file. Whoever is killed holds nothing any more."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def held(file: Path) -> Iterator[bool]:
    """Whether it is ours alone. SQLite's lock is one that every system has, and that ends with its process.

    Raises OSError and sqlite3.Error where the file cannot be used.
    """
    file.touch(mode=0o600)
    lock = sqlite3.connect(file, timeout=0)
    try:
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")  # no second file beside it
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise
            yield False
        else:
            yield True
    finally:
        lock.close()
