"""Calls of the store for other programs, piece by piece: at no time is more than one of them in memory."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from copilot.domain.call import CallKind
from copilot.domain.playbook import Playbook
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState, replay
from copilot.errors import BrokenLog, NoSuchCall
from copilot.ports import Store
from copilot.review.export import (
    CALL_COLUMNS,
    COLUMNS,
    as_markdown,
    broken_row,
    call_row,
    document,
    rows,
    without_notes,
)
from copilot.review.sheets import BYTE_ORDER_MARK, csv_lines

OneForm = Literal["json", "csv", "markdown"]
ManyForm = Literal["ndjson", "csv", "zip"]


@dataclass(frozen=True, slots=True)
class Range:
    """Which calls: those held from `since` to `until`, both included; None asks nothing."""

    since: date | None = None
    until: date | None = None
    kind: CallKind | None = None
    account: str | None = None
    demos: bool = False

    def has(self, record: CallRecord) -> bool:
        info, held_on = record.info, record.held_on
        return (
            (self.since is None or held_on >= self.since)
            and (self.until is None or held_on <= self.until)
            and self.kind in (None, info.kind)
            and self.account in (None, info.account)
            and (self.demos or not info.demo)
        )


def one_call(record: CallRecord, state: CallState, form: OneForm, playbook: Playbook) -> str:
    """A call by itself, with all that its state holds."""
    match form:
        case "json":
            return json.dumps(_document(record, state, playbook), ensure_ascii=False, indent=1) + "\n"
        case "csv":
            return BYTE_ORDER_MARK + "".join(csv_lines([COLUMNS, *rows(record, state)]))
        case "markdown":
            return as_markdown(record, state, playbook)


class Export:
    """`playbook`: whose stages and titles are told; `notes`: with what people noted for their own side."""

    def __init__(self, store: Store, playbook: Playbook, *, notes: bool = False) -> None:
        self._store = store
        self._playbook = playbook
        self._notes = notes

    async def of_call(self, call_id: str, form: OneForm) -> str:
        """One call as its log has it. Raises NoSuchCall and BrokenLog."""
        record = await self._store.record(call_id)
        if record is None:
            raise NoSuchCall(call_id)
        state = await self._state(record)
        return await asyncio.to_thread(one_call, record, state, form, self._playbook)

    async def of_many(self, asked: Range, form: ManyForm) -> AsyncIterator[bytes]:
        """All calls in a range, the oldest first. One that cannot be read says so in its place."""
        pieces = {"ndjson": self._as_ndjson, "csv": self._as_csv, "zip": self._as_zip}[form]
        async for piece in pieces(asked):
            yield piece

    async def _as_ndjson(self, asked: Range) -> AsyncIterator[bytes]:
        async for record, state in self._calls(asked):
            yield await asyncio.to_thread(_ndjson_line, record, state, self._playbook)

    async def _as_csv(self, asked: Range) -> AsyncIterator[bytes]:
        yield (BYTE_ORDER_MARK + "".join(csv_lines([COLUMNS]))).encode()
        async for record, state in self._calls(asked):
            yield await asyncio.to_thread(_csv_of, record, state)

    async def _as_zip(self, asked: Range) -> AsyncIterator[bytes]:
        """`calls.csv`, and of every call `calls/ID.json`, `calls/ID.csv` and `calls/ID.md`."""
        archive = _Archive()
        lines = [*csv_lines([CALL_COLUMNS])]
        async for record, state in self._calls(asked):
            problem = state if isinstance(state, str) else None
            lines.extend(csv_lines([call_row(record, problem)]))
            if not isinstance(state, str):
                yield await asyncio.to_thread(self._add, archive, record, state)
        yield archive.add("calls.csv", BYTE_ORDER_MARK + "".join(lines))
        yield archive.close()

    def _add(self, archive: _Archive, record: CallRecord, state: CallState) -> bytes:
        forms: dict[OneForm, str] = {"json": "json", "csv": "csv", "markdown": "md"}
        added = [
            archive.add(f"calls/{record.info.id}.{ending}", one_call(record, state, form, self._playbook))
            for form, ending in forms.items()
        ]
        return b"".join(added)

    async def _calls(self, asked: Range) -> AsyncIterator[tuple[CallRecord, CallState | str]]:
        """Records with their state, or with why it cannot be read; those of the account that its name means."""
        if asked.account is not None:
            asked = replace(asked, account=await self._store.account_named(asked.account) or asked.account)
        records = [record for record in await self._store.records(await self._store.count()) if asked.has(record)]
        for record in sorted(records, key=lambda r: (r.held_on, r.started_at, r.info.id)):
            try:
                yield record, await self._state(record)
            except BrokenLog as problem:
                yield record, str(problem)

    async def _state(self, record: CallRecord) -> CallState:
        logged = await self._store.read(record.info.id)
        state = await asyncio.to_thread(lambda: replay(entry.event for entry in logged))
        return state if self._notes else without_notes(state)


class _Archive:
    """A zip that is written once, from its beginning to its end, and handed on as it grows."""

    def __init__(self) -> None:
        self._written = _Written()
        self._zip = zipfile.ZipFile(self._written, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, text: str) -> bytes:
        self._zip.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
        return self._written.take()

    def close(self) -> bytes:
        self._zip.close()
        return self._written.take()


class _Written:
    """What a zip is written to; it cannot be gone back in."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, piece: bytes) -> int:
        self._bytes += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was written is taken, not closed."""

    def take(self) -> bytes:
        taken, self._bytes = bytes(self._bytes), bytearray()
        return taken


def _ndjson_line(record: CallRecord, state: CallState | str, playbook: Playbook) -> bytes:
    told = {"id": record.info.id, "error": state} if isinstance(state, str) else _document(record, state, playbook)
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _csv_of(record: CallRecord, state: CallState | str) -> bytes:
    told = [broken_row(record, state)] if isinstance(state, str) else rows(record, state)
    return "".join(csv_lines(told)).encode()


def _document(record: CallRecord, state: CallState, playbook: Playbook) -> dict[str, Any]:
    return document(record, state, [stage.id for stage in playbook.stages])
