"""SQLAlchemy on SQLite (WAL) or PostgreSQL.

Appends of all calls that wait at the same moment are written in one transaction by one writer: the disk is asked to be
sure once for all of them. A batch that fails is written again one by one: no call suffers from another's append.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import URL, delete, event, func, insert, select, update
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from copilot.adapters.store import finding
from copilot.adapters.store.deleting import (
    check_there,
    delete_call,
    messages_about,
    overwrite_earlier_deletions,
    sweep_files,
    when_deleted,
)
from copilot.adapters.store.failures import told_in_a_sentence
from copilot.adapters.store.migrating import Alone, bring_to_the_newest_shape
from copilot.adapters.store.rows import logged_of, note_of, row_of, save_record
from copilot.adapters.store.tables import accounts, calls, deliveries, events, in_utc, journal
from copilot.domain.deliveries import Delivery
from copilot.domain.events import Logged
from copilot.domain.journal import NO_PARTING, OF_A_CALL, N, Note, Parting, Subject, SubjectKind, Written
from copilot.domain.records import CallRecord, spelt_first
from copilot.errors import BadSettings, StoreUnavailable

T = TypeVar("T")

_MOST_NAMED = 500  # calls in one query
_LARGEST_BATCH = 256


@dataclass(slots=True)
class _Append:
    call_id: str
    events: Sequence[Logged]
    record: CallRecord | None
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


@contextlib.asynccontextmanager
async def open_store(url: str, alone: Alone = contextlib.nullcontext) -> AsyncIterator[SqlStore]:
    """The store behind an SQLAlchemy async URL, brought to the newest shape; closed in the end, when all is written.

    `alone` is for who does not have the database alone already.
    """
    engine = engine_of(url)
    see_to_the_file(engine.url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _sqlite_settings)
    try:
        with told_in_a_sentence():
            await bring_to_the_newest_shape(engine, alone)
            await overwrite_earlier_deletions(engine, alone)
        store = SqlStore(engine)
        writer = asyncio.create_task(store.write_appends(), name="store writer")
        try:
            yield store
        finally:
            await store.flush()
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
    finally:
        await engine.dispose()


def engine_of(url: str) -> AsyncEngine:
    """Raises BadSettings for a URL that no installed driver understands."""
    try:
        return create_async_engine(url)
    except (ArgumentError, InvalidRequestError, ImportError) as error:
        wanted = "sqlite+aiosqlite:///calls.db, or postgresql+asyncpg://user@host/name with the extra 'postgresql'"
        raise BadSettings(f"store.url cannot be used ({str(error).splitlines()[0]}); it looks like {wanted}") from error


def see_to_the_file(url: URL) -> None:
    """Made for its owner alone. Without its folder SQLite's driver fails only later, in a thread of its own."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":", "file:")):
        return
    file = Path(url.database)
    if not file.parent.is_dir():
        raise StoreUnavailable(f"there is no folder {file.parent}")
    with told_in_a_sentence():
        file.touch(mode=0o600)


