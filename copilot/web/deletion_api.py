"""Deleting a call with all that is its own."""

from __future__ import annotations

from fastapi import APIRouter, Response

from copilot.web.api import Wired, known_form

router = APIRouter(tags=["calls"])


@router.delete("/api/calls/{call_id}", status_code=204)
async def delete_call(call_id: str, wired: Wired) -> Response:
    """Delete a call that is over, for good: transcript, items, scorecard, email, links, sound.

    What people wrote down about its account stays. Webhooks that ask for `call.deleted` are told.
    """
    await wired.calls.delete(known_form(call_id), wired.deletion.delete)
    return Response(status_code=204)
