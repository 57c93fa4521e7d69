"""The server from outside: what it writes, what it refuses, and what it keeps when the plug is pulled."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from copilot.importers.detect import read_transcripts
from tests.acceptance.programs import PATIENCE_S, ROOT, Serving, copilot, copilot_here, serving
from tests.postgresql import PostgreSql

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"
(CALL,) = read_transcripts(DISCOVERY.read_bytes(), name=DISCOVERY.name)
WORDS = [{"type": "utterance", **saying.model_dump(mode="json", exclude={"i"})} for saying in CALL.utterances]


class Sender:
    """A client of the ingest socket that sends the demo call."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def start(self) -> dict[str, Any]:
        call = {"kind": "discovery", "participants": [p.model_dump(mode="json") for p in CALL.participants]}
        self.send({"type": "start", "protocol": 1, "call": call})
        return self.until("ready")

    def send(self, message: dict[str, Any]) -> None:
        self.socket.send(json.dumps(message))

    def say(self, begin: int, end: int) -> None:
        """Send these utterances, each acknowledged before the next."""
        for words in WORDS[begin:end]:
            self.send(words)
            self.until("ack")

    def finish(self, begin: int) -> None:
        """Send what is left, and end the call."""
        self.say(begin, len(WORDS))
        self.send({"type": "end"})
        self.until("ended")

    def until(self, wanted: str) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv(PATIENCE_S))
            if message["type"] == wanted:
                return message
            assert message["type"] in {"ack", "status"}, message


def sending(server: Serving, call: str) -> Any:
    return connect(
        f"ws{server.address.removeprefix('http')}/ws/calls/{call}/ingest",
        additional_headers={"Authorization": f"Bearer {server.token}"},
        compression=None,
        proxy=None,
    )


def events_of(server: Serving, call: str) -> list[dict[str, Any]]:
    """The call's log, but for times and its name."""
    answer = httpx.get(
        f"{server.address}/api/calls/{call}/events",
        headers={"Authorization": f"Bearer {server.token}"},
        timeout=PATIENCE_S,
        trust_env=False,
    )
    events: list[dict[str, Any]] = json.loads(answer.text.replace(f'"{call}"', '"call"'))["events"]
    for entry in events:
        del entry["event"]["at"]
    return events


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Mapping[str, str]:
    if request.param == "sqlite":
        return {}
    server: PostgreSql = request.getfixturevalue("postgres")
    return {"COPILOT_STORE__URL": server.new_database(uuid4().hex)}


