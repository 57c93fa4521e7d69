"""Why a webhook did not arrive, in a sentence that a person can act upon and that holds nothing of its address."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from copilot.adapters import webhook_posts
from copilot.adapters.webhook_posts import open_posts
from tests.integration.mail_servers import CERTIFICATE
from tests.loopback import free_port

pytestmark = pytest.mark.anyio


async def problem_of(url: str) -> str | None:
    async with open_posts(2.0) as posts:
        reply = await posts.post(f"{url}/hook/with-a-secret", b"{}", {})
    assert reply.status is None
    return reply.error


Taking = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def babbles(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"not what was asked for\r\n")
    writer.close()


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    at_once = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
    writer.transport.abort()


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(1024):
        pass
    writer.close()


@asynccontextmanager
async def server(takes: Taking = babbles, *, certified: bool = False) -> AsyncIterator[int]:
    """Its port; where `certified` it has a certificate that nobody vouches for."""
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if certified else None
    if secured:
        secured.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("key.pem"))
    running = await asyncio.start_server(takes, "127.0.0.1", 0, ssl=secured)
    async with running:
        yield running.sockets[0].getsockname()[1]


async def test_nothing_listens_there() -> None:
    assert await problem_of(f"http://127.0.0.1:{free_port()}") == "the connection was refused"
    assert await problem_of(f"https://localhost:{free_port()}") == "the connection was refused"


async def test_its_name_is_nobody_s() -> None:
    assert await problem_of("https://hooks.invalid") == "the name of its host was not found"


async def test_nobody_vouches_for_its_certificate() -> None:
    async with server(certified=True) as port:
        told = await problem_of(f"https://127.0.0.1:{port}")
    assert told == "its certificate is not trusted: it vouches for itself"


async def test_it_does_not_speak_tls() -> None:
    async with server() as port:
        assert await problem_of(f"https://127.0.0.1:{port}") == "no secure connection (TLS) came about"


async def test_it_breaks_off_before_it_has_answered() -> None:
    async with server(resets) as port:
        assert await problem_of(f"http://127.0.0.1:{port}") == "it broke the connection off before it had answered"


async def test_it_breaks_off_before_the_connection_is_secure() -> None:
    async with server(resets) as port:
        assert await problem_of(f"https://127.0.0.1:{port}") == "it broke the connection off at once"


async def test_the_connection_takes_too_long_to_become_secure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_posts, "CONNECT_S", 0.1)
    async with server(says_nothing) as port:
        assert await problem_of(f"https://127.0.0.1:{port}") == "no connection within 0.1 s"
