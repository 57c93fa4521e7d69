"""Deleting a call: what goes, what stays, what is refused, and what whoever looks at it is told."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.spool import SpoolFolder
from copilot.commands.serve import Running
from copilot.live.call import LiveCall
from copilot.live.ears import Ears
from tests.builders import noticing
from tests.integration.accounts import READING, SAID, noted, wrote
from tests.integration.servers import client, over_http, panel, sender, server, words
from tests.integration.test_keeping import CONSENT, about, speak
from tests.speech import A_TALK, LoudnessDetector, Oracle

pytestmark = pytest.mark.anyio

SECRET = "Periwinkle is what we pay six weeks for"
PERSON, ACCOUNT, TITLE = "Ottoline", "Periwinkle Ltd", "Periwinkle kick-off"


async def a_call(
    running: Running, call_id: str = "call", text: str = SECRET, speaker: str = PERSON, **told: Any
) -> None:
    """One that is over."""
    told = {"title": TITLE, "account": ACCOUNT, "kind": "discovery", **told}
    async with sender(running, call_id, **told) as talk:
        await talk.send(**words(1, text, role="customer", speaker=speaker))
        await talk.next("ack")
        await talk.send(type="end")
        await talk.next("ended")


def files_with(folder: Path, text: str) -> list[str]:
    return [
        file.name
        for file in folder.rglob("*")
        if file.is_file() and (text.encode() in file.read_bytes() or text in file.name)
    ]


def sound_files(folder: Path) -> list[str]:
    return sorted(file.suffix for file in folder.rglob("call~*"))


class TestWhatGoes:
    async def test_every_word_of_it_and_every_place_that_shows_it(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http:
            await a_call(running)
            await a_call(running, "other", "Something else", "Luis", title="Other", account="Other")
            share = (await http.post("/api/calls/call/shares", json={"audience": "colleague", "label": PERSON})).json()
            await http.put("/api/calls/call/email", json={"body": f"Dear {PERSON}", "after": 0})
            before = files_with(tmp_path, PERSON)

            deleted = await http.delete("/api/calls/call")

            assert (deleted.status_code, deleted.content) == (204, b"")
            assert before == ["copilot.db-wal"]
            assert [files_with(tmp_path, text) for text in (SECRET, PERSON, ACCOUNT, TITLE)] == [[], [], [], []]
            listed = (await http.get("/api/calls")).json()
            assert ([c["id"] for c in listed["calls"]], listed["total"]) == (["other"], 1)
            assert [a["account"] for a in (await http.get("/api/accounts")).json()["accounts"]] == ["Other"]
            assert [c["id"] for c in (await http.get("/api/team/calls")).json()] == ["other"]
            assert (await http.get(share["path"])).status_code == 404
            for path in ("", "/events", "/email", "/shares", "/export", "/sound/about"):
                answer = await http.get(f"/api/calls/call{path}")
                assert (answer.status_code, answer.json()["error"]["code"]) == (410, "deleted"), path
            assert (await http.get("/api/calls/call/scorecard")).status_code == 404
            page = await http.get("/calls/call", headers={"Accept": "text/html"})
            assert (page.status_code, "was deleted on" in page.text) == (410, True)
            assert (await http.delete("/api/calls/call")).status_code == 410
            assert (await http.delete("/api/calls/never")).status_code == 404

    async def test_its_sound_as_it_is_kept_and_as_it_came(self, tmp_path: Path) -> None:
        ears = Ears(Oracle(A_TALK), LoudnessDetector(), SpoolFolder(tmp_path / "sound"))
        async with server(tmp_path, ears=ears, keep=True) as running, over_http(running) as http:
            await speak(running, CONSENT)
            await about(http, once="kept")
            before = sound_files(tmp_path)

            await http.delete("/api/calls/call")

            assert before == [".ogg", ".sound"]
            assert sound_files(tmp_path) == []

    async def test_whoever_watches_is_told_at_once_and_nobody_begins_it_anew(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http:
            await a_call(running)
            async with panel(running) as watching:
                await watching.next("snapshot")
                await http.delete("/api/calls/call")
                told = await watching.closed()
            async with panel(running) as again:
                later = await again.closed()
            async with client(running, "/ws/calls/call/ingest") as ingest:
                await ingest.send(type="start", protocol=1)
                refused = await ingest.next("error")

        assert told == (4410, "call 'call' was deleted")
        assert (later[0], later[1].startswith("call 'call' was deleted on ")) == (4410, True)
        assert (refused["code"], "was deleted on" in refused["message"]) == ("ended", True)

    async def test_whoever_still_sends_is_told_at_once(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http:
            await a_call(running)
            async with sender(running) as late:
                await http.delete("/api/calls/call")
                told = await late.closed()

        assert (told[0], told[1].startswith("call 'call' was deleted on ")) == (4410, True)

    async def test_whoever_sends_just_then_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The call is deleted, and its sender does not know of it yet."""
        monkeypatch.setattr(LiveCall, "until_deleted", forever)
        async with server(tmp_path) as running, over_http(running) as http:
            await a_call(running)
            async with sender(running) as late:
                await http.delete("/api/calls/call")
                await late.send(**words(2, "One more thing"))
                told = await late.closed()

        assert (told[0], told[1].startswith("call 'call' was deleted on ")) == (4410, True)

    async def test_one_whose_log_cannot_be_read(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            await a_call(running)
        with sqlite3.connect(tmp_path / "copilot.db") as database:
            database.execute("UPDATE events SET body = '{}' WHERE seq = 2")
        database.close()
        async with server(tmp_path) as running, over_http(running) as http:
            assert (await http.delete("/api/calls/call")).status_code == 204
            assert (await http.get("/api/calls")).json()["total"] == 0


class TestWhatStays:
    async def test_what_was_about_its_promises_goes_and_the_account_with_the_rest_stays_in_sight(
        self, tmp_path: Path
    ) -> None:
        async with server(tmp_path, analyst=noticing(noted)) as running, over_http(running) as http:
            await a_call(running, text=SAID, account="Larkfield")
            await wrote(http, {**READING, "on": datetime.now(UTC).date().isoformat()})
            await wrote(
                http, {"type": "goal", "text": "Half of it by June", "quarter": "2026-Q3", "promise": "call:M1"}
            )
            before = (await http.get("/api/accounts/Larkfield")).json()

            deleted = await http.delete("/api/calls/call")
            after = (await http.get("/api/accounts/Larkfield")).json()
            journal = (await http.get("/api/accounts/Larkfield/notes")).json()["notes"]
            listed = (await http.get("/api/accounts")).json()["accounts"]
            back = await wrote(http, {"type": "taken_back", "note": journal[0]["seq"]})
            listed_then = (await http.get("/api/accounts")).json()["accounts"]

        assert deleted.status_code == 204, deleted.text
        assert [m["id"] for m in before["metrics"]] == ["call:M1"]
        assert (after["metrics"], after["rows"], [g["note"]["text"] for g in after["goals"]]) == (
            [],
            [],
            ["Half of it by June"],
        )
        assert [(note["type"], note["promise"]) for note in journal] == [("goal", None)]
        assert [(line["account"], line["calls"]) for line in listed] == [("Larkfield", 0)]
        assert (back.status_code, listed_then) == (201, [])
        assert files_with(tmp_path, READING["figure"]) == []

    async def test_a_reading_of_a_promise_that_another_call_tells_too(self, tmp_path: Path) -> None:
        reading = {**READING, "on": datetime.now(UTC).date().isoformat()}
        async with server(tmp_path, analyst=noticing(noted)) as running, over_http(running) as http:
            await a_call(running, text=SAID, account="Larkfield")
            await a_call(running, "later", SAID, account="Larkfield")
            await wrote(http, reading, {**reading, "promise": "later:M1", "figure": "29 hours"})
            before = (await http.get("/api/accounts/Larkfield")).json()
            await http.delete("/api/calls/call")
            after = (await http.get("/api/accounts/Larkfield")).json()
            journal = (await http.get("/api/accounts/Larkfield/notes")).json()["notes"]

        assert [[r["figure"]["text"] for r in m["readings"]] for m in before["metrics"]] == [["30 hours", "29 hours"]]
        assert [(m["id"], [r["figure"]["text"] for r in m["readings"]]) for m in after["metrics"]] == [
            ("later:M1", ["30 hours", "29 hours"])
        ]
        assert [note["promise"] for note in journal] == ["later:M1", "later:M1"]


class TestWhatIsRefused:
    async def test_a_call_that_is_live(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running) as http, sender(running):
            refused = await http.delete("/api/calls/call")
            assert (refused.status_code, problem(refused)) == (
                409,
                "call 'call' is still live; end it, and delete it then",
            )
            assert (await http.get("/api/calls/call")).status_code == 200

    async def test_strangers(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, over_http(running, {}) as stranger, over_http(running) as http:
            await a_call(running)
            assert (await stranger.delete("/api/calls/call")).status_code == 401
            assert (await http.get("/api/calls/call")).status_code == 200


async def forever(_: LiveCall) -> None:
    await asyncio.Event().wait()


def problem(answer: httpx.Response) -> str:
    message: str = answer.json()["error"]["message"]
    return message
