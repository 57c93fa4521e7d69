"""`copilot delete`: a call in the store, with all that is its own."""

from __future__ import annotations

import sys

import click

from copilot.afterwards.deleting import Deletion
from copilot.domain.records import CallRecord
from copilot.errors import CallDeleted, UnusableInput
from copilot.ports import Store

GOES = "transcript, items, scorecards, email drafts and deliveries, recording, notes, links"
STAYS = (
    "what people wrote down about its account (readings, sums, agreements, goals), with words that they quoted there"
)


class NotStored(UnusableInput):
    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"there is no call {call_id!r} in the store")


class NotOver(UnusableInput):
    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"call {call_id!r} is not over; start the server, end it there, and delete it then")


async def delete(call_id: str, store: Store, deletion: Deletion, *, sure: bool) -> str:
    """What was done. Raises UnusableInput where there is no such call, it is not over, or nobody can be asked."""
    record = await store.record(call_id)
    if record is None:
        if (at := await store.deleted_at(call_id)) is not None:
            raise UnusableInput(str(CallDeleted(call_id, at)))
        raise NotStored(call_id)
    if not record.wrapped_up:
        raise NotOver(call_id)
    if not sure:
        _confirm(record)
    await deletion.delete(call_id)
    return f"Deleted {call_id}."


def _confirm(record: CallRecord) -> None:
    """Say what goes and what stays, and ask; raises UnusableInput where nobody is there to answer."""
    if not sys.stdin.isatty():
        raise UnusableInput("nobody is there to be asked; --yes deletes the call without asking")
    told = [record.info.title or record.info.id, record.info.account, record.held_on.isoformat()]
    click.echo(", ".join(part for part in told if part), err=True)
    click.echo(f"Goes, for good: {GOES}.", err=True)
    click.echo(f"Stays: {STAYS}.", err=True)
    click.confirm("Delete this call?", abort=True, err=True)
