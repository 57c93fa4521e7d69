"""The sound of calls, one file each: records that are only ever appended, each with its checksum.

A record is a head (kind, number, length, CRC-32 of what follows) and its payload. What stands behind the last whole
record, because the power went while it was written, was never acknowledged, and is written over.
"""

from __future__ import annotations

import os
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from weakref import finalize
from zlib import crc32

from copilot.adapters.call_files import call_file, call_of, make_folder, sync_folder, unavailable
from copilot.domain.audio import AudioFormat, Span
from copilot.domain.spooled import SPOOL_NOTE, SpoolNote
from copilot.errors import StoreUnavailable

_HEAD = struct.Struct(">BIII")
_FORMAT, _FRAME, _NOTE, _RELEASED = 1, 2, 3, 4
_SUFFIX = ".sound"
_AT_ONCE = 8 * 2**20  # bytes that are read while opening
_LONGEST = 2**20  # bytes of a record; more than any frame has


class _Record(NamedTuple):
    kind: int
    number: int
    payload: bytes
    offset: int  # of the payload


class SpoolFolder:
    """Spools as files in one folder, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def there(self) -> list[str]:
        """Those whose sound has been deleted are left out."""
        return [call_id for file in sorted(self._folder.glob(f"*{_SUFFIX}")) if (call_id := _call_with_sound(file))]

    def holds(self, call_id: str) -> bool:
        file = self._file(call_id)
        return file.exists() and _call_with_sound(file) is not None

    def find(self, call_id: str) -> SpoolFile | None:
        file = self._file(call_id)
        return SpoolFile(file) if file.exists() and file.stat().st_size else None

    def make(self, call_id: str, audio: AudioFormat) -> SpoolFile:
        try:
            make_folder(self._folder)
            file = self._file(call_id)
            file.touch(mode=0o600)
            file.write_bytes(_record(_FORMAT, 0, audio.model_dump_json().encode()))
            sync_folder(self._folder)
        except OSError as error:
            raise unavailable(error) from error
        return SpoolFile(file)

    def remove(self, call_id: str) -> None:
        try:
            self._file(call_id).unlink(missing_ok=True)
        except OSError as error:
            raise unavailable(error) from error

    def _file(self, call_id: str) -> Path:
        return call_file(self._folder, call_id, _SUFFIX)


class SpoolFile:
    """One call's sound; opening it reads it through."""

    def __init__(self, file: Path) -> None:
        try:
            self._file = os.open(file, os.O_RDWR)
        except OSError as error:
            raise unavailable(error) from error
        finalize(self, os.close, self._file)  # not before the last thread that reads it has gone
        self.released = False
        self.last_frame: int | None = None
        self.wire_samples = 0
        self._notes: list[SpoolNote] = []
        self._starts = array("Q")  # of each frame, in samples
        self._offsets = array("Q")  # of each frame, in the file
        self._lengths = array("L")  # of each frame, in bytes
        self.size = 0
        audio: AudioFormat | None = None
        for record in _records(self._file):
            if record.kind == _FORMAT:
                audio = AudioFormat.model_validate_json(record.payload)
            elif record.kind == _NOTE:
                self._notes.append(SPOOL_NOTE.validate_json(record.payload))
            elif record.kind == _RELEASED:
                self.released = True
                self.last_frame = record.number - 1 if record.number else None
            elif audio is not None:
                self._count(record.number, record.offset, len(record.payload), audio)
            self.size = record.offset + len(record.payload)
        if audio is None:
            raise StoreUnavailable(f"{file} holds no sound that can be read; move it away")
        self.audio = audio

    @property
    def notes(self) -> Sequence[SpoolNote]:
        return self._notes

    def append(self, number: int, payload: bytes) -> None:
        offset = self._write(_FRAME, number, payload)
        self._count(number, offset, len(payload), self.audio)

    def note(self, note: SpoolNote) -> None:
        self._write(_NOTE, 0, note.model_dump_json().encode())

    def sync(self) -> None:
        try:
            os.fsync(self._file)
        except OSError as error:
            raise unavailable(error) from error

    def read(self, span: Span) -> bytes:
        frame = bisect_right(self._starts, span.start) - 1
        parts: list[bytes] = []
        size = self.audio.sample_bytes
        begin = span.start
        while begin < span.end:
            start = self._starts[frame]
            end = min(start + self._lengths[frame] // size, span.end)
            at = self._offsets[frame] + (begin - start) * size
            parts.append(os.pread(self._file, (end - begin) * size, at))
            begin, frame = end, frame + 1
        return b"".join(parts)

    def release(self) -> None:
        """The file is cut to its first record and the number of the last frame."""
        if self.released:
            return
        first = _record(_FORMAT, 0, self.audio.model_dump_json().encode())
        count = 0 if self.last_frame is None else self.last_frame + 1
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, first + _record(_RELEASED, count, b""), 0)
            os.fsync(self._file)
        except OSError as error:
            raise unavailable(error) from error
        self.released = True

    def _write(self, kind: int, number: int, payload: bytes) -> int:
        """Where the payload stands. A record that could not be written whole is written over by the next."""
        record = _record(kind, number, payload)
        try:
            written = os.pwrite(self._file, record, self.size)
        except OSError as error:
            raise unavailable(error) from error
        if written < len(record):
            raise StoreUnavailable("the disk is full")
        offset = self.size + _HEAD.size
        self.size += len(record)
        return offset

    def _count(self, number: int, offset: int, length: int, audio: AudioFormat) -> None:
        self._starts.append(self.wire_samples)
        self._offsets.append(offset)
        self._lengths.append(length)
        self.wire_samples += length // audio.sample_bytes
        self.last_frame = number


def _record(kind: int, number: int, payload: bytes) -> bytes:
    return _HEAD.pack(kind, number, len(payload), crc32(payload)) + payload


def _records(file: int) -> Iterator[_Record]:
    """The whole records from the beginning, up to the first that is not."""
    held, offset = b"", 0  # what was read ahead, and where in the file it begins
    while True:
        if len(held) < _HEAD.size + _LONGEST:
            held += os.pread(file, _AT_ONCE, offset + len(held))
        if len(held) < _HEAD.size:
            return
        at = 0
        while at + _HEAD.size <= len(held):
            kind, number, length, checksum = _HEAD.unpack_from(held, at)
            payload = held[at + _HEAD.size : at + _HEAD.size + length]
            if len(payload) < length:
                break
            if crc32(payload) != checksum:
                return
            yield _Record(kind, number, payload, offset + at + _HEAD.size)
            at += _HEAD.size + length
        if at == 0:
            return
        held, offset = held[at:], offset + at


def _call_with_sound(file: Path) -> str | None:
    """The call's id, or None where there is nothing left to hear."""
    with file.open("rb") as opened:
        kinds = [record.kind for _, record in zip(range(2), _records(opened.fileno()), strict=False)]
    return None if not kinds or _RELEASED in kinds else call_of(file)
