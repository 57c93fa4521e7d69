"""What follows a call, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from copilot.review.summary_email import (
    Letter,
    as_draft,
    as_html,
    as_markdown,
    as_text,
    left_out,
    write_letter,
)
from copilot.web.api import Wired, known_form

router = APIRouter(tags=["review"])

NOTHING_RUNS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""A mail brings its styles along in its tags; nothing else of it may do anything."""


@router.get("/api/calls/{call_id}/email", response_model=None)
async def get_email(
    call_id: str,
    wired: Wired,
    form: Annotated[
        Literal["json", "text", "markdown", "html", "eml"],
        Query(alias="format", description="json: all of them, what is not in the email, and what was sent."),
    ] = "json",
    language: Annotated[
        str | None, Query(max_length=35, description="en, de, fr or es; by default as the call has it, else English.")
    ] = None,
) -> Response:
    """The summary of a call for the customer: what was heard or confirmed as it stands now, and nothing internal."""
    call = await wired.calls.get(known_form(call_id))
    letter = write_letter(call.state, language=language)
    match form:
        case "text":
            return Response(as_text(letter), media_type="text/plain; charset=utf-8")
        case "markdown":
            return Response(as_markdown(letter), media_type="text/markdown; charset=utf-8")
        case "html":
            return Response(as_html(letter), media_type="text/html; charset=utf-8", headers=NOTHING_RUNS)
        case "eml":
            named = {"Content-Disposition": f'attachment; filename="{call.id}.eml"'}
            return Response(as_draft(letter), media_type="message/rfc822", headers=named)
    remarks = [remark.model_dump(mode="json") for remark in left_out(call.state)]
    sent = [delivery.model_dump(mode="json") for delivery in await wired.store.deliveries(call.id)]
    return JSONResponse(
        {"call_id": call.id, "seq": call.state.seq, **email_view(letter), "not_in_the_email": remarks, "sent": sent}
    )


def email_view(letter: Letter) -> dict[str, Any]:
    """The email in every form, and its parts, each with the item and the words that it rests on."""
    return {
        "subject": letter.subject,
        "language": letter.words.language,
        "text": as_text(letter),
        "markdown": as_markdown(letter),
        "html": as_html(letter),
        "parts": letter.model_dump(
            mode="json",
            include={"before", "consequences", "aims", "phases", "measures", "steps", "open_questions"},
        ),
    }
