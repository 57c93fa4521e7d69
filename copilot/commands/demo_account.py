"""The bundled account: its calls and its journal, brought up to the present quarter and taken in at once."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from copilot.afterwards.accounts import Accounts
from copilot.afterwards.given_notes import note_of
from copilot.domain.call import CallInfo, CallKind, Transcript
from copilot.importers.detect import read_transcripts
from copilot.live.sending import send
from copilot.review.ledger import Ledger
from copilot.review.ledger.cadence import Cadence
from copilot.web.services import Services

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`calls` by the id that they are to have. `notes` are JSON, with the day that each was written on as `at`.

    The whole is told as of the first day of a quarter, `as_of`.
    """

    name: str
    as_of: date
    calls: Mapping[str, Transcript]
    notes: Sequence[Mapping[str, Any]]


def read_demo_account(folder: Path) -> DemoAccount:
    """The account whose calls and journal are in this folder."""
    journal = json.loads((folder / "journal.json").read_text(encoding="utf-8"))
    files = {call_id: folder / name for call_id, name in journal["calls"].items()}
    calls = {call_id: read_transcripts(file.read_bytes(), name=file.name)[0] for call_id, file in files.items()}
    return DemoAccount(journal["account"], date.fromisoformat(journal["as_of"]), calls, journal["notes"])


async def take_in(services: Services, bundle: DemoAccount, today: date) -> None:
    """Analyse the calls and write the journal as if all of it had happened up to the present quarter."""
    months = 3 * (_quarters(today) - _quarters(bundle.as_of))
    for call_id, transcript in bundle.calls.items():
        call = await services.calls.begin(_info(call_id, transcript, months))
        await send(call, transcript, speed=0)
    moment = datetime.now(UTC)
    accounts = Accounts(services.store, services.playbook.value_demonstration, lambda: moment)
    for given in bundle.notes:
        note = dict(_moved(given, months))
        moment = datetime.combine(date.fromisoformat(note.pop("at")), time(17), UTC)
        book = await accounts.ledger(bundle.name, demo=True)
        await accounts.write(bundle.name, [note_of(_with_promise(note, book))], demo=True)


def _info(call_id: str, transcript: Transcript, months: int) -> CallInfo:
    held_on = transcript.held_on
    return CallInfo(
        id=call_id,
        title=transcript.title,
        kind=transcript.kind or CallKind.OTHER,
        account=transcript.account,
        participants=transcript.participants,
        held_on=held_on and _later(held_on, months),
        demo=True,
    )


def _quarters(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def _moved(value: Any, months: int) -> Any:
    """JSON with every day and every quarter in it so many months later."""
    match value:
        case dict():
            return {key: _moved(item, months) for key, item in value.items()}
        case str() if _DAY.fullmatch(value):
            return _later(date.fromisoformat(value), months).isoformat()
        case str() if quarter := _QUARTER.fullmatch(value):
            moved = int(quarter[1]) * 4 + int(quarter[2]) - 1 + months // 3
            return f"{moved // 4}-Q{moved % 4 + 1}"
        case _:
            return value


def _later(day: date, months: int) -> date:
    """So many months later; the last of a month stays one."""
    moved = Cadence(months, "months").after(day)
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1]) if is_last else moved


def _with_promise(note: dict[str, Any], book: Ledger) -> dict[str, Any]:
    """The note with the id of the metric that it names by its words."""
    if (words := note.get("promise")) is None:
        return note
    named = {mention.text: metric.id for metric in book.metrics for mention in metric.mentions}
    return {**note, "promise": named[words]}
