"""Calls for other programs: exports of one and of many, and the note for a CRM."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse, StreamingResponse

from copilot.afterwards.exporting import Export, ManyForm, OneForm, Range, one_call
from copilot.domain.call import CallKind
from copilot.review.crm_note import as_markdown, as_text, crm_note
from copilot.review.export import without_notes
from copilot.web.api import Wired, known_form

router = APIRouter(tags=["export"])

WithNotes = Annotated[bool, Query(description="Moments that were marked too, with what was noted there in private.")]
ENDINGS = {"json": "json", "csv": "csv", "markdown": "md", "ndjson": "ndjson", "zip": "zip"}
MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "ndjson": "application/x-ndjson",
    "zip": "application/zip",
}


@router.get("/api/calls/{call_id}/export", response_class=Response)
async def export_call(
    call_id: str, wired: Wired, form: Annotated[OneForm, Query(alias="format")] = "json", notes: WithNotes = False
) -> Response:
    """Everything that is known of a call: items with their quotes, questions, pitfalls, talk, transcript."""
    call = await wired.calls.get(known_form(call_id))
    state = call.state if notes else without_notes(call.state)
    content = await asyncio.to_thread(one_call, call.record, state, form, wired.playbook)
    return Response(content, media_type=MEDIA[form], headers=_named(call.id, form))


@router.get("/api/export", response_class=StreamingResponse)
async def export_calls(
    wired: Wired,
    form: Annotated[
        ManyForm, Query(alias="format", description="ndjson: a JSON document per line; zip: a file per call and form.")
    ] = "ndjson",
    since: Annotated[date | None, Query(alias="from", description="The first day.")] = None,
    until: Annotated[date | None, Query(alias="to", description="The last day.")] = None,
    kind: CallKind | None = None,
    account: Annotated[str | None, Query(max_length=200)] = None,
    demos: Annotated[bool, Query(description="Bundled calls as well.")] = False,
    notes: WithNotes = False,
) -> StreamingResponse:
    """All calls of a range, the oldest first, written out while they are read."""
    asked = Range(since=since, until=until, kind=kind, account=account, demos=demos)
    pieces = Export(wired.store, wired.playbook, notes=notes).of_many(asked, form)
    return StreamingResponse(pieces, media_type=MEDIA[form], headers=_named("calls", form))


@router.get("/api/calls/{call_id}/note", response_model=None)
async def get_note(
    call_id: str, wired: Wired, form: Annotated[Literal["text", "markdown", "json"], Query(alias="format")] = "text"
) -> Response:
    """A short note on a call to paste into a CRM."""
    call = await wired.calls.get(known_form(call_id))
    note = crm_note(call.state, wired.playbook, held_on=call.record.held_on)
    match form:
        case "text":
            return Response(as_text(note), media_type="text/plain; charset=utf-8")
        case "markdown":
            return Response(as_markdown(note), media_type=MEDIA["markdown"])
        case "json":
            return JSONResponse(note.model_dump(mode="json"))


def _named(name: str, form: str) -> dict[str, Any]:
    return {"Content-Disposition": f'attachment; filename="{name}.{ENDINGS[form]}"'}
