"""A real server on loopback for tests, and clients that speak its sockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import create_engine
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from copilot.adapters.kept_sound import KeptFolder
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import open_store
from copilot.adapters.store.migrating import migrate
from copilot.adapters.uploads import UploadFolder
from copilot.afterwards.accounts import Accounts
from copilot.afterwards.deleting import AtWork
from copilot.afterwards.drafts import Drafts
from copilot.afterwards.outbox import Mailing, Outbox
from copilot.afterwards.scorekeeping import Scorekeeper
from copilot.afterwards.sharing import Shares
from copilot.analysis.hearing import Analyst
from copilot.commands.serve import Running, running
from copilot.domain.playbook import Playbook
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from copilot.live.keeping import Keeping, Terms
from copilot.live.second_tier import SecondTier
from copilot.live.transcribing import Transcribing
from copilot.ports import Mailer, Store
from copilot.settings import Settings
from copilot.web.access import Access
from copilot.web.services import Services, TwilioTerms
from copilot.wiring.deleting import deletion_of
from copilot.wiring.playbooks import load_playbook, load_scorecards
from copilot.wiring.reports import report_writers
from tests.builders import ScriptedAnalyst
from tests.integration.mail_servers import SENDER

PATIENCE_S = 20  # far more than any answer takes, on however busy a machine
TOKEN = "a-token-for-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PLAYBOOK: Playbook = load_playbook(Settings())
SCORECARDS = load_scorecards(Settings(), PLAYBOOK)


def settings_for(folder: Path) -> Settings:
    return Settings(port=0, data=folder, token=SecretStr(TOKEN))


@cache
def empty_database() -> bytes:
    """One of the newest shape: to bring one there takes longer than all else in a server's start."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        engine = create_engine(f"sqlite:///{file}")
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()
        return file.read_bytes()


def lay_out(database: Path) -> None:
    """As a first start does."""
    if not database.exists():
        database.touch(mode=0o600)
        database.write_bytes(empty_database())


@contextlib.asynccontextmanager
async def server(
    folder: Path,
    *,
    analyst: Analyst | None = None,
    store: Store | None = None,
    limits: Limits | None = None,
    second_tier: SecondTier | None = None,
    ears: Ears | None = None,
    twilio: TwilioTerms | None = None,
    mailer: Mailer | None = None,
    keep: bool = False,
    largest_recording: int = 2**30,
    public_url: str | None = None,
) -> AsyncIterator[Running]:
    """A server with this analyst (by default one that has nothing to say) and store (by default SQLite in `folder`).

    `keep`: sound is kept, with consent, where `ears` have theirs in the folder `sound`.
    """

    @contextlib.asynccontextmanager
    async def open_services(settings: Settings, access: Access) -> AsyncIterator[Services]:
        async with contextlib.AsyncExitStack() as stack:
            if store is None:
                lay_out(settings.store_file)
            kept = await stack.enter_async_context(open_store(settings.store_url)) if store is None else store
            scorekeeper = Scorekeeper(kept, SCORECARDS, lambda: datetime.now(UTC))
            calls = Calls(
                kept,
                analyst or ScriptedAnalyst(),
                PLAYBOOK.version,
                limits or Limits(),
                second_tier,
                ears,
                keep=scorekeeper.keep,
            )
            sound, uploads = SpoolFolder(folder / "sound"), UploadFolder(folder / "uploads")
            terms = Terms(keep=keep)
            keeping = Keeping(sound, KeptFolder(folder / "recordings"), kept, terms, lambda: datetime.now(UTC))
            if ears is not None and keep:
                ears.afterwards = keeping.over
            accounts = Accounts(kept, PLAYBOOK.value_demonstration, lambda: datetime.now(UTC))
            yield Services(
                calls=calls,
                store=kept,
                playbook=PLAYBOOK,
                access=access,
                demos={},
                scorecards=SCORECARDS,
                scorekeeper=scorekeeper,
                accounts=accounts,
                keeping=keeping,
                drafts=Drafts(kept, lambda: datetime.now(UTC)),
                shares=Shares(kept, lambda: datetime.now(UTC)),
                deletion=deletion_of(settings, kept, AtWork(None, keeping, accounts)),
                mailing=None if mailer is None else Mailing(Outbox(mailer, kept, lambda: datetime.now(UTC)), SENDER),
                ears=ears,
                transcribing=None if ears is None else Transcribing(calls, ears, uploads),
                largest_recording=largest_recording,
                twilio=twilio or TwilioTerms(),
                report_writers=report_writers(),
                public_url=public_url,
            )

    async with running(settings_for(folder), open_services) as answering:
        yield answering


@dataclass
class Client:
    """One end of a socket, in messages."""

    socket: ClientConnection

    async def send(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def next(self, *types: str) -> dict[str, Any]:
        """The next message of one of these types, passing over others (any, where none is named)."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if not types or message["type"] in types:
                    return message

    async def closed(self) -> tuple[int, str]:
        """The code and reason of the close that follows, passing over what comes before it."""
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.socket.recv()
        return self.socket.close_code or 0, self.socket.close_reason or ""


@contextlib.asynccontextmanager
async def client(running_server: Running, path: str, **headers: str) -> AsyncIterator[Client]:
    """A socket with the token, unless `headers` say otherwise."""
    address = running_server.address.replace("http", "ws", 1)
    async with connect(
        f"{address}{path}", additional_headers=headers or BEARER, compression=None, open_timeout=60
    ) as socket:
        yield Client(socket)


def over_http(running_server: Running, headers: Mapping[str, str] = BEARER) -> httpx.AsyncClient:
    """A client of the API with the token, and with patience: a shared machine can be slow."""
    return httpx.AsyncClient(base_url=running_server.address, headers=headers, trust_env=False, timeout=60)


@contextlib.asynccontextmanager
async def sender(running_server: Running, call_id: str = "call", **call: Any) -> AsyncIterator[Client]:
    """A client of the ingest socket that has started its call and been answered `ready`."""
    async with client(running_server, f"/ws/calls/{call_id}/ingest") as ingest:
        await ingest.send(type="start", protocol=1, call=call, audio=None)
        ready = await ingest.next()
        assert ready["type"] == "ready"
        yield ingest


@contextlib.asynccontextmanager
async def panel(running_server: Running, call_id: str = "call", *, after: int | None = None) -> AsyncIterator[Client]:
    query = "" if after is None else f"?after={after}"
    async with client(running_server, f"/ws/calls/{call_id}/panel{query}") as watching:
        yield watching


def words(number: int, text: str = "", **fields: Any) -> dict[str, Any]:
    """An utterance's message."""
    return {"type": "utterance", "id": f"u{number}", "text": text or f"These are words number {number}", **fields}
