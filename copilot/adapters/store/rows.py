"""What is kept, as rows of the tables, and rows as what is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from copilot.adapters.store.deleting import delete_account_without_calls
from copilot.adapters.store.tables import accounts, calls, in_utc, participants
from copilot.domain.events import EVENT, Logged
from copilot.domain.journal import N
from copilot.domain.records import CallRecord, account_key
from copilot.errors import BrokenLog, BrokenNote


def note_of(row: Any, shape: TypeAdapter[N]) -> N:
    """Raises BrokenNote."""
    try:
        return shape.validate_json(row.body)
    except ValidationError as error:
        raise BrokenNote(row.kind, row.name, row.seq) from error


def logged_of(call_id: str, seq: int, at: datetime, body: str) -> Logged:
    """Raises BrokenLog."""
    try:
        return Logged.model_construct(seq=seq, at=in_utc(at), event=EVENT.validate_json(body))
    except ValidationError as error:
        raise BrokenLog(call_id, seq) from error


def row_of(call_id: str, logged: Logged) -> dict[str, Any]:
    body = logged.event.model_dump_json()
    return {"call_id": call_id, "seq": logged.seq, "at": logged.at, "type": logged.event.type, "body": body}


async def save_record(connection: AsyncConnection, record: CallRecord) -> None:
    """Write down what is known of a call, its account and its participants, over what was there."""
    info = record.info
    former = (await connection.execute(select(calls.c.account_id).where(calls.c.id == info.id))).scalar()
    account_id = await _account_id(connection, info.account)
    row = {
        "account_id": account_id,
        "kind": info.kind.value,
        "title": info.title,
        "demo": info.demo,
        "started_at": record.started_at,
        "ended_at": record.ended_at,
        "wrapped_up": record.wrapped_up,
        "record": record.model_dump(mode="json"),
        "held_on": record.held_on,
        "words": record.words,
        "content": record.content,
    }
    changed = await connection.execute(update(calls).where(calls.c.id == info.id).values(**row))
    if not changed.rowcount:
        await connection.execute(insert(calls).values(id=info.id, **row))
    if former not in (None, account_id):
        await delete_account_without_calls(connection, former)
    await connection.execute(delete(participants).where(participants.c.call_id == info.id))
    if info.participants:
        people = [
            {"call_id": info.id, "position": n, "name": p.name, "role": p.role.value, "title": p.title}
            for n, p in enumerate(info.participants)
        ]
        await connection.execute(insert(participants), people)


async def _account_id(connection: AsyncConnection, name: str | None) -> int | None:
    if name is None:
        return None
    known = (await connection.execute(select(accounts.c.id).where(accounts.c.name == name))).scalar()
    if known is not None:
        return int(known)
    made = await connection.execute(insert(accounts).values(name=name, key=account_key(name)).returning(accounts.c.id))
    return int(made.scalar_one())
