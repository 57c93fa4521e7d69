"""Calls that are deleted, so that nothing of them is left in the database, and nothing comes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from copilot.adapters.store.failures import told_in_a_sentence
from copilot.adapters.store.migrating import Alone
from copilot.adapters.store.tables import accounts, calls, deleted_calls, deliveries, events, in_utc, journal
from copilot.domain.journal import OF_A_CALL
from copilot.domain.webhooks import messages_of, notes_about
from copilot.errors import CallDeleted, NoSuchCall, StoreUnavailable, UnusableInput

log = logging.getLogger(__name__)

_TRIES, _REST_S = 5, 0.2
_MOST_NAMED = 500  # notes in one statement
_ZEROES = 1  # SQLite's `user_version` of a file in which everything was deleted under `secure_delete`


def when_deleted(call_id: str) -> Select[tuple[datetime]]:
    """No row where it was not."""
    return select(deleted_calls.c.at).where(deleted_calls.c.id_hash == _hash(call_id))


async def check_there(connection: AsyncConnection, call_ids: Iterable[str]) -> None:
    """Raises CallDeleted for a call that was deleted; one that never was is nothing to complain of."""
    known = {_hash(call_id): call_id for call_id in call_ids}
    query = select(deleted_calls).where(deleted_calls.c.id_hash.in_(known))
    if (row := (await connection.execute(query)).first()) is not None:
        raise CallDeleted(known[row.id_hash], in_utc(row.at))


async def delete_call(connection: AsyncConnection, call_id: str, at: datetime, notes: Sequence[int]) -> None:
    """Within the caller's transaction, with these notes on it (`messages_about`). Raises CallDeleted and NoSuchCall."""
    await check_there(connection, [call_id])
    found = (await connection.execute(select(calls.c.account_id).where(calls.c.id == call_id))).first()
    if found is None:
        raise NoSuchCall(call_id)
    await connection.execute(delete(events).where(events.c.call_id == call_id))
    await connection.execute(delete(calls).where(calls.c.id == call_id))  # its participants go along
    await connection.execute(delete(deliveries).where(deliveries.c.call_id == call_id))
    await connection.execute(delete(journal).where(journal.c.kind.in_(OF_A_CALL), journal.c.name == call_id))
    for begin in range(0, len(notes), _MOST_NAMED):
        named = notes[begin : begin + _MOST_NAMED]
        await connection.execute(delete(journal).where(journal.c.seq.in_(named)))
    await delete_account_without_calls(connection, found.account_id)
    await connection.execute(insert(deleted_calls).values(id_hash=_hash(call_id), at=at))


async def messages_about(connection: AsyncConnection, call_id: str) -> list[int]:
    """The numbers of webhooks' notes on messages about a call, with the answers that came."""
    noted = select(journal.c.seq, journal.c.body).where(journal.c.kind == "webhook")
    queued = (await connection.execute(noted.where(_names(call_id)))).all()
    messages = messages_of(call_id, [row.body for row in queued])
    if not messages:
        return []
    later = noted.where(journal.c.seq >= min(row.seq for row in queued), or_(*map(_names, sorted(messages))))
    rows = (await connection.execute(later)).all()
    return notes_about(call_id, [(row.seq, row.body) for row in rows])


def _names(text_id: str) -> ColumnElement[bool]:
    """Whether a note's JSON holds this id as it stands, in whichever field."""
    return journal.c.body.contains(f'"{text_id}"', autoescape=True)


async def delete_account_without_calls(connection: AsyncConnection, account_id: int | None) -> None:
    others = select(calls.c.id).where(calls.c.account_id == account_id).exists()
    await connection.execute(delete(accounts).where(accounts.c.id == account_id, ~others))


async def sweep_files(engine: AsyncEngine) -> None:
    """See to it that what was deleted does not linger in the files, as far as the database can.

    SQLite overwrites it in the file at once, and here empties its write-ahead log. PostgreSQL is left to use the room
    anew: its own log and its backups are its keeper's.
    """
    try:
        if engine.dialect.name == "sqlite":
            await _empty_the_log(engine)
        else:
            await _autocommitted(engine, "VACUUM events, calls, participants, deliveries, journal, accounts")
    except StoreUnavailable as problem:  # the call is deleted all the same
        log.warning("What was deleted lingers in the database's files for a while: %s", problem.reason)


async def _empty_the_log(engine: AsyncEngine) -> None:
    """Whoever reads just now is waited for; if it takes too long, the log is emptied when the program ends."""
    for _ in range(_TRIES):
        with told_in_a_sentence():
            async with engine.connect() as connection:
                busy = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).scalar()
        if not busy:
            return
        await asyncio.sleep(_REST_S)
    log.warning("What was deleted stays in the database's log until the program ends: somebody is reading there")


async def overwrite_earlier_deletions(engine: AsyncEngine, alone: Alone) -> None:
    """Once per file of SQLite's: what an earlier version deleted still stands in its unused pages."""
    if engine.dialect.name != "sqlite":
        return
    async with engine.connect() as connection:
        done = (await connection.execute(text("PRAGMA user_version"))).scalar() == _ZEROES
    if done:
        return
    try:
        async with alone():
            await _autocommitted(engine, "VACUUM", f"PRAGMA user_version = {_ZEROES}")
            await _empty_the_log(engine)
    except (StoreUnavailable, UnusableInput) as problem:
        log.info("What was deleted earlier is overwritten at another start: %s", problem)


async def _autocommitted(engine: AsyncEngine, *statements: str) -> None:
    with told_in_a_sentence():
        async with engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
            for statement in statements:
                await connection.execute(text(statement))


def _hash(call_id: str) -> str:
    """All that is left of an id: it begins with words of the call's title."""
    return sha256(call_id.encode()).hexdigest()
