"""A program that sends the demo call, as fast as the server takes it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from websockets.sync.client import ClientConnection, connect

from copilot.importers.detect import read_transcripts
from tests.acceptance.programs import PATIENCE_S, ROOT, Serving

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"
(CALL,) = read_transcripts(DISCOVERY.read_bytes(), name=DISCOVERY.name)

FULL_MAP = 84  # utterances of it until both have said it all back


class Sender:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.said = 0

    def start(self, title: str | None, kind: str | None, account: str | None) -> None:
        people = [person.model_dump(mode="json") for person in CALL.participants]
        call = {"kind": kind, "title": title, "account": account, "participants": people}
        self._send({"type": "start", "protocol": 1, "call": call})
        self.said = self._until("ready")["utterances"]

    def says_up_to(self, end: int) -> None:
        """The call's utterances before `end` that have not been said yet, each safe before the next."""
        for utterance in CALL.utterances[self.said : end]:
            self._send({"type": "utterance", **utterance.model_dump(mode="json", exclude={"i"})})
            self._until("ack")
        self.said = end

    def begins_to_say(self, words: str) -> None:
        """A partial of the next utterance."""
        next_one = CALL.utterances[self.said].model_dump(mode="json", exclude={"i"})
        self._send({"type": "partial", **next_one, "text": words})

    def ends(self) -> None:
        self.asks_to_end()
        self._until("ended")

    def asks_to_end(self) -> None:
        self._send({"type": "end"})

    def _send(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps(message))

    def _until(self, wanted: str) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(self._socket.recv(PATIENCE_S))
            assert message["type"] != "error", message
            if message["type"] == wanted:
                return message


@contextlib.contextmanager
def sending(
    server: Serving,
    call: str,
    *,
    title: str | None = CALL.title,
    kind: str | None = CALL.kind,
    account: str | None = CALL.account,
) -> Iterator[Sender]:
    with connect(
        f"ws{server.address.removeprefix('http')}/ws/calls/{call}/ingest",
        additional_headers={"Authorization": f"Bearer {server.token}"},
        compression=None,
        proxy=None,
    ) as socket:
        sender = Sender(socket)
        sender.start(title, kind, account)
        yield sender


def state_of(server: Serving, call: str) -> dict[str, Any]:
    state: dict[str, Any] = server.asks("GET", f"/api/calls/{call}")["state"]
    return state
