"""What is said of a connection that did not come about, of whatever the network told."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx
import pytest

from copilot.adapters.webhook_posts import WebhookPosts

pytestmark = pytest.mark.anyio

UNREACHABLE = OSError(errno.ENETUNREACH, "Network is unreachable")
NO_WAY = "there is no way to its network from here"
REFUSED = ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")


def untrusted(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    return error


def several(*errors: Exception) -> OSError:
    """As it is told where a host has several addresses and none of them connects."""
    failed = OSError("All connection attempts failed")
    failed.__cause__ = ExceptionGroup("multiple connection attempts failed", errors)
    return failed


async def problem_of(cause: Exception) -> str | None:
    def fails(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("not connected") from cause

    async with httpx.AsyncClient(transport=httpx.MockTransport(fails)) as client:
        reply = await WebhookPosts(client, 2.0).post("https://hooks.example/with-a-secret", b"{}", {})
    return reply.error


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (untrusted(10), "its certificate is not trusted: it has expired"),
        (untrusted(20), "its certificate is not trusted: its issuer is not known here"),
        (untrusted(62), "its certificate is not trusted: it is for another name"),
        (untrusted(64), "its certificate is not trusted: it is for another address"),
        (untrusted(1), "its certificate is not trusted"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "it broke the connection off at once"),
        (BrokenPipeError(errno.EPIPE, "broken pipe"), "it broke the connection off at once"),
        (socket.gaierror(socket.EAI_NONAME, "not known"), "the name of its host was not found"),
        (UNREACHABLE, NO_WAY),
        (OSError(errno.EHOSTUNREACH, "No route to host"), NO_WAY),
        (OSError(errno.EMFILE, "Too many open files"), "it cannot be reached"),
    ],
)
async def test_one_reason(cause: Exception, told: str) -> None:
    assert await problem_of(cause) == told


@pytest.mark.parametrize(
    ("causes", "told"),
    [
        ([UNREACHABLE, REFUSED], "the connection was refused"),
        ([REFUSED, UNREACHABLE], "the connection was refused"),
        ([OSError("unknown"), REFUSED], "the connection was refused"),
        ([UNREACHABLE, several(UNREACHABLE, REFUSED)], "the connection was refused"),
        ([UNREACHABLE, OSError("unknown")], NO_WAY),
        ([UNREACHABLE, UNREACHABLE], NO_WAY),
        ([OSError("unknown"), OSError("unknown")], "it cannot be reached"),
    ],
)
async def test_of_several_reasons_the_one_that_says_most(causes: list[Exception], told: str) -> None:
    assert await problem_of(several(*causes)) == told
