"""`copilot serve` and `copilot demo`: the server, and a bundled call played into it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import secrets
import shlex
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import click
import uvicorn
from fastapi import FastAPI

from copilot.commands.demo_account import DemoAccount, take_in
from copilot.errors import BadSettings, WorkFailed
from copilot.settings import Settings, make_data_folder
from copilot.web.access import Access
from copilot.web.api import start_demo
from copilot.web.app import create_app
from copilot.web.messages import LARGEST_BINARY
from copilot.web.services import Services

LINGER_S = 30.0  # how long a demo without a terminal waits for visitors after its call
PING_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: where, and what it works with."""

    address: str
    token: str
    services: Services
    stopped: asyncio.Event

    def link(self, path: str = "/", **query: str) -> str:
        return f"{self.address}{path}?{urlencode({**query, 'token': self.token})}"


OpenServices = Callable[[Settings, Access], AbstractAsyncContextManager[Services]]


async def serve(settings: Settings, open_services: OpenServices) -> None:
    """Run the server until it is told to stop."""
    async with running(settings, open_services) as server:
        click.echo(f"Copilot is at {server.link()}")
        await server.stopped.wait()


async def demo(settings: Settings, open_services: OpenServices, *, speed: float, stay: bool | None) -> None:
    """Run the server and play the bundled discovery call into it.

    `stay` keeps the server up afterwards; None: as long as there is a terminal or somebody looks at the call.
    """
    async with running(settings, open_services) as server:
        transcript = server.services.demos["discovery"]
        call_id = await start_demo(server.services, transcript, name="discovery", speed=speed)
        link = server.link(f"/calls/{call_id}")
        click.echo(f"The panel is at {link}")
        click.echo(f"Playing {transcript.title or 'a call'} at {speed:g} times its pace …")
        if sys.stdout.isatty():
            await asyncio.to_thread(webbrowser.open, link)  # one in the terminal takes its time
        await _until_played(server, call_id)
        if stay is None and not sys.stdout.isatty():
            await _until_left_alone(server, call_id)
        elif stay is not False:
            click.echo("The call is over; its review is at the same address. Ctrl+C stops the server.")
            click.echo("What is in it is gone then; `copilot serve` keeps its calls.")
            await server.stopped.wait()


async def demo_account(
    settings: Settings, open_services: OpenServices, bundle: DemoAccount, *, stay: bool | None
) -> None:
    """Run the server with the bundled account in it; `stay` None keeps it up as long as there is a terminal."""
    async with running(settings, open_services, demos_count=True) as server:
        await take_in(server.services, bundle, datetime.now(UTC).date())
        link = server.link(f"/accounts/{quote(bundle.name, safe='')}", demo="true")
        click.echo(f"The account is at {link}")
        if sys.stdout.isatty():
            await asyncio.to_thread(webbrowser.open, link)
        if stay or (stay is None and sys.stdout.isatty()):
            story = shlex.join(["copilot", "story", bundle.name, "--demo", "--data", str(settings.data)])
            click.echo(f"Its value report, while the server runs: {story}")
            click.echo("Ctrl+C stops the server.")
            await server.stopped.wait()
        else:
            click.echo("The server stops now, and that address with it; --stay keeps it up.")


@contextlib.asynccontextmanager
async def running(
    settings: Settings, open_services: OpenServices, *, demos_count: bool = False
) -> AsyncIterator[Running]:
    """The server, answering; it is stopped in the end, calls in flight staying as they are in the store."""
    make_data_folder(settings)
    token = access_token(settings)
    with contextlib.closing(_listener(settings)) as listener:
        port = listener.getsockname()[1]
        async with open_services(settings, Access(token, port)) as services:
            server = uvicorn.Server(_config(create_app(replace(services, demos_count=demos_count))))
            stopped = asyncio.Event()
            serving = asyncio.create_task(_serve(server, listener, stopped), name="server")
            try:
                await _until_started(server, serving)
                host = f"[{settings.host}]" if ":" in settings.host else settings.host
                yield Running(f"http://{host}:{port}", token, services, stopped)
            finally:
                server.should_exit = True
                await serving


async def _until_started(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    while not server.started:
        if serving.done():
            await serving
            raise WorkFailed("the server could not start; what it said is above")
        await asyncio.sleep(0.01)


def access_token(settings: Settings) -> str:
    """The token that was set, or one made once per data folder, so that panels find back in after a restart."""
    if settings.token is not None:
        return settings.token.get_secret_value()
    if not _is_loopback(settings.host):
        raise BadSettings(f"listening on {settings.host} needs a token of your own; set COPILOT_TOKEN")
    kept = settings.data / "token"
    if kept.is_file() and len(known := kept.read_text().strip()) >= 16:
        return known
    made = secrets.token_urlsafe(24)
    kept.unlink(missing_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(made)
    return made


async def _serve(server: uvicorn.Server, listener: socket.socket, stopped: asyncio.Event) -> None:
    try:
        await server.serve(sockets=[listener])
    finally:
        stopped.set()


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses may hold the token
        ws_max_size=LARGEST_BINARY + 1024,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_EVERY_S,
        ws_ping_timeout=PING_EVERY_S,
        timeout_graceful_shutdown=2,
        server_header=False,
    )


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        reason = (error.strerror or "not possible").lower()
        raise BadSettings(f"cannot listen on {settings.host}:{settings.port}: {reason}; try another --port") from error
    return listener


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


async def _until_played(server: Running, call_id: str) -> None:
    call = await server.services.calls.get(call_id)
    waiting = {asyncio.create_task(call.over.wait()), asyncio.create_task(server.stopped.wait())}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


async def _until_left_alone(server: Running, call_id: str) -> None:
    call = await server.services.calls.get(call_id)
    last_visit = time.monotonic()
    while time.monotonic() - last_visit < LINGER_S and not server.stopped.is_set():
        if call.panels:
            last_visit = time.monotonic()
        await asyncio.sleep(0.1)
