"""Accounts over HTTP: their ledgers, what people write down about them, readings as CSV.

An account is named by its own name, percent-encoded. `demo=true` counts bundled calls in, which otherwise never count.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from copilot.afterwards.accounts import Accounts
from copilot.afterwards.given_notes import note_of
from copilot.errors import UnusableInput
from copilot.review.ledger import Ledger
from copilot.review.ledger.csv_readings import UnusableReadings
from copilot.review.ledger.entries import STANDING_WORDS
from copilot.review.ledger.exports import promises_as_csv, readings_as_csv
from copilot.web.api import Wired
from copilot.web.forms import documented, read_form
from copilot.web.messages import clean, cleaned

LARGEST_CSV = 2 * 2**20  # bytes
LONGEST_NAME = 200
MOST_NOTES = 200  # at once

_CSV_FIELDS = {
    "file": {
        "type": "string",
        "format": "binary",
        "description": "CSV with the columns metric, date, figure and, if wanted, source.",
    },
    "by": {"type": "string", "maxLength": LONGEST_NAME, "description": "Who imports it."},
}
_CSV_FORM = documented({"type": "object", "properties": _CSV_FIELDS, "required": ["file"]})

router = APIRouter(tags=["accounts"])
Demo = Annotated[bool, Query(description="Whether bundled calls count.")]


def accounts(wired: Wired) -> Accounts:
    return wired.accounts


Known = Annotated[Accounts, Depends(accounts)]


@router.get("/api/accounts")
async def list_accounts(known: Known, demo: Demo = False) -> dict[str, Any]:
    """Every account that one of the newest calls is with, or of which notes alone are left.

    Of each, how many promises stand how, and what is overdue.
    """
    return {"accounts": [_line(book) for book in await known.ledgers(demo=demo)], "standing_words": STANDING_WORDS}


@router.get("/api/accounts/{account:path}/ledger.csv")
async def get_promises(account: str, known: Known, demo: Demo = False) -> Response:
    """A line for every promise."""
    return _file(promises_as_csv(await known.ledger(account, demo=demo)), "ledger.csv")


@router.get("/api/accounts/{account:path}/readings.csv")
async def get_readings(account: str, known: Known, demo: Demo = False) -> Response:
    """A line for every reading, with the columns that an import takes."""
    return _file(readings_as_csv(await known.ledger(account, demo=demo)), "readings.csv")


@router.get("/api/accounts/{account:path}/notes")
async def get_notes(account: str, known: Known) -> dict[str, Any]:
    """The account's journal: everything that was written down, what was taken back included, the oldest first."""
    written = await known.journal(account)
    return {"notes": [{"seq": n.seq, "at": n.at, **n.note.model_dump(mode="json")} for n in written]}


@router.post("/api/accounts/{account:path}/notes", status_code=201)
async def write_notes(
    account: str,
    known: Known,
    notes: Annotated[list[dict[str, Any]], Body(embed=True, description="Each with its type; figures as their words.")],
    seen: Annotated[
        int | None,
        Body(ge=0, description="The ledger's `last_note` as the writer saw it; 409 where the same has changed since."),
    ] = None,
    demo: Demo = False,
) -> dict[str, Any]:
    """Write notes down, all or none; the ledger with them."""
    if not 0 < len(notes) <= MOST_NOTES:
        raise UnusableInput(f"notes come 1 to {MOST_NOTES} at a time; these are {len(notes)}")
    book = await known.write(account, [note_of(cleaned(note)) for note in notes], seen=seen, demo=demo)
    return await _ledger_view(account, book, known, demo=demo)


@router.post("/api/accounts/{account:path}/readings", status_code=201, openapi_extra=_CSV_FORM)
async def import_readings(account: str, known: Known, request: Request, demo: Demo = False) -> dict[str, Any]:
    """Take readings as CSV, all or none; the ledger with them, how many, and what was passed over.

    `known_already` counts lines that say what a reading that stands says: the metric, the day and the figure.
    """
    content = bytearray()

    async def take(name: str, data: bytes) -> None:
        content.extend(data)
        if len(content) > LARGEST_CSV:
            raise UnusableReadings(_named(name), [f"it has more than {LARGEST_CSV // 2**20} MiB"])

    form = await read_form(request, take, file_field="file")
    if form.file is None:
        raise RequestValidationError([{"loc": ("body", "file"), "msg": "Field required", "type": "missing"}])
    name, by = _named(form.file), clean(form.fields.get("by", [""])[-1])
    if len(by) > LONGEST_NAME:
        raise UnusableInput(f"the name of who imports it has more than {LONGEST_NAME} characters")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableReadings(name, ["it is no text in UTF-8"]) from error
    book, taken = await known.import_readings(account, text, file=name, by=by or None, demo=demo)
    told = {"imported": len(taken.notes), "known_already": taken.known, "columns_passed_over": taken.passed_over}
    return {**await _ledger_view(account, book, known, demo=demo), **told}


@router.get("/api/accounts/{account:path}")
async def get_account(
    account: str,
    known: Known,
    demo: Demo = False,
    download: Annotated[bool, Query(description="As a file.")] = False,
) -> Response:
    """The account's ledger."""
    book = await known.ledger(account, demo=demo)
    headers = {"Content-Disposition": 'attachment; filename="ledger.json"'} if download else {}
    return JSONResponse(await _ledger_view(account, book, known, demo=demo), headers=headers)


def _named(file: str) -> str:
    return clean(file)[:LONGEST_NAME] or "the file"


async def _ledger_view(account: str, book: Ledger, known: Accounts, *, demo: bool) -> dict[str, Any]:
    """The ledger as JSON, with the words for its states, and how many bundled calls it goes without."""
    left_out = 0 if demo else await known.demos(account)
    return {**book.model_dump(mode="json"), "standing_words": STANDING_WORDS, "demos_left_out": left_out}


def _line(book: Ledger) -> dict[str, Any]:
    standing: dict[str, int] = {}
    for row in book.rows:
        standing[row.standing] = standing.get(row.standing, 0) + 1
    return {
        "account": book.account,
        "calls": len(book.calls),
        "last_call": max((call.on for call in book.calls), default=None),
        "promises": sum(row.standing != "result" for row in book.rows),
        "standing": standing,
        "readings_overdue": sum(metric.overdue for metric in book.metrics),
        "milestones_overdue": sum(line.state == "overdue" for line in book.milestones),
        "renewal": book.contract.note.renewal if book.contract else None,
        "demo": any(call.demo for call in book.calls),
    }


def _file(content: str, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)
