"""The HTTP API: calls as JSON, the playbook, health and figures."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from copilot.domain.call import CallInfo, CallKind, Transcript
from copilot.domain.records import CallRecord, terms_of
from copilot.domain.snapshot import snapshot
from copilot.errors import NoSuchCall, StoreUnavailable, UnusableInput
from copilot.live import meters
from copilot.live.sending import send
from copilot.web.encoding import event_view
from copilot.web.messages import CALL_ID
from copilot.web.playbook_view import playbook_view
from copilot.web.services import Services
from copilot.web.watchers import Failures

DEMO_SPEED = 4.0

router = APIRouter()


def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Wired = Annotated[Services, Depends(services)]


@router.get("/healthz", tags=["health"])
async def healthz(request: Request) -> dict[str, Any]:
    """The process answers; `failing` is what fails again and again in it, while calls go on."""
    failures: Failures = request.app.state.failures
    failing = failures.again_and_again
    return {"status": "failing", "failing": failing} if failing else {"status": "ok"}


@router.get("/readyz", tags=["health"])
async def readyz(wired: Wired) -> JSONResponse:
    """The database answers too, and is this server's alone."""
    try:
        await wired.store.count()
        await wired.check_alone()
    except StoreUnavailable as trouble:
        return JSONResponse({"status": "unavailable", "reason": trouble.reason}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/api/calls", tags=["calls"])
async def list_calls(
    wired: Wired,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    q: Annotated[
        str, Query(max_length=200, description="Words that all stand in a call's title, account, people or id.")
    ] = "",
) -> dict[str, Any]:
    """Calls with their figures, live ones first, then the latest by their day, and how many there are in all."""
    records, total = await wired.calls.find(terms_of(q), limit)
    listed = [{**call_view(record), **_transcription(wired, record.info.id)} for record in records]
    return {"calls": listed, "total": total}


@router.get("/api/calls/{call_id}", tags=["calls"])
async def get_call(call_id: str, wired: Wired) -> dict[str, Any]:
    """A call's state as a panel's snapshot has it."""
    call = await wired.calls.get(known_form(call_id))
    return {"seq": call.state.seq, "state": snapshot(call.state, wired.stages)}


@router.get("/api/calls/{call_id}/events", tags=["calls"])
async def get_events(call_id: str, wired: Wired, after: int = 0) -> dict[str, Any]:
    """The call's log beyond `after`, in order."""
    call = await wired.calls.get(known_form(call_id))
    logged = await wired.store.read(call.id, min(max(after, 0), call.state.seq))
    return {"events": [{"seq": entry.seq, "event": event_view(entry)} for entry in logged]}


@router.post("/api/demo", status_code=201, tags=["calls"])
async def play_demo(
    wired: Wired, name: str = "discovery", speed: Annotated[float, Query(allow_inf_nan=False)] = DEMO_SPEED
) -> dict[str, str]:
    """Play a bundled call as if it were live; answers as soon as it has begun."""
    transcript = wired.demos.get(name)
    if transcript is None:
        raise NoSuchDemo(name, known=wired.demos)
    call_id = await start_demo(wired, transcript, name=name, speed=speed)
    return {"id": call_id, "url": f"/calls/{call_id}"}


async def start_demo(wired: Services, transcript: Transcript, *, name: str, speed: float) -> str:
    """Begin a bundled call and let it play in the background, at 0.1 to 1000 times its pace; the new call's id."""
    info = call_info(transcript, name=f"demo-{name}").model_copy(update={"demo": True})
    call = await wired.calls.begin(info)
    wired.background.start(send(call, transcript, speed=min(max(speed, 0.1), 1000.0)), name=f"demo {info.id}")
    return info.id


@router.get("/api/playbook", tags=["playbook"])
async def get_playbook(wired: Wired, kind: CallKind = CallKind.DISCOVERY) -> dict[str, Any]:
    """What the panel shows of the playbook for a kind of call: stages, pitfalls, gap questions, usual ranges."""
    return playbook_view(wired.playbook, kind)


@router.get("/metrics", tags=["health"])
async def metrics(wired: Wired) -> Response:
    """Figures for Prometheus."""
    meters.LIVE_CALLS.set(len(wired.calls.live))
    meters.PANELS.set(wired.calls.panels)
    return Response(generate_latest(meters.REGISTRY), media_type=CONTENT_TYPE_PLAIN_0_0_4)


class NoSuchDemo(UnusableInput):
    def __init__(self, name: str, *, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"there is no demo {name!r}; there are {', '.join(self.known) or 'none'}")


def known_form(call_id: str) -> str:
    """The id, where it has the form of one; raises NoSuchCall."""
    if not CALL_ID.fullmatch(call_id):
        raise NoSuchCall(call_id)
    return call_id


def call_info(
    transcript: Transcript,
    *,
    name: str,
    kind: CallKind | None = None,
    account: str | None = None,
    title: str | None = None,
    held_on: date | None = None,
) -> CallInfo:
    wanted = title or transcript.title or title_of(name)
    return CallInfo(
        id=new_id(wanted),
        title=wanted,
        kind=kind or transcript.kind or CallKind.OTHER,
        account=account or transcript.account,
        language=transcript.language,
        participants=transcript.participants,
        held_on=held_on or transcript.held_on,
    )


def title_of(file: str) -> str:
    """The file's name without its ending."""
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file) or file


def new_id(title: str) -> str:
    """A readable id that nothing else has."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-")
    return f"{words or 'call'}-{secrets.token_hex(4)}"


def _transcription(wired: Services, call_id: str) -> dict[str, Any]:
    """What the list says of a call whose recording is being transcribed."""
    progress = None if wired.transcribing is None else wired.transcribing.progress(call_id)
    return {} if progress is None else {"state": "transcribing", "recording": progress.model_dump(mode="json")}


def call_view(record: CallRecord) -> dict[str, Any]:
    info, figures = record.info, record.figures
    state = "ready" if record.wrapped_up else "wrapping_up" if record.ended_at else "live"
    return {
        "id": info.id,
        "title": info.title,
        "account": info.account,
        "kind": info.kind,
        "demo": info.demo,
        "state": state,
        "started_at": record.started_at,
        "held_on": record.held_on,
        "ended_at": record.ended_at,
        "recording": None,
        **figures.model_dump(mode="json"),
    }
