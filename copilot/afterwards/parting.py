"""Reads what has to be known of an account before one of its calls is deleted."""

from __future__ import annotations

import asyncio
from datetime import date

from copilot.afterwards.accounts import MOST_CALLS
from copilot.domain.accounts import ACCOUNT_NOTE
from copilot.domain.journal import NO_PARTING, Parting
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState, apply
from copilot.errors import BrokenLog
from copilot.ports import Store
from copilot.review.ledger import AccountCall, ledger
from copilot.review.ledger.parting import is_about, parting


async def parting_with(store: Store, record: CallRecord, today: date) -> Parting:
    """What becomes of people's notes when this call goes. Calls are read only where a note is about this one."""
    call_id, name = record.info.id, record.info.account or ""
    every = await store.written("account", ACCOUNT_NOTE)
    if not any(is_about(written.note, call_id) for written in every):
        return NO_PARTING
    records = await store.records(MOST_CALLS, account=name) if name else []
    calls = [call for one in records if (call := await _call(store, one)) is not None]
    others = [call for call in calls if call.id != call_id]
    notes = [written for written in every if written.subject.name == name]
    before = await asyncio.to_thread(ledger, name, calls, notes, today)
    after = await asyncio.to_thread(ledger, name, others, notes, today)
    return parting(call_id, every, before, after)


async def _call(store: Store, record: CallRecord) -> AccountCall | None:
    """None where its log cannot be read, so that a broken call never keeps another from being deleted."""
    state = CallState()
    try:
        for logged in await store.read(record.info.id):
            state = apply(state, logged.event)
    except BrokenLog:
        return None
    info = state.call or record.info
    return AccountCall(info.id, info.title, info.kind, record.held_on, state, demo=info.demo)
