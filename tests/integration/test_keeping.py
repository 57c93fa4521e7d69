from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from copilot.adapters.spool import SpoolFolder
from copilot.commands.serve import Running
from copilot.live.ears import Ears
from tests.integration.servers import PATIENCE_S, client, over_http, server
from tests.speech import A_TALK, TWO_SIDES, LoudnessDetector, Oracle, frames, wire

pytestmark = pytest.mark.anyio

LENGTH_S = 14.0

CONSENT = {"by": "Dana Reyes", "how": "asked at the start"}


def ears(folder: Path) -> Ears:
    return Ears(Oracle(A_TALK), LoudnessDetector(), SpoolFolder(folder / "sound"))


async def speak(running: Running, consent: dict[str, str] | None) -> None:
    """A whole live call."""
    async with client(running, "/ws/calls/call/ingest") as ingest:
        call = {"consent": consent}
        await ingest.send(type="start", protocol=1, call=call, audio=TWO_SIDES.model_dump(mode="json"))
        for frame in frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES):
            await ingest.socket.send(frame)
        await ingest.send(type="end")
        await ingest.next("ended")


@asynccontextmanager
async def program(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with over_http(running) as http:
        yield http


async def about(http: httpx.AsyncClient, *, once: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            told: dict[str, Any] = (await http.get("/api/calls/call/sound/about")).json()
            if told["state"] == once:
                return told
            await asyncio.sleep(0.02)


def loud(content: bytes, start_s: float, end_s: float) -> list[bool]:
    """Whether each channel is loud in this time."""
    with av.open(io.BytesIO(content), "r") as container:
        samples = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    heard = samples[:, round(start_s * 48000) : round(end_s * 48000)]
    return [bool(np.sqrt((channel**2).mean()) > 0.05) for channel in heard]


def spooled(folder: Path) -> list[str]:
    return SpoolFolder(folder / "sound").there()


class TestACallWithConsent:
    async def test_can_be_played_on_its_own_clock_with_its_channels(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            await speak(running, CONSENT)
            told = await about(http, once="kept")
            sound = await http.get("/api/calls/call/sound")

        assert sound.headers["content-type"] == "audio/ogg"
        assert sound.headers["cache-control"] == "private, no-store"
        for start_s, end_s, on_each in [
            (0.0, 0.45, [False, False]),
            (0.55, 2.05, [True, False]),
            (3.05, 4.9, [False, True]),
        ]:
            assert loud(sound.content, start_s, end_s) == on_each
        assert datetime.fromisoformat(told["until"]) - datetime.now(UTC) > timedelta(days=89)
        assert spooled(tmp_path) == []

    async def test_is_given_in_parts(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            await speak(running, CONSENT)
            await about(http, once="kept")
            whole = (await http.get("/api/calls/call/sound")).content
            part = await http.get("/api/calls/call/sound", headers={"Range": "bytes=100-199"})
            beyond = await http.get("/api/calls/call/sound", headers={"Range": "bytes=99999999-"})

        assert (part.status_code, part.content) == (206, whole[100:200])
        assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
        assert beyond.status_code == 416

    async def test_is_for_those_with_the_token_alone(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            await speak(running, CONSENT)
            await about(http, once="kept")
            async with over_http(running, {}) as stranger:
                assert (await stranger.get("/api/calls/call/sound")).status_code == 401
                assert (await stranger.delete("/api/calls/call/sound")).status_code == 401
            foreign = {"Origin": "https://evil.example"}
            assert (await http.delete("/api/calls/call/sound", headers=foreign)).status_code == 403
            page = await http.get("/calls/call", headers={"Accept": "text/html"})
            assert "media-src 'self'" in page.headers["content-security-policy"]

    async def test_has_its_sound_deleted_by_a_person_for_good(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            await speak(running, CONSENT)
            await about(http, once="kept")
            assert (await http.delete("/api/calls/call/sound")).status_code == 204
            gone = await http.get("/api/calls/call/sound")
            again = await http.delete("/api/calls/call/sound")

        assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_sound")
        assert (
            gone.json()["error"]["message"]
            == f"The sound was deleted on {datetime.now(UTC).day} {datetime.now(UTC):%B %Y}."
        )
        assert again.status_code == 404
        assert list((tmp_path / "recordings").glob("*.ogg")) == []

    async def test_keeps_its_sound_as_long_as_it_goes_on(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            async with client(running, "/ws/calls/call/ingest") as ingest:
                audio = TWO_SIDES.model_dump(mode="json")
                await ingest.send(type="start", protocol=1, call={"consent": CONSENT}, audio=audio)
                await ingest.next("ready")
                refused = await http.delete("/api/calls/call/sound")
                told = await about(http, once="none")

        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_over")
        assert told["message"] == "The sound can be played once the call is over."


class TestACallWhoseSoundIsNotKept:
    async def test_for_want_of_consent_says_so(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), keep=True) as running, program(running) as http:
            await speak(running, None)
            told = await about(http, once="none")

        assert told["message"].startswith("Nobody noted that everyone agreed to be recorded")
        assert spooled(tmp_path) == []
        assert not (tmp_path / "recordings").exists()

    async def test_because_the_server_keeps_none_says_so(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            await speak(running, CONSENT)
            told = await about(http, once="none")

        assert "sound.keep" in told["message"]
        assert spooled(tmp_path) == []

    async def test_because_it_came_as_text_says_so(self, tmp_path: Path) -> None:
        async with server(tmp_path, keep=True) as running, program(running) as http:
            async with client(running, "/ws/calls/call/ingest") as ingest:
                await ingest.send(type="start", protocol=1)
                await ingest.send(type="end")
                await ingest.next("ended")
            told = await about(http, once="none")

        assert told["message"] == "This call came in as text, so there is no sound."
