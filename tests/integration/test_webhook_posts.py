"""Why a webhook did not arrive, in a sentence that a person can act upon and that holds nothing of its address."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from copilot.adapters.webhook_posts import open_posts
from tests.integration.mail_servers import CERTIFICATE
from tests.loopback import free_port

pytestmark = pytest.mark.anyio


async def problem_of(url: str) -> str | None:
    async with open_posts(2.0) as posts:
        reply = await posts.post(f"{url}/hook/with-a-secret", b"{}", {})
    assert reply.status is None
    return reply.error


@asynccontextmanager
async def server(*, certified: bool) -> AsyncIterator[int]:
    """One that takes connections, with a certificate that nobody vouches for where `certified`, and says nothing."""
    secured = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if certified else None
    if secured:
        secured.load_cert_chain(CERTIFICATE, CERTIFICATE.with_name("key.pem"))

    async def take(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"not what was asked for\r\n")
        writer.close()

    running = await asyncio.start_server(take, "127.0.0.1", 0, ssl=secured)
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
    async with server(certified=False) as port:
        assert await problem_of(f"https://127.0.0.1:{port}") == "no secure connection (TLS) came about"
