"""Sends webhooks over HTTP: to the address that was configured, by no detour, and with an end to all waiting."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import httpx

from copilot import __version__
from copilot.domain.webhooks import Reply

LONGEST_ANSWER = 1024  # bytes of it that are looked at
CONNECT_S = 5.0


@asynccontextmanager
async def open_posts(deadline_s: float) -> AsyncIterator[WebhookPosts]:
    """`deadline_s` is for one attempt, from the first byte to the last."""
    async with httpx.AsyncClient(
        follow_redirects=False,
        trust_env=False,  # no proxy that a variable names, and no credentials of a .netrc
        timeout=httpx.Timeout(deadline_s, connect=min(CONNECT_S, deadline_s)),
        limits=httpx.Limits(max_keepalive_connections=0),  # attempts are far apart; an old connection would be dead
        headers={"User-Agent": f"copilot/{__version__}", "Accept-Encoding": "identity"},
    ) as client:
        yield WebhookPosts(client, deadline_s)


class WebhookPosts:
    """Implements `copilot.ports.Posts`."""

    def __init__(self, client: httpx.AsyncClient, deadline_s: float) -> None:
        self._client = client
        self._deadline_s = deadline_s

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        began, heard = time.monotonic(), _Heard()
        problem: str | None = None
        try:
            async with asyncio.timeout(self._deadline_s):
                await self._send(url, body, headers, heard)
        except httpx.ConnectTimeout:
            problem = f"no connection within {min(CONNECT_S, self._deadline_s):g} s"
        except (TimeoutError, httpx.TimeoutException):
            problem = f"no answer within {self._deadline_s:g} s"
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problem = _told(error)
        finally:
            self._client.cookies.clear()  # an endpoint is told things; it tells us none
        return Reply(
            took_ms=round((time.monotonic() - began) * 1000),
            status=heard.status,
            error=problem if heard.status is None else _refused(heard.status),
            answer=heard.answer.decode(errors="replace") or None,
            retry_after_s=heard.retry_after_s,
        )

    async def _send(self, url: str, body: bytes, headers: Mapping[str, str], heard: _Heard) -> None:
        wanted = {**headers, "Content-Type": "application/json"}
        async with self._client.stream("POST", url, content=body, headers=wanted) as response:
            heard.status = response.status_code
            heard.retry_after_s = _seconds(response.headers.get("retry-after"))
            async for piece in response.aiter_raw(LONGEST_ANSWER):
                heard.answer = (heard.answer + piece)[:LONGEST_ANSWER]
                if len(heard.answer) == LONGEST_ANSWER:
                    break


class _Heard:
    """As much of an answer as had come when it ended, or broke off."""

    status: int | None = None
    answer: bytes = b""
    retry_after_s: float | None = None


def _refused(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    return f"answered {status}, and redirects are not followed" if 300 <= status < 400 else f"answered {status}"


def _told(error: Exception) -> str:
    """In words of ours: the library's may hold the address, which may hold a secret."""
    match error:
        case httpx.ConnectError():
            told = [words for cause in _behind(error) if (words := _unconnected(cause))]
            return next((words for words in told if words != _NO_WAY), told[0] if told else "it cannot be reached")
        case httpx.RemoteProtocolError():
            return "it hung up without an answer, or with one that is no HTTP"
        case httpx.ReadError() | httpx.WriteError():
            return "it broke the connection off before it had answered"
        case _:
            return f"the connection broke ({type(error).__name__})"


def _behind(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it, each of several that came to nothing at once among them."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        causes = list(error.exceptions)
    else:
        causes = [cause] if (cause := error.__cause__ or error.__context__) else []
    for cause in causes:
        yield from _behind(cause)


_NO_WAY = "there is no way to its network from here"  # so of IPv6 at many a host that IPv4 would reach
_CERTIFICATE = {10: "it has expired", 18: "it vouches for itself", 19: "its issuer is not known here"}
_CERTIFICATE |= {20: "its issuer is not known here", 62: "it is for another name", 64: "it is for another address"}


def _unconnected(cause: BaseException) -> str | None:
    match cause:
        case ssl.SSLCertVerificationError():
            why = _CERTIFICATE.get(cause.verify_code)
            return "its certificate is not trusted" + (f": {why}" if why else "")
        case ssl.SSLError():
            return "no secure connection (TLS) came about"
        case socket.gaierror():
            return "the name of its host was not found"
        case ConnectionRefusedError():
            return "the connection was refused"
        case ConnectionResetError() | BrokenPipeError():
            return "it broke the connection off at once"
        case OSError(errno=errno.ENETUNREACH | errno.EHOSTUNREACH):
            return _NO_WAY
        case _:
            return None


def _seconds(retry_after: str | None) -> float | None:
    """Of a Retry-After in seconds; one with a date is left to our own schedule."""
    return float(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