class TestPullingThePlug:
    def test_a_killed_server_loses_nothing_and_the_calls_come_out_as_if_nothing_had_been(
        self, tmp_path: Path, store: Mapping[str, str]
    ) -> None:
        """One call is cut off after an acknowledgement, another before it."""
        half = len(WORDS) // 2
        with serving(tmp_path / "data", settings=store) as server:
            with sending(server, "whole") as socket:
                sender = Sender(socket)
                sender.start()
                sender.finish(0)
            with sending(server, "after-ack") as after, sending(server, "before-ack") as before:
                for socket in (after, before):
                    sender = Sender(socket)
                    sender.start()
                    sender.say(0, half)
                sender.send(WORDS[half])
                server.kill()

        safe: dict[str, int] = {}
        with serving(tmp_path / "data", settings=store) as server:
            for call in ("after-ack", "before-ack"):
                with sending(server, call) as socket:
                    sender = Sender(socket)
                    ready = sender.start()
                    safe[call] = ready["utterances"]
                    assert ready["utterance"] == WORDS[safe[call] - 1]["id"]
                    sender.finish(safe[call])
            events = {call: events_of(server, call) for call in ("whole", "after-ack", "before-ack")}

        assert safe["after-ack"] == half
        assert safe["before-ack"] in {half, half + 1}
        assert events["after-ack"] == events["whole"]
        assert events["before-ack"] == events["whole"]

    def test_a_call_that_nobody_goes_on_with_is_ended_and_wrapped_up(self, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server, sending(server, "left") as socket:
            sender = Sender(socket)
            sender.start()
            sender.say(0, 3)
            server.kill()

        with serving(tmp_path / "data", settings={"COPILOT_LIVE__SILENCE_S": "0.1"}) as server:
            while (events := events_of(server, "left"))[-1]["event"]["type"] != "wrapped_up":
                time.sleep(0.2)  # until the server looks again; the test's own time limit ends this

        assert [e["event"]["reason"] for e in events if e["event"]["type"] == "call_ended"] == ["silence"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("server") / "data") as server:
        yield server


class TestStream:
    def test_a_transcript_is_played_to_its_end(self, running: Serving) -> None:
        done = copilot("stream", DISCOVERY, "--to", running.link, "--speed", "0", "--call", "streamed")
        again = copilot_here("stream", DISCOVERY, "--to", running.link, "--speed", "0", "--call", "streamed")
        events = events_of(running, "streamed")

        assert (done.returncode, done.stderr) == (0, "")
        assert f"{len(WORDS)} utterances are safe" in done.stdout
        assert again.returncode == 0
        assert [e["event"]["type"] for e in events].count("utterance") == len(WORDS)

    def test_a_call_is_named_after_its_file_unless_somebody_names_it(self, running: Serving, tmp_path: Path) -> None:
        file = tmp_path / "vets.txt"
        file.write_text("Dana: What would good look like?\nLuis: Fewer no-shows.\n", encoding="utf-8")
        named = ("--title", "First talk", "--account", "Acme")
        for call, more in (("plain", ()), ("named", named)):
            copilot_here("stream", file, "--to", running.link, "--speed", "0", "--call", call, *more)
        plain, other = (running.asks("GET", f"/api/calls/{call}")["state"]["call"] for call in ("plain", "named"))

        assert (plain["title"], plain["account"]) == ("vets", None)
        assert (other["title"], other["account"]) == ("First talk", "Acme")

    def test_a_wrong_token_is_refused_at_once(self, running: Serving) -> None:
        done = copilot_here("stream", DISCOVERY, "--to", f"{running.address}/?token=wrong-token", "--speed", "0")

        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "4401" in done.stderr
        assert "no token or a wrong one" in done.stderr

    def test_another_file_does_not_pass_for_a_call_that_is_there(self, running: Serving, tmp_path: Path) -> None:
        mine, other = tmp_path / "mine.txt", tmp_path / "other.txt"
        mine.write_text("Dana: How is the plant doing?\nLuis: Well, since the flood.\n")
        other.write_text("Dana: How is the plant doing?\nLuis: Badly, since the flood.\n")
        to = ("--to", running.link, "--speed", "0", "--call", "mine")
        first, second = (copilot_here("stream", file, *to) for file in (mine, other))

        assert first.returncode == 0
        assert (second.returncode, second.stderr.count("\n")) == (1, 1)
        assert "choose another --call" in second.stderr

    def test_no_server_is_told_after_a_few_tries(self) -> None:
        done = copilot_here("stream", DISCOVERY, "--to", "http://127.0.0.1:9/?token=some-token")

        assert done.returncode == 1
        assert "is it running?" in done.stderr.splitlines()[-1]


class TestAccess:
    def test_the_token_is_printed_once_and_never_logged(self, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server:
            for address in (server.link, f"{server.address}/nope?token={server.token}", f"{server.link}x"):
                httpx.get(address, trust_env=False, timeout=PATIENCE_S)
            with sending(server, "call") as socket:
                Sender(socket).start()
                socket.send("not json")
            server.process.terminate()
            rest = server.process.stdout.read() if server.process.stdout else ""
            assert server.token not in rest + server.output.read_text()

    def test_a_token_that_was_made_is_kept_for_its_owner_alone(self, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server:
            first = server.token
        with serving(tmp_path / "data") as server:
            assert server.token == first

        assert stat.S_IMODE((tmp_path / "data" / "token").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700

    def test_a_port_that_is_taken_is_told(self, running: Serving, tmp_path: Path) -> None:
        port = running.address.rsplit(":", 1)[1]
        done = copilot_here("serve", "--port", port, "--data", tmp_path / "data")

        assert done.returncode == 2
        assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
