"""The same transcript or recording a second time: said so, with the call that it became, unless it is wanted."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.integration.servers import over_http, server
from tests.integration.test_http import VTT
from tests.integration.test_uploads import ears, is_ready, left, recording, until, upload

pytestmark = pytest.mark.anyio


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
