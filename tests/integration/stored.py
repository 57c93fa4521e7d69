"""Calls to be kept in a store, and where."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from copilot.domain.call import CallInfo, CallKind, Participant, Role
from copilot.domain.events import CallStarted, Event, Logged
from copilot.domain.records import CallRecord
from copilot.ports import Store

NOW = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)


def sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'copilot.db'}"


def logged(*events: Event, after: int = 0) -> list[Logged]:
    return [Logged(seq=after + n, at=NOW, event=event) for n, event in enumerate(events, 1)]


def started(call_id: str = "call", account: str | None = "Acme") -> tuple[list[Logged], CallRecord]:
    people = (Participant(name="Dana", role=Role.REP), Participant(name="Luis", role=Role.CUSTOMER, title="VP"))
    info = CallInfo(id=call_id, kind=CallKind.DISCOVERY, account=account, participants=people)
    return logged(CallStarted(call=info, playbook="value_conversation/1")), CallRecord(info=info, started_at=NOW)


async def begun(store: Store, call_id: str = "call") -> None:
    events, record = started(call_id)
    await store.append(call_id, events, record)