class SqlStore:
    """Implements `copilot.ports.Store`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._appends: asyncio.Queue[_Append] = asyncio.Queue()  # each call waits for its own, so calls bound it
        self._asking: set[asyncio.Task[Any]] = set()
        self._beside = asyncio.Lock()  # one at a time of what is written beside the logs: no call goes in between

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        request = _Append(call_id, events, record)
        self._appends.put_nowait(request)
        await request.done

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        query = (
            select(events.c.seq, events.c.at, events.c.body)
            .where(events.c.call_id == call_id, events.c.seq > after)
            .order_by(events.c.seq)
        )
        return [logged_of(call_id, *row) for row in await self._rows(query)]

    async def lengths(self, call_ids: Sequence[str]) -> dict[str, int]:
        last = select(events.c.call_id, func.max(events.c.seq)).group_by(events.c.call_id)
        known: dict[str, int] = {}
        for begin in range(0, len(call_ids), _MOST_NAMED):
            named = call_ids[begin : begin + _MOST_NAMED]
            known.update({row[0]: row[1] for row in await self._rows(last.where(events.c.call_id.in_(named)))})
        return known

    async def record(self, call_id: str) -> CallRecord | None:
        rows = await self._rows(select(calls.c.record).where(calls.c.id == call_id))
        return CallRecord.model_validate(rows[0][0]) if rows else None

    async def records(self, limit: int, *, account: str | None = None) -> list[CallRecord]:
        newest = select(calls.c.record).order_by(calls.c.started_at.desc(), calls.c.id).limit(limit)
        if account is not None:
            newest = newest.join(accounts, accounts.c.id == calls.c.account_id).where(accounts.c.name == account)
        return [CallRecord.model_validate(row[0]) for row in await self._rows(newest)]

    async def find(self, terms: Sequence[str], limit: int) -> tuple[list[CallRecord], int]:
        rows = await self._rows(finding.found(terms, limit))
        return [CallRecord.model_validate(row.record) for row in rows], int(rows[0].in_all) if rows else 0

    async def of_content(self, content: str) -> list[CallRecord]:
        return [CallRecord.model_validate(row[0]) for row in await self._rows(finding.of_content(content))]

    async def account_named(self, name: str) -> str | None:
        with_calls = [row[0] for row in await self._rows(finding.accounts_named(name))]
        if with_calls:
            return str(with_calls[0])
        return spelt_first(name, [row[0] for row in await self._rows(finding.accounts_written_of())])

    async def count(self) -> int:
        return int((await self._rows(select(func.count()).select_from(calls)))[0][0])

    async def unfinished(self) -> list[str]:
        return [row[0] for row in await self._rows(select(calls.c.id).where(~calls.c.wrapped_up).order_by(calls.c.id))]

    async def model_use(self, since: datetime) -> list[Logged]:
        query = (
            select(events.c.call_id, events.c.seq, events.c.at, events.c.body)
            .join(calls, calls.c.id == events.c.call_id)
            .where(calls.c.started_at >= since - timedelta(days=1), events.c.at >= since)
            .where(events.c.type == "model_used")
            .order_by(events.c.at)
        )
        return [logged_of(*row) for row in await self._rows(query)]

    async def delete(
        self, call_id: str, at: datetime, told: Sequence[tuple[Subject, Note]] = (), parting: Parting = NO_PARTING
    ) -> None:
        rows = [_note_row(subject, note, at) for subject, note in told]
        await self._unbroken(self._delete(call_id, at, rows, parting))

    async def deleted_at(self, call_id: str) -> datetime | None:
        rows = await self._rows(when_deleted(call_id))
        return in_utc(rows[0][0]) if rows else None

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        await self._unbroken(self._replace_deliveries(noted))

    async def deliveries(self, call_id: str) -> list[Delivery]:
        of_call = select(deliveries.c.body).where(deliveries.c.call_id == call_id)
        rows = await self._rows(of_call.order_by(deliveries.c.at, deliveries.c.recipient))
        return [Delivery.model_validate(row[0]) for row in rows]

    async def deliveries_since(self, since: datetime) -> list[Delivery]:
        sent = select(deliveries.c.body).where(deliveries.c.at >= since)
        rows = await self._rows(sent.order_by(deliveries.c.at, deliveries.c.recipient))
        return [Delivery.model_validate(row[0]) for row in rows]

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        rows = [_note_row(subject, note, at) for note in notes]
        if rows:
            await self._unbroken(self._insert_notes(rows))

    async def written(
        self, kind: SubjectKind, shape: TypeAdapter[N], name: str | None = None, *, since: datetime | None = None
    ) -> list[Written[N]]:
        query = select(journal).where(journal.c.kind == kind).order_by(journal.c.seq)
        if name is not None:
            query = query.where(journal.c.name == name)
        if since is not None:
            query = query.where(journal.c.at >= since)
        rows = await self._rows(query)

        def read() -> list[Written[N]]:
            return [Written(row.seq, in_utc(row.at), Subject(kind, row.name), note_of(row, shape)) for row in rows]

        return await asyncio.to_thread(read)  # of a thousand scorecards it takes a second, and live calls go on

    async def flush(self) -> None:
        """Wait until what was handed over has been written or refused, and what was asked for has been read."""
        await self._appends.join()
        await asyncio.gather(*self._asking, return_exceptions=True)

    async def write_appends(self) -> None:
        """The writer: runs until it is cancelled."""
        while True:
            batch = [await self._appends.get()]
            while not self._appends.empty() and len(batch) < _LARGEST_BATCH:
                batch.append(self._appends.get_nowait())
            try:
                await self._write(batch)
            finally:
                for _ in batch:
                    self._appends.task_done()

    async def _write(self, batch: Sequence[_Append]) -> None:
        try:
            with told_in_a_sentence():
                async with self._engine.begin() as connection:
                    await _insert(connection, batch)
        except Exception as problem:  # noqa: BLE001  whatever it is, the writer goes on for everybody else
            if len(batch) > 1:
                for request in batch:
                    await self._write([request])
            elif not batch[0].done.done():
                batch[0].done.set_exception(problem)
        else:
            for request in batch:
                if not request.done.done():
                    request.done.set_result(None)

    async def _rows(self, query: Any) -> Sequence[Any]:
        return await self._unbroken(self._fetch(query))

    async def _unbroken(self, work: Coroutine[Any, Any, T]) -> T:
        """Goes through although whoever asked may go: a driver cut off within a query would outlive the event loop."""
        asking = asyncio.create_task(work, name="store query")
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        return await asyncio.shield(asking)

    async def _fetch(self, query: Any) -> Sequence[Any]:
        with told_in_a_sentence():
            async with self._engine.connect() as connection:
                return (await connection.execute(query)).all()

    async def _replace_deliveries(self, noted: Sequence[Delivery]) -> None:
        with told_in_a_sentence():
            async with self._beside, self._engine.begin() as connection:
                for delivery in noted:
                    key = (deliveries.c.message_id == delivery.message_id) & (
                        deliveries.c.recipient == delivery.recipient
                    )
                    await connection.execute(delete(deliveries).where(key))
                named = {delivery.call_id for delivery in noted}
                # No other program may delete a call from here on: SQLite lets it wait after a change, PostgreSQL now.
                await connection.execute(select(calls.c.id).where(calls.c.id.in_(named)).with_for_update(read=True))
                await check_there(connection, named)
                for delivery in noted:
                    row = delivery.model_dump(include={"message_id", "recipient", "call_id", "at"})
                    await connection.execute(insert(deliveries).values(**row, body=delivery.model_dump(mode="json")))

    async def _insert_notes(self, rows: Sequence[dict[str, Any]]) -> None:
        with told_in_a_sentence():
            async with self._beside, self._engine.begin() as connection:
                await check_there(connection, {row["name"] for row in rows if row["kind"] in OF_A_CALL})
                await connection.execute(insert(journal), rows)

    async def _delete(self, call_id: str, at: datetime, told: Sequence[dict[str, Any]], parting: Parting) -> None:
        with told_in_a_sentence():
            async with self._beside:  # so that no message comes to those that are looked for before the transaction
                async with self._engine.connect() as connection:
                    messages = await messages_about(connection, call_id)
                async with self._engine.begin() as connection:
                    await delete_call(connection, call_id, at, [*messages, *parting.gone])
                    for seq, note in parting.changed.items():
                        changed = update(journal).where(journal.c.seq == seq).values(body=note.model_dump_json())
                        await connection.execute(changed)
                    if told:
                        await connection.execute(insert(journal), told)
        await sweep_files(self._engine)


def _note_row(subject: Subject, note: Note, at: datetime) -> dict[str, Any]:
    return {**subject._asdict(), "at": at, "body": note.model_dump_json()}


async def _insert(connection: AsyncConnection, batch: Sequence[_Append]) -> None:
    for request in batch:
        if request.record is not None:
            await save_record(connection, request.record)
    rows = [row_of(request.call_id, logged) for request in batch for logged in request.events]
    if rows:
        await connection.execute(insert(events), rows)
    # Only now: as from the first write on, no deletion comes in between.
    await check_there(connection, {request.call_id for request in batch})


def _sqlite_settings(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # an acknowledged utterance survives the plug, not only the process
    cursor.execute("PRAGMA busy_timeout=3000")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
    cursor.close()
