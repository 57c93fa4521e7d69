"""Sound that is kept where something breaks, and sound that is deleted."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.adapters.kept_sound import KeptFolder
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store import MemoryStore
from copilot.domain.audio import Recording
from copilot.domain.call import CallInfo, Consent
from copilot.domain.recordings import SoundKept
from copilot.errors import StoreUnavailable
from copilot.live.calls import Calls, Limits
from copilot.live.keeping import Keeping, Terms
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.integration.servers import PATIENCE_S
from tests.speech import A_TALK, TWO_SIDES, wire

pytestmark = pytest.mark.anyio

LENGTH_S = 14.0


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

    def keeping(self, kept: KeptFolder | None = None) -> Keeping:
        kept = kept or KeptFolder(self.folder / "kept")
        return Keeping(self.spools, kept, self.store, Terms(keep=True, days=30), lambda: self.now)

    async def started(self, kept: KeptFolder | None = None) -> Keeping:
        """As it is when a server has started."""
        keeping = self.keeping(kept)
        await keeping.take_up()
        return keeping

    async def about(self, keeping: Keeping) -> SoundKept:
        record = await self.store.record("call")
        assert record is not None
        return await keeping.about(record)

    async def kept(self, keeping: Keeping) -> None:
        """Until it is stored and let go of, or could not be."""
        async with at_work(keeping):
            while (state := (await self.about(keeping)).state) != "failed":
                if state == "kept" and not self.spools.there():
                    break
                await asyncio.sleep(0.01)


@asynccontextmanager
async def at_work(keeping: Keeping) -> AsyncIterator[None]:
    """It keeps what is over, until the server stops at the end of this."""
    running = asyncio.create_task(keeping.run())
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class TestAServerThatStops:
    async def test_while_encoding_does_it_again_and_deletes_nothing_before(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        held = Held(tmp_path / "kept")
        first = await desk.started(held)
        async with at_work(first):
            await held.begun.wait()
        assert (desk.spools.there(), held.there()) == (["call"], [])
        assert (await desk.about(first)).state == "pending"

        second = await desk.started()
        await desk.kept(second)
        assert (desk.spools.there(), held.there()) == ([], ["call"])

    async def test_between_storing_and_deleting_deletes_then(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        first = await desk.started()
        await desk.kept(first)
        file = await first.file("call")
        assert file is not None
        content = file.read_bytes()
        (tmp_path / "sound").rename(tmp_path / "gone")
        await Desk(tmp_path).with_a_call()  # the same spool, as if nothing had been deleted
        (file.parent / "call~half.ogg.part").write_bytes(b"Ogg")

        second = await desk.started()
        async with at_work(second):
            while desk.spools.there():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert file.read_bytes() == content
        assert [each.name for each in file.parent.iterdir()] == [file.name]


class TestDeleting:
    async def test_what_is_being_encoded_leaves_nothing(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        held = Held(tmp_path / "kept")
        keeping = await desk.started(held)
        async with at_work(keeping):
            await held.begun.wait()
            await keeping.delete("call")
            assert (desk.spools.there(), held.there()) == ([], [])
            assert "deleted on" in ((await desk.about(keeping)).message or "")

    async def test_comes_with_age(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        keeping = await desk.started()
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
        keeping = await desk.started()
        await desk.kept(keeping)
        desk.store = MemoryStore()
        await desk.keeping().sweep()

        assert list((tmp_path / "kept").iterdir()) == []

    async def test_that_was_broken_off_is_finished(self, tmp_path: Path) -> None:
        desk = await Desk(tmp_path).with_a_call()
        keeping = await desk.started()
        await desk.kept(keeping)
        file = await keeping.file("call")
        assert file is not None
        content = file.read_bytes()
        await keeping.delete("call")
        file.write_bytes(content)  # as if the power had gone before it

        await desk.started()
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
        keeping = await desk.started(disk)
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
