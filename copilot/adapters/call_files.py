"""Files that belong to calls: how they are named, and how they come to be on disk."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

from copilot.errors import StoreUnavailable

PART = ".part"  # of a file that is still being written; whoever begins anew removes it


def call_file(folder: Path, call_id: str, suffix: str) -> Path:
    # Some file systems take `Call` and `call` for one name.
    return folder / f"{call_id}~{crc32(call_id.encode()):08x}{suffix}"


def call_of(file: Path) -> str:
    return file.name.rpartition("~")[0]


def make_folder(folder: Path) -> None:
    """A new one is for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_whole(file: Path, content: bytes) -> None:
    """All of it is on disk when this returns, or none of it."""
    part = file.with_name(file.name + PART)
    part.touch(mode=0o600)
    part.write_bytes(content)
    put_in_place(part, file)


def put_in_place(part: Path, file: Path) -> None:
    """A file that is complete gets its name, once it is on disk."""
    with part.open("rb") as opened:
        os.fsync(opened.fileno())
    part.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """A new file's name is on disk, too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def unavailable(error: OSError) -> StoreUnavailable:
    return StoreUnavailable((error.strerror or "the disk does not answer").lower())
