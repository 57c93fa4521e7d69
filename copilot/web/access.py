"""Who may come in: one token, as notebooks do it.

It is printed within the address, exchanged for a cookie that scripts cannot read, and accepted as a bearer header.
Sockets and everything that changes something also check the Origin, since browsers send cookies from foreign pages too.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
SHARED = "/shared/"
"""Pages under it are open to whoever has a call's own link; they look at it themselves."""
SIGN_IN = "/signin"
UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})

# Stylesheets need the token as everything does, so this page brings its own few rules, allowed by their hash.
_SIGN_IN_STYLE = """
:root { color-scheme: light dark; background: light-dark(#F5F6F8, #0F1216); color: light-dark(#161A20, #E9ECF0);
  font: 0.875rem/1.25rem system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 24rem; margin: 15vh auto 0; padding: 0 1rem; }
h1 { font-size: 1.375rem; line-height: 1.75rem; }
form { display: grid; gap: 0.75rem; }
label { display: grid; gap: 0.25rem; }
input, button { min-height: 2.75rem; padding: 0 0.75rem; border: 1px solid light-dark(#737E8C, #7B8695);
  border-radius: 6px; font: inherit; box-sizing: border-box; }
button { background: light-dark(#1D5BB8, #84B4FF); color: light-dark(#FFFFFF, #0B1220); font-weight: 600; }
"""
_SIGN_IN_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in · Copilot</title><link rel="icon" href="data:,"><style>{style}</style></head>
<body><main><h1>Sign in</h1>
<p>{problem}Open the address that <code>copilot serve</code> printed, or paste its token here.</p>
<form method="post" action="/signin?next={next}">
<label>Token <input name="token" type="password" autocomplete="off" autofocus required></label>
<button>Sign in</button></form></main></body></html>
"""
_STYLE_HASH = b64encode(hashlib.sha256(_SIGN_IN_STYLE.encode()).digest()).decode()
_SIGN_IN_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; form-action 'self'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # with `no-referrer` browsers would send the form with the Origin `null`
}


@dataclass(frozen=True, slots=True)
class Access:
    """The token, and the port that keeps the cookies of two servers on one machine apart."""

    token: str
    port: int

    @property
    def cookie(self) -> str:
        return f"copilot_{self.port}"

    @property
    def session(self) -> str:
        """What the cookie holds: proof of the token, not the token."""
        return hmac.new(self.token.encode(), b"copilot session", hashlib.sha256).hexdigest()

    def is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())

    def allows(self, connection: HTTPConnection) -> bool:
        """Whether a request or a socket carries the token or the cookie made from it."""
        scheme, _, given = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.is_token(given.strip()):
            return True
        cookie = connection.cookies.get(self.cookie, "")
        return hmac.compare_digest(cookie.encode(), self.session.encode())


def same_origin(connection: HTTPConnection) -> bool:
    """Whether the Origin, if there is one, is the address that was asked. A program sends none."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == connection.headers.get("host", "").lower()


class AccessMiddleware:
    """Answers 401 before any 404, 403 to a foreign Origin, and turns the token in an address into a cookie.

    Sockets pass: they answer with a close code of their own.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._refusal(request)
        await (response or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        """The answer that ends the request here, or None to let it pass."""
        if request.url.path in OPEN_PATHS or (request.method == "GET" and request.url.path.startswith(SHARED)):
            return None
        if request.method in UNSAFE_METHODS and not same_origin(request):
            return JSONResponse(problem("wrong_origin", "requests from other pages are refused"), 403)
        if request.url.path == SIGN_IN and request.method == "POST":
            return await self._sign_in(request)
        given = request.query_params.get("token")
        if given is not None and self._access.is_token(given):
            return self._welcome(request, _without_token(request.url))
        if self._access.allows(request):
            return None
        return _unauthorised(request, wrong=given is not None)

    async def _sign_in(self, request: Request) -> Response:
        try:
            given = (await request.form(max_files=0, max_fields=4)).get("token")
        except HTTPException:  # not a form, or one with more in it than a token
            given = None
        if isinstance(given, str) and self._access.is_token(given.strip()):
            wanted = request.query_params.get("next", "/")
            inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
            return self._welcome(request, wanted if inside else "/")
        return _unauthorised(request, wrong=True)

    def _welcome(self, request: Request, address: str) -> Response:
        response = RedirectResponse(address, status_code=303)
        response.set_cookie(
            self._access.cookie,
            self._access.session,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
            max_age=30 * 24 * 3600,
        )
        return response


def problem(code: str, message: str) -> dict[str, dict[str, str]]:
    """An error in the API's shape."""
    return {"error": {"code": code, "message": message}}


def _unauthorised(request: Request, *, wrong: bool) -> Response:
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return JSONResponse(problem("unauthorised", "send the token as 'Authorization: Bearer TOKEN'"), 401)
    wanted = "/" if request.url.path == SIGN_IN else request.url.path
    page = _SIGN_IN_PAGE.format(
        style=_SIGN_IN_STYLE,
        problem="That is not the token. " if wrong else "",
        next=escape(urlencode({"": wanted})[1:], quote=True),
    )
    return HTMLResponse(page, 401, headers=_SIGN_IN_HEADERS)


def _without_token(url: URL) -> str:
    rest = [(name, value) for name, value in parse_qsl(url.query, keep_blank_values=True) if name != "token"]
    return url.path + (f"?{urlencode(rest)}" if rest else "")
