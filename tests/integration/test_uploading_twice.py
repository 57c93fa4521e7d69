"""The same transcript or recording a second time: said so, with the call that it became, unless it is wanted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters.store import open_store
from copilot.domain.events import Logged
from copilot.domain.records import CallRecord
from copilot.errors import StoreUnavailable
from copilot.live.calls import Limits
from tests.integration.servers import PATIENCE_S, over_http, server
from tests.integration.test_http import VTT
from tests.integration.test_live_call import FailingStore
from tests.integration.test_uploads import (
    A_LONG_TALK,
    LONG_S,
    ears,
    is_ready,
    left,
    recording,
    until,
    upload,
)
from tests.speech import Oracle

pytestmark = pytest.mark.anyio


class FailingOnce(FailingStore):
    """A store whose `nth` append from now on fails."""

    nth = 0

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        self.nth -= 1
        if self.nth == 0:
            raise StoreUnavailable("the disk is full")
        await super().append(call_id, events, record)


async def sent(http: httpx.AsyncClient, content: bytes = VTT, name: str = "a.vtt") -> httpx.Response:
    return await http.post("/api/calls", files={"file": (name, content)})


def made_by(answer: httpx.Response) -> Any:
    return answer.json()["calls"][0]["id"]


async def test_a_transcript_is_refused_with_its_call_and_taken_where_it_is_wanted(tmp_path: Path) -> None:
    async with server(tmp_path) as running, over_http(running) as http:
        form = {"title": "Kick-off", "held_on": "2026-05-14"}
        (made,) = (await http.post("/api/calls", files={"file": ("a.vtt", VTT)}, data=form)).json()["calls"]
        refused = await http.post("/api/calls", files={"file": ("renamed.vtt", VTT)})
        again = await http.post("/api/calls", files={"file": ("a.vtt", VTT)}, data={"again": "true"})
        in_all = (await http.get("/api/calls")).json()["total"]

    assert (refused.status_code, refused.json()) == (
        409,
        {
            "error": {
                "code": "known_already",
                "message": f"renamed.vtt is known already: Kick-off, 14 May 2026 ({made['id']}); "
                "with the field 'again' set to true it is taken once more",
            },
            "call": {**made, "title": "Kick-off", "held_on": "2026-05-14"},
        },
    )
    assert (again.status_code, in_all) == (201, 2)


async def test_two_at_once_become_one_call(tmp_path: Path) -> None:
    async with server(tmp_path) as running, over_http(running) as http:
        both = await asyncio.gather(*(http.post("/api/calls", files={"file": ("a.vtt", VTT)}) for _ in range(2)))
        in_all = (await http.get("/api/calls")).json()["total"]

    assert (sorted(answer.status_code for answer in both), in_all) == ([201, 409], 1)


async def test_once_its_call_is_deleted_it_is_new(tmp_path: Path) -> None:
    async with server(tmp_path) as running, over_http(running) as http:
        (made,) = (await http.post("/api/calls", files={"file": ("a.vtt", VTT)})).json()["calls"]
        await http.delete(f"/api/calls/{made['id']}")
        again = await http.post("/api/calls", files={"file": ("a.vtt", VTT)})

    assert again.status_code == 201


async def test_a_recording_is_known_by_its_bytes_and_nothing_of_the_second_is_kept(tmp_path: Path) -> None:
    file = recording(tmp_path)
    async with server(tmp_path, ears=ears(tmp_path)) as running, over_http(running) as http:
        call_id = await upload(http, file)
        await until(http, is_ready)
        with file.open("rb") as sound:
            refused = await http.post("/api/calls", files={"file": ("copy.wav", sound)})
        in_all = (await http.get("/api/calls")).json()["total"]

    assert (refused.status_code, refused.json()["call"]["id"], in_all) == (409, call_id, 1)
    assert left(tmp_path) == []


async def test_a_transcript_that_failed_half_way_is_new_and_the_one_that_did_not_is_known(tmp_path: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = FailingOnce(kept)
        async with server(tmp_path, store=store) as running, over_http(running) as http:
            store.nth = 3
            failed = await sent(http)
            again = await sent(http)
            refused = await sent(http)

    assert (failed.status_code, again.status_code, refused.status_code) == (503, 201, 409)
    assert refused.json()["call"]["id"] == made_by(again)


async def test_one_that_failed_half_way_stays_new_once_silence_has_ended_its_call(tmp_path: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = FailingOnce(kept)
        limits = Limits(silence_s=0.1)
        async with server(tmp_path, store=store, limits=limits) as running, over_http(running) as http:
            store.nth = 3
            await sent(http)
            async with asyncio.timeout(PATIENCE_S):
                await until(http, is_ready)
            again = await sent(http)

    assert again.status_code == 201


async def test_of_a_file_with_several_calls_those_that_are_missing_are_taken(tmp_path: Path) -> None:
    def talk(number: int) -> dict[str, Any]:
        sentence = {"start": 0, "end": 2000, "text": f"We want to halve lead time number {number}."}
        return {"callId": str(number), "transcript": [{"speakerId": "1", "topic": None, "sentences": [sentence]}]}

    content = json.dumps({"callTranscripts": [talk(1), talk(2)]}).encode()
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = FailingOnce(kept)
        async with server(tmp_path, store=store) as running, over_http(running) as http:
            store.nth = 5  # each call is begun, heard and ended
            failed = await sent(http, content, "gong.json")
            again = await sent(http, content, "gong.json")
            refused = await sent(http, content, "gong.json")

    assert (failed.status_code, again.status_code, refused.status_code) == (503, 201, 409)
    assert len(again.json()["calls"]) == 1


async def test_a_recording_is_known_while_it_is_transcribed_and_new_once_that_was_stopped(tmp_path: Path) -> None:
    file = recording(tmp_path, A_LONG_TALK, LONG_S)
    hearing = ears(tmp_path, Oracle(A_LONG_TALK, delay_s=0.1))
    async with server(tmp_path, ears=hearing) as running, over_http(running) as http:
        call_id = await upload(http, file)
        content = await asyncio.to_thread(file.read_bytes)
        refused = await sent(http, content, "copy.wav")
        await http.delete(f"/api/calls/{call_id}/transcription")
        again = await sent(http, content, "copy.wav")
        await http.delete(f"/api/calls/{made_by(again)}/transcription")

    assert (refused.status_code, again.status_code) == (409, 201)
