"""Deleting a call with all that is its own."""

from __future__ import annotations

from fastapi import APIRouter, Response

from copilot.errors import BrokenLog, CopilotError
from copilot.live.call import LiveCall
from copilot.web.api import Wired, known_form
from copilot.web.services import Services

router = APIRouter(tags=["calls"])


class StillGoing(CopilotError):
    """A call that is not over; `what` would end it."""

    def __init__(self, call_id: str, state: str, what: str) -> None:
        self.call_id = call_id
        super().__init__(f"call {call_id!r} {state}; {what}, and delete it then")


@router.delete("/api/calls/{call_id}", status_code=204)
async def delete_call(call_id: str, wired: Wired) -> Response:
    """Delete a call that is over, for good: transcript, items, scorecard, email, links, sound.

    What people wrote down about its account stays. Webhooks that ask for `call.deleted` are told.
    """
    try:
        call = await wired.calls.get(known_form(call_id))
    except BrokenLog:  # it can be deleted all the same
        pass
    else:
        _check_over(call, wired)
    await wired.calls.delete(call_id, lambda: _forget(call_id, wired))
    return Response(status_code=204)


def _check_over(call: LiveCall, wired: Services) -> None:
    """Raises StillGoing."""
    if call.state.wrapped_up:
        return
    if wired.transcribing is not None and wired.transcribing.progress(call.id) is not None:
        raise StillGoing(call.id, "is being transcribed", "stop that")
    if call.state.ended:
        raise StillGoing(call.id, "is being wrapped up", "wait until that is done")
    raise StillGoing(call.id, "is still live", "end it")


async def _forget(call_id: str, wired: Services) -> None:
    if wired.webhooks is not None:
        await wired.webhooks.forget(call_id)
    async with wired.keeping.letting_go(call_id):
        told = await wired.deletion.delete(call_id)
    wired.accounts.forget(call_id)
    if wired.webhooks is not None:
        wired.webhooks.take(told)
