"""The sound of calls over HTTP: whether it is kept, playing it, deleting it, and transcribing it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from copilot.domain.recordings import Progress, SoundKept
from copilot.errors import CopilotError
from copilot.live.call import LiveCall
from copilot.live.transcribing import NothingTranscribed
from copilot.web.api import Wired, known_form

router = APIRouter(tags=["sound"])


class NoSound(CopilotError):
    """The sound of a call cannot be played; why not is the sentence."""


class NotOver(CopilotError):
    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"call {call_id!r} is not over; its sound can be deleted afterwards")


@router.get("/api/calls/{call_id}/sound/about")
async def get_about_sound(call_id: str, wired: Wired) -> SoundKept:
    """Whether the sound can be played and until when it is kept, or why not."""
    call = await wired.calls.get(known_form(call_id))
    return await wired.keeping.about(call.record)


@router.get("/api/calls/{call_id}/sound", response_class=FileResponse)
async def get_sound(call_id: str, wired: Wired) -> FileResponse:
    """The sound as Ogg/Opus, on the call's clock, whole or in ranges."""
    call = await wired.calls.get(known_form(call_id))
    file = await wired.keeping.file(call.id)
    if file is None:
        raise NoSound((await wired.keeping.about(call.record)).message or "there is no sound")
    return FileResponse(
        file,
        media_type="audio/ogg",
        filename=f"{call.id}.ogg",
        content_disposition_type="inline",
        headers={"Cache-Control": "private, no-store"},  # what somebody deletes is gone
    )


@router.delete("/api/calls/{call_id}/sound", status_code=204)
async def delete_sound(call_id: str, wired: Wired) -> Response:
    """Delete the sound of a call that is over, for good; what was said stays as text."""
    call = await wired.calls.get(known_form(call_id))
    if not call.state.wrapped_up:
        raise NotOver(call.id)
    about = await wired.keeping.about(call.record)
    if about.state == "none":
        raise NoSound(about.message or "there is no sound")
    await wired.keeping.delete(call.id)
    return Response(status_code=204)


@router.get("/api/calls/{call_id}/transcription")
async def get_transcription(call_id: str, wired: Wired) -> Progress:
    """How far the transcription of an uploaded recording is; 404 where there is none, or it is done."""
    call = await wired.calls.get(known_form(call_id))
    progress = None if wired.transcribing is None else wired.transcribing.progress(call.id)
    if progress is None:
        raise NothingTranscribed(call.id)
    return progress


@router.post("/api/calls/{call_id}/transcription", status_code=202)
async def retry_transcription(call_id: str, wired: Wired) -> Progress:
    """Go on with a transcription that failed."""
    call = await wired.calls.get(known_form(call_id))
    if wired.transcribing is None:
        raise NothingTranscribed(call.id)
    wired.transcribing.retry(call.id)
    return await get_transcription(call_id, wired)


@router.delete("/api/calls/{call_id}/transcription", status_code=204)
async def cancel_transcription(call_id: str, wired: Wired) -> Response:
    """Stop a transcription. What has been transcribed stays, and the call is wrapped up with it."""
    call: LiveCall = await wired.calls.get(known_form(call_id))
    if wired.transcribing is None:
        raise NothingTranscribed(call.id)
    await wired.transcribing.cancel(call.id)
    return Response(status_code=204)
