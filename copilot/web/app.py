"""The web application: routes, sockets, headers, and errors as answers."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from http import HTTPStatus

from fastapi import FastAPI, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from copilot import __version__
from copilot.afterwards.accounts import NoSuchAccount
from copilot.afterwards.scorekeeping import NotScoredYet
from copilot.afterwards.sharing import NoSuchShare
from copilot.afterwards.webhooks import EndpointBroken, NoSuchDelivery, NoSuchEndpoint
from copilot.errors import CallDeleted, CallNotOver, CopilotError, MovedOn, NoSuchCall, StoreUnavailable, UnusableInput
from copilot.live.calls import Overloaded
from copilot.live.transcribing import NothingTranscribed
from copilot.review.scorecard import NoScorecard
from copilot.web import (
    accounts_api,
    api,
    deletion_api,
    details_api,
    due_api,
    email_api,
    export_api,
    maturity_api,
    pages,
    report_api,
    review_api,
    scorecard_api,
    settings_api,
    share_api,
    sound_api,
    team_api,
    upload_api,
    webhooks_api,
)
from copilot.web.access import AccessMiddleware, problem
from copilot.web.api import NoSuchDemo
from copilot.web.assets import Assets, read_files
from copilot.web.email_api import NoMailServer
from copilot.web.ingest_socket import ingest
from copilot.web.installation import NoSuchPart
from copilot.web.panel_socket import panel
from copilot.web.services import Services
from copilot.web.settings_api import NothingToTry
from copilot.web.sound_api import NoSound, NotOver
from copilot.web.twilio_socket import twilio
from copilot.web.upload_api import KnownAlready, UploadTooLarge
from copilot.web.watchers import Failures, Watcher, watched_by

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        "connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

ROUTERS = (
    api.router,
    details_api.router,
    due_api.router,
    deletion_api.router,
    upload_api.router,
    sound_api.router,
    review_api.router,
    email_api.router,
    share_api.router,
    share_api.pages,
    scorecard_api.router,
    report_api.router,  # before the account itself, whose name may have any form
    accounts_api.router,
    team_api.router,
    export_api.router,
    maturity_api.router,
    settings_api.router,
    webhooks_api.router,
    pages.router,
)


def create_app(services: Services) -> FastAPI:
    """The application. While it runs, it watches over the calls; those that an earlier run left unfinished go on."""

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await _take_up(services)
        services.background.start(services.scorekeeper.catch_up(), name="scorecards of earlier calls")
        try:
            async with watched_by(_watchers(services), app.state.failures):
                try:
                    yield
                finally:
                    await services.background.stop()
                    if services.transcribing is not None:
                        await services.transcribing.close()
        finally:
            await services.calls.close()

    app = FastAPI(title="Copilot", version=__version__, lifespan=lifespan, redoc_url=None, docs_url=None)
    app.state.services = services
    app.state.failures = Failures()
    assets = Assets(read_files(pages.STATIC))
    app.state.assets = assets
    # First, since a page asks for a hundred of them.
    app.add_route("/static/{path:path}", assets.answer, include_in_schema=False)
    for router in ROUTERS:
        app.include_router(router)
    app.add_api_websocket_route("/ws/calls/{call_id:path}/ingest", _ingest)
    app.add_api_websocket_route("/ws/calls/{call_id:path}/panel", _panel)
    app.add_api_websocket_route("/ws/twilio", _twilio)
    _answer_errors(app)
    app.add_middleware(AccessMiddleware, access=services.access)
    headers = {**SECURITY_HEADERS, "Copilot-Pages": assets.version}
    app.add_middleware(FixedHeaders, headers=headers)  # around it, so that refusals have them too
    return app


def _watchers(services: Services) -> dict[str, Watcher]:
    watchers: dict[str, Watcher] = {
        "watch over calls": services.calls.watch_over,
        "keeping of sound": services.keeping.run,
    }
    if services.webhooks is not None:
        watchers["telling of webhooks"] = services.webhooks.run
    if services.transcribing is not None:
        watchers["telling how far recordings are"] = services.transcribing.run
    return watchers


async def _take_up(services: Services) -> None:
    """Go on with what an earlier run of the server left."""
    if services.transcribing is not None:
        await services.transcribing.prepare()
    await services.keeping.take_up()
    await services.calls.take_up()
    if services.transcribing is not None:
        await services.transcribing.take_up()


async def _ingest(socket: WebSocket, call_id: str) -> None:
    await ingest(socket, socket.app.state.services, call_id)


async def _panel(socket: WebSocket, call_id: str) -> None:
    await panel(socket, socket.app.state.services, call_id)


async def _twilio(socket: WebSocket) -> None:
    await twilio(socket, socket.app.state.services)


def _answer_errors(app: FastAPI) -> None:
    statuses: dict[type[Exception], tuple[int, str]] = {
        CallDeleted: (410, "deleted"),
        NoSuchCall: (404, "no_such_call"),
        CallNotOver: (409, "still_going"),
        NoSuchDemo: (404, "no_such_demo"),
        NoSuchAccount: (404, "no_such_account"),
        NoSuchPart: (404, "no_such_part"),
        NoSuchShare: (404, "no_such_link"),
        NoSuchEndpoint: (404, "no_such_webhook"),
        NoSuchDelivery: (404, "no_such_delivery"),
        EndpointBroken: (409, "webhook_broken"),
        NothingToTry: (404, "nothing_to_try"),
        NoScorecard: (404, "no_scorecard"),
        NotScoredYet: (409, "not_scored_yet"),
        MovedOn: (409, "moved_on"),
        NoMailServer: (409, "no_mail_server"),
        NoSound: (404, "no_sound"),
        NothingTranscribed: (404, "no_transcription"),
        NotOver: (409, "not_over"),
        UnusableInput: (422, "unusable_input"),
        UploadTooLarge: (413, "too_large"),
        StoreUnavailable: (503, "unavailable"),
        Overloaded: (503, "overloaded"),
        CopilotError: (500, "failed"),
    }
    for kind, (status, code) in statuses.items():
        app.add_exception_handler(kind, partial(_answer_failed, status, code))
    app.add_exception_handler(KnownAlready, _answer_known)
    app.add_exception_handler(RequestValidationError, _answer_unusable)
    app.add_exception_handler(HTTPException, _answer_http)


def _answer_failed(status: int, code: str, request: Request, error: Exception) -> Response:
    return _error(request, status, code, str(error))


def _answer_known(_: Request, error: Exception) -> Response:
    """What is uploaded twice, with the call that was made of it before."""
    told = {"call": error.view} if isinstance(error, KnownAlready) else {}
    return JSONResponse({**problem("known_already", str(error)), **told}, 409)


def _answer_unusable(request: Request, error: Exception) -> Response:
    """The first thing that is wrong with a request, and where."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {"loc": (), "msg": str(error)}
    place = ".".join(str(part) for part in first["loc"])
    return _error(request, 422, "bad_request", f"{place}: {first['msg']}")


def _answer_http(request: Request, error: Exception) -> Response:
    """What the framework itself refuses, and forms that are none; where nobody wrote why, the status says it."""
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    phrase = HTTPStatus(status).phrase
    said = f"{phrase}." if detail in ("", phrase) else detail
    message = "There is nothing at this address." if status == 404 else said
    return _error(request, status, phrase.lower().replace(" ", "_"), message)


def _error(request: Request, status: int, code: str, message: str) -> Response:
    """A page for whoever looks at pages, else JSON."""
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    if wants_page and request.method == "GET":
        heading = "This call was deleted" if status == 410 else "That did not work"
        context = {"title": "Copilot", "heading": heading, "message": message, "page": {}}
        return pages.templates.TemplateResponse(request, "problem.html", context, status)
    return JSONResponse(problem(code, message), status)


class FixedHeaders:
    """Adds headers to every answer that does not set its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name for name, _ in message["headers"]}
                message["headers"].extend((name, value) for name, value in self._headers if name not in known)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
