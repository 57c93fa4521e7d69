"""`copilot delete`: a call in the store, with all that is its own."""

from __future__ import annotations

import sys

import click

from copilot.afterwards.deleting import Deletion
from copilot.domain.records import CallRecord
from copilot.errors import CallNotOver, NoSuchCall, UnusableInput

GOES = (
    "transcript, items, scorecards, email drafts and deliveries, recording, notes, links; readings of promises that no "
    "other call tells (to keep those, export them first), and corrections of them"
)
STAYS = (
    "what else people wrote down about its account (readings of promises that other calls tell too, sums, agreements, "
    "goals, contract), with words that they quoted there"
)


async def delete(call_id: str, deletion: Deletion, *, sure: bool) -> str:
    """What was done. Raises UnusableInput where there is no such call, it is not over, or nobody can be asked."""
    try:
        record = await deletion.check(call_id)
    except NoSuchCall as missing:
        raise UnusableInput(str(missing)) from missing
    except CallNotOver as going:
        remedy = "start the server, end it there, and delete it then"
        raise UnusableInput(f"call {call_id!r} is not over; {remedy}") from going
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
