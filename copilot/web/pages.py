"""The pages' HTML: a shell each; the modules under `static/js` fill it from the API and the panel socket."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates

from copilot import __version__
from copilot.errors import NoSuchCall
from copilot.web.api import Wired
from copilot.web.assets import Assets
from copilot.web.messages import CALL_ID
from copilot.web.services import Services

_HERE = Path(__file__).parent
STATIC = _HERE / "static"

router = APIRouter(include_in_schema=False)


def _assets(request: Request) -> dict[str, Any]:
    """What every template has."""
    assets: Assets = request.app.state.assets
    return {"static": assets.address, "modules": assets.modules}


templates = Jinja2Templates(_HERE / "templates", context_processors=[_assets])


@router.get("/", response_class=HTMLResponse)
async def calls_page(request: Request, wired: Wired) -> HTMLResponse:
    return _page(request, "calls.html", title="Calls", page=_uploads(wired))


@router.get("/new", response_class=HTMLResponse)
async def new_call_page(request: Request, wired: Wired) -> HTMLResponse:
    return _page(request, "new_call.html", title="New call", page=_uploads(wired))


@router.get("/calls/{call_id}", response_class=HTMLResponse)
async def call_page(request: Request, call_id: str, wired: Wired) -> HTMLResponse:
    if not CALL_ID.fullmatch(call_id):
        raise NoSuchCall(call_id)
    call = await wired.calls.get(call_id)
    info = call.record.info
    transcribing = wired.transcribing is not None and wired.transcribing.progress(call_id) is not None
    page = {
        "call_id": call_id,
        "kind": info.kind,
        "live": not call.state.ended,
        "transcribing": transcribing,
        "started_at": call.record.started_at.isoformat(),
    }
    return _page(request, "call.html", title=info.title or call_id, page=page)


@router.get("/settings", response_class=HTMLResponse)
async def settings_page(request: Request) -> HTMLResponse:
    return _page(request, "settings.html", title="Settings", page={})


@router.get("/team", response_class=HTMLResponse)
async def team_page(request: Request) -> HTMLResponse:
    return _page(request, "team.html", title="Team", page={})


@router.get("/accounts", response_class=HTMLResponse)
async def accounts_page(request: Request, wired: Wired, demo: bool | None = None) -> HTMLResponse:
    return _page(request, "accounts.html", title="Accounts", page=_demos(wired, demo))


@router.get("/accounts/{account:path}", response_class=HTMLResponse)
async def account_page(request: Request, account: str, wired: Wired, demo: bool | None = None) -> Response:
    """However it is typed, the page is at the account's own spelling."""
    known = await wired.store.account_named(account)
    if known is not None and known != account:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/accounts/{quote(known, safe='')}{asked}")
    await wired.accounts.demos(account)  # raises NoSuchAccount
    return _page(request, "account.html", title=account, page={"account": account, **_demos(wired, demo)})


@router.get("/docs", response_class=HTMLResponse)
async def docs_page(request: Request) -> HTMLResponse:
    """The API as `/openapi.json` describes it. Our own page: the usual ones load their scripts from elsewhere."""
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in request.app.openapi()["paths"].items()
        for method, operation in methods.items()
    ]
    return _page(request, "docs.html", title="API", page={}, operations=operations)


def _demos(wired: Services, asked: bool | None) -> dict[str, bool]:
    """Whether bundled calls count on a page, and whether they do unless it is asked."""
    return {"demo": wired.demos_count if asked is None else asked, "demos_count": wired.demos_count}


def _uploads(wired: Services) -> dict[str, Any]:
    """What a page says of recordings before one is sent."""
    return {
        "speech": wired.ears is not None,
        "largest_recording": wired.largest_recording,
        "sound_days": wired.keeping.days,
    }


def _page(request: Request, template: str, *, title: str, page: dict[str, Any], **more: Any) -> HTMLResponse:
    context = {"title": title, "page": {**page, "version": __version__}, **more}
    return templates.TemplateResponse(request, template, context)
