"""`copilot stream`: plays a transcript to a running server as a live call, and goes on after a break."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qs, urlsplit

import click
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from copilot.domain.call import CallKind, Transcript
from copilot.errors import UnusableInput, WorkFailed
from copilot.live.player import spoken

RETRY_WAITS_S = (0.5, 1, 2, 4, 8, 10)
GIVE_UP_AFTER = 12  # tries in a row without a word taken
NOBODY_THERE_AFTER = 4  # tries, where no server has ever answered
CALL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
SILENT_FOR_S = 30  # a server that has taken a call says something at least every 5 s
FOR_GOOD = frozenset({4400, 4401, 4403, 4404, 4410, 1009})  # close codes after which trying again is of no use


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call is streamed to: the ingest socket's address, its call's id, and the token to show."""

    url: str
    call_id: str
    token: str | None

    @property
    def page(self) -> str:
        """Where the call can be watched."""
        parts = urlsplit(self.url)
        return f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}/calls/{self.call_id}"


class Refused(WorkFailed):
    """The server will not take this call, now or later."""


def target(to: str, *, call_id: str | None, token: str | None) -> Target:
    """The ingest address from what a person pastes: the server's or a call's page, or the socket itself.

    A token within the address goes into a header, so that it stands in no log.
    """
    parts = _address(to)
    scheme = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}.get(parts.scheme) if parts else None
    if parts is None or scheme is None or not parts.hostname:
        raise UnusableInput(f"{to!r} is no address of a server; it looks like http://127.0.0.1:8765")
    named = re.search(rf"/calls/({CALL_ID.pattern})(?:/|$)", parts.path)
    chosen = call_id or (named[1] if named else f"call-{secrets.token_hex(4)}")
    if not CALL_ID.fullmatch(chosen):
        raise UnusableInput(
            f"{chosen!r} can be no call's id: a letter or digit, then up to 63 of letters, digits, . _ -"
        )
    given = parse_qs(parts.query).get("token", [None])[0] or token
    return Target(f"{scheme}://{parts.netloc}/ws/calls/{chosen}/ingest", chosen, given)


def _address(to: str) -> SplitResult | None:
    """Its parts, or None where it has brackets or a port that no address can have."""
    try:
        parts = urlsplit(to if "://" in to else f"ws://{to}")
        _ = parts.port
    except ValueError:
        return None
    return parts


Play = Callable[[ClientConnection], Awaitable[str]]
"""Plays a call on one connection, going on where it broke off; what is safe in the end, as `91 utterances are`."""


async def stream(transcript: Transcript, to: Target, *, kind: CallKind | None, speed: float) -> None:
    """Play the whole transcript; returns when the server has wrapped the call up."""
    await played(to, lambda socket: _Session(socket).play(transcript, kind=kind, speed=speed))


async def played(to: Target, play: Play) -> None:
    """Play a call until it is through, over as many connections as it takes."""
    click.echo(f"Call {to.call_id} can be watched at {to.page}")
    failed = 0
    answered = False
    while True:
        try:
            safe = await _attempt(to, play)
        except Broken as broken:
            failed = 0 if broken.taken else failed + 1
            answered = answered or broken.connected
            if not answered and failed >= NOBODY_THERE_AFTER:
                raise WorkFailed(
                    f"no server answers at {to.url}; is it running? `copilot serve` prints its address"
                ) from broken
            if failed >= GIVE_UP_AFTER:
                again = f"go on later with --call {to.call_id}"
                raise WorkFailed(f"no answer from {to.url}: {broken}; {again}") from broken
            wait_s = broken.wait_s or RETRY_WAITS_S[min(failed, len(RETRY_WAITS_S) - 1)]
            click.echo(f"The connection broke ({broken}); trying again in {wait_s:g} s", err=True)
            await asyncio.sleep(wait_s)
        else:
            click.echo(f"{to.call_id}: {safe} safe, and the call is wrapped up")
            return


class Broken(Exception):
    """The connection is gone, or there was none; `taken` utterances were acknowledged on it."""

    def __init__(self, why: str, taken: int = 0, wait_s: float | None = None, *, connected: bool = True) -> None:
        self.taken, self.wait_s, self.connected = taken, wait_s, connected
        super().__init__(why)


