from __future__ import annotations

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np
import pytest

from copilot.adapters.kept_sound import KeptFolder
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.commands.serve import Running
from copilot.domain.audio import Recording
from copilot.domain.call import CallInfo, Consent
from copilot.domain.recordings import SoundKept
from copilot.errors import StoreUnavailable
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from copilot.live.keeping import Keeping, Terms
from tests.builders import PLAYBOOK, ScriptedAnalyst
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


class Held(KeptFolder):
    """Encoding waits in its midst until it is let go on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.begun = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def keep(self, call_id: str, sound: Recording, stopped: Callable[[], bool]) -> bool:
        def pieces() -> Iterator[bytes]:
            for piece in sound.pieces:
                self._loop.call_soon_threadsafe(self.begun.set)
                while not stopped():
                    time.sleep(0.005)
                yield piece

        return super().keep(call_id, Recording(sound.name, sound.audio, pieces()), stopped)


class Desk:
    """A call with consent that is over, and whoever keeps its sound, with a clock that can be set."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.now = folder, MemoryStore(), datetime.now(UTC)
        self.spools = SpoolFolder(folder / "sound")

    async def with_a_call(self) -> Desk:
        calls = Calls(self.store, ScriptedAnalyst(), PLAYBOOK, Limits())
        call = await calls.begin(CallInfo(id="call", consent=Consent(by="Dana")))
        spool = self.spools.make("call", TWO_SIDES)
        payload = wire(A_TALK, TWO_SIDES, LENGTH_S)
        for number, at in enumerate(range(0, len(payload), 6400)):
            spool.append(number, payload[at : at + 6400])
        await call.end("sender")
        return self

    def keeping(self, kept: KeptFolder | None = None, *, keep: bool = True) -> Keeping:
        kept = kept or KeptFolder(self.folder / "kept")
        return Keeping(self.spools, kept, self.store, Terms(keep, days=30), lambda: self.now)

    async def about(self, keeping: Keeping) -> SoundKept:
        record = await self.store.record("call")
        assert record is not None
        return await keeping.about(record)

    async def kept(self, keeping: Keeping) -> None:
        """Until it is stored and let go of, or could not be."""
        running = asyncio.create_task(keeping.run())
        async with asyncio.timeout(PATIENCE_S):
            while (state := (await self.about(keeping)).state) != "failed":
                if state == "kept" and not self.spools.there():
                    break
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class TestAServerThatStops:
    async def test_while_encoding_does_it_again_and_deletes_nothing_before(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        held = Held(tmp_path / "kept")
        first = desk.keeping(held)
        await first.take_up()
        running = asyncio.create_task(first.run())
        await held.begun.wait()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert (desk.spools.there(), held.there()) == (["call"], [])
        assert (await desk.about(first)).state == "pending"

        second = desk.keeping()
        await second.take_up()
        await desk.kept(second)
        assert (desk.spools.there(), held.there()) == ([], ["call"])

    async def test_between_storing_and_deleting_deletes_then(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        first = desk.keeping()
        await first.take_up()
        await desk.kept(first)
        file = await first.file("call")
        assert file is not None
        content = file.read_bytes()
        (tmp_path / "sound").rename(tmp_path / "gone")
        await Desk(tmp_path).with_a_call()  # the same spool, as if nothing had been deleted
        (file.parent / "call~half.ogg.part").write_bytes(b"Ogg")

        second = desk.keeping()
        await second.take_up()
        running = asyncio.create_task(second.run())
        async with asyncio.timeout(PATIENCE_S):
            while desk.spools.there():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert file.read_bytes() == content
        assert [each.name for each in file.parent.iterdir()] == [file.name]


class TestDeleting:
    async def test_what_is_being_encoded_leaves_nothing(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        held = Held(tmp_path / "kept")
        keeping = desk.keeping(held)
        await keeping.take_up()
        running = asyncio.create_task(keeping.run())
        await held.begun.wait()
        async with asyncio.timeout(PATIENCE_S):
            await keeping.delete("call")
        assert (desk.spools.there(), held.there()) == ([], [])
        assert "deleted on" in ((await desk.about(keeping)).message or "")
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    async def test_comes_with_age(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        keeping = desk.keeping()
        await keeping.take_up()
        await desk.kept(keeping)
        desk.now += timedelta(days=29, hours=23)
        await keeping.sweep()
        assert (await desk.about(keeping)).state == "kept"
        desk.now += timedelta(hours=2)
        await keeping.sweep()

        told = await desk.about(keeping)
        assert told.message == f"The sound was deleted on {desk.now.day} {desk.now:%B %Y}, 30 days after the call."
        assert KeptFolder(tmp_path / "kept").there() == []

    async def test_comes_with_the_call_itself(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        keeping = desk.keeping()
        await keeping.take_up()
        await desk.kept(keeping)
        desk.store = MemoryStore()
        await desk.keeping().sweep()

        assert list((tmp_path / "kept").iterdir()) == []

    async def test_that_was_broken_off_is_finished(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        keeping = desk.keeping()
        await keeping.take_up()
        await desk.kept(keeping)
        file = await keeping.file("call")
        assert file is not None
        content = file.read_bytes()
        await keeping.delete("call")
        file.write_bytes(content)  # as if the power had gone before it

        again = desk.keeping()
        await again.take_up()
        assert not file.exists()


class TestRightAfterTheCall:
    async def test_it_is_not_said_that_the_sound_is_gone_before_anybody_decided(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()

        assert (await desk.about(desk.keeping())).state == "pending"


class TestTrouble:
    async def test_leaves_the_sound_where_it_is_and_is_tried_again(self, tmp_path: Path) -> None:
        class Full(KeptFolder):
            full = True

            def keep(self, call_id: str, sound: Recording, stopped: Callable[[], bool]) -> bool:
                if self.full:
                    raise StoreUnavailable("no space left on device")
                return super().keep(call_id, sound, stopped)

        desk = await Desk(tmp_path).with_a_call()
        disk = Full(tmp_path / "kept")
        keeping = desk.keeping(disk)
        await keeping.take_up()
        await desk.kept(keeping)
        told = await desk.about(keeping)
        assert (
            told.message
            == "The sound could not be stored yet: no space left on device. It is safe, and will be tried again."
        )
        assert desk.spools.there() == ["call"]

        disk.full = False
        await keeping.sweep()
        await desk.kept(keeping)
        assert (await desk.about(keeping)).state == "kept"
        assert desk.spools.there() == []