async def _attempt(to: Target, play: Play) -> str:
    headers = {"Authorization": f"Bearer {to.token}"} if to.token else {}
    try:
        async with connect(to.url, additional_headers=headers, compression=None, max_size=2**20) as socket:
            return await play(socket)
    except InvalidStatus as refusal:
        status = refusal.response.status_code
        if status < 500:
            raise Refused(f"what answers at {to.url} is no copilot server (HTTP {status}); check --to") from refusal
        raise Broken(f"the server answered {status}") from refusal
    except (OSError, TimeoutError, InvalidHandshake, EOFError) as error:
        raise Broken(str(error) or type(error).__name__, connected=False) from error
    except InvalidURI as error:
        raise UnusableInput(str(error)) from error


T = TypeVar("T")
Listening = asyncio.Task[dict[str, Any]]
"""Hears what the server says while something is sent; done once the call is over."""
Say = Callable[[dict[str, Any], Listening], Awaitable[T]]
"""Says what is left of a call, given what the server has of it."""


class Session:
    """One connection: sends, and counts what the server has made safe."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._acked = 0

    async def send(self, message: dict[str, Any] | bytes) -> None:
        sent = message if isinstance(message, bytes) else json.dumps(message, ensure_ascii=False)
        await self._socket.send(sent)

    async def until(self, wanted: str) -> dict[str, Any]:
        """Take what the server says until a message of this type comes. Raises TimeoutError where it falls silent."""
        while True:
            async with asyncio.timeout(SILENT_FOR_S):
                message: dict[str, Any] = json.loads(await self._socket.recv())
            if message["type"] == wanted:
                return message
            if message["type"] == "ack":
                self._acked += 1
            elif message["type"] == "error":
                self._told(message)

    async def converse(self, start: dict[str, Any], say: Say[T]) -> T:
        """Start the call, say what is left of it, and end it; what `say` came to, once the server has wrapped it up."""
        try:
            await self.send(start)
            ready = await self.until("ready")
            listening = asyncio.create_task(self.until("ended"))
            try:
                said = await say(ready, listening)
                await self.send({"type": "end"})
                await listening
            finally:
                listening.cancel()
                await asyncio.gather(listening, return_exceptions=True)
        except (ConnectionClosed, TimeoutError) as problem:
            raise self._broken(problem) from problem
        return said

    def _broken(self, problem: ConnectionClosed | TimeoutError) -> Exception:
        """What it means that the connection is gone, or silent."""
        if isinstance(problem, TimeoutError):
            return Broken(f"the server has said nothing for {SILENT_FOR_S} s", self._acked)
        code, reason = (problem.rcvd.code, problem.rcvd.reason) if problem.rcvd else (1006, "")
        if code in FOR_GOOD:
            return Refused(f"the server refused the call ({code}): {reason or 'no reason given'}")
        seconds = re.search(r"(\d+) s", reason)
        return Broken(reason or f"closed with {code}", self._acked, float(seconds[1]) if seconds else None)

    def _told(self, message: dict[str, Any]) -> None:
        if message["code"] in {"conflict", "ended"}:
            raise Refused(f"this is another conversation than the call's: {message['message']}; choose another --call")
        if message["code"] != "overloaded":
            raise Refused(f"the server refused the call: {message['message']}")


class _Session(Session):
    """Plays a transcript."""

    async def play(self, transcript: Transcript, *, kind: CallKind | None, speed: float) -> str:
        async def say(ready: dict[str, Any], listening: Listening) -> None:
            safe = int(ready["utterances"])
            if safe > len(transcript.utterances):
                raise Refused(f"the call has {safe} utterances already, more than this file; choose another --call")
            last = max(safe - 1, 0)  # said again: the server tells whether this is the same conversation
            await self._say(transcript, begin=last, speed=speed, listening=listening)

        await self.converse(_start(transcript, kind), say)
        return f"{len(transcript.utterances)} utterances are"

    async def _say(self, transcript: Transcript, *, begin: int, speed: float, listening: Listening) -> None:
        async for piece in spoken(transcript.utterances, speed=speed, begin=begin):
            if listening.done():
                await listening  # an error the server told us, or the socket's end
            kind = "utterance" if piece.final else "partial"
            await self.send({"type": kind, **piece.saying.model_dump(mode="json")})


def _start(transcript: Transcript, kind: CallKind | None) -> dict[str, Any]:
    call = {
        "title": transcript.title,
        "kind": kind or transcript.kind,
        "account": transcript.account,
        "language": transcript.language,
        "participants": [p.model_dump(mode="json") for p in transcript.participants],
    }
    return {"type": "start", "protocol": 1, "call": call, "audio": None}
