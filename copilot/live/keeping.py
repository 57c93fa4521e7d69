"""What becomes of a call's sound once the call is over: kept where everyone agreed to it, else deleted."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from copilot.analysis.speech.pcm import decoded
from copilot.domain.audio import Recording, Span
from copilot.domain.recordings import Deleted, SoundKept
from copilot.domain.records import CallRecord
from copilot.errors import StoreUnavailable
from copilot.ports import KeptSound, Spool, Spools, Store

log = logging.getLogger(__name__)

DAY_S = 24 * 3600.0
PIECE_S = 10

NO_SOUND = "This call came in as text, so there is no sound."
NOT_OVER = "The sound can be played once the call is over."
NO_CONSENT = "Nobody noted that everyone agreed to be recorded, so the sound was deleted after the call."
NOT_KEPT = "The server did not keep the sound after the call. The setting sound.keep changes that for later calls."
PENDING = "The sound is being prepared."
NOT_YET = "The sound could not be stored yet: {reason}. It is safe, and will be tried again."


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether sound is kept, with everyone's consent, and for how many days after its call."""

    keep: bool = False
    days: int = 90


class Keeping:
    """Encodes the sound of one call after another. A call's spool is not let go of before that is complete."""

    def __init__(
        self, spools: Spools, kept: KeptSound, store: Store, terms: Terms, now: Callable[[], datetime]
    ) -> None:
        self._spools = spools
        self._kept = kept
        self._store = store
        self._terms = terms
        self._now = now
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._pending: set[str] = set()
        self._failed: dict[str, str] = {}  # why, by call
        self._encoding = asyncio.Lock()
        self._unwanted: set[str] = set()  # calls whose sound somebody deletes meanwhile

    @property
    def days(self) -> int | None:
        """For how many days sound is kept, with everyone's consent, or None where it never is."""
        return self._terms.days if self._terms.keep else None

    async def over(self, call_id: str) -> None:
        """A call is over. Where nothing can be found out now, its sound is left for the next start."""
        try:
            if await self._wanted(call_id):
                self._pending.add(call_id)
                self._waiting.put_nowait(call_id)
            else:
                await self._let_go(call_id)
        except StoreUnavailable as problem:
            log.warning("Call %s: its sound is left as it is: %s", call_id, problem.reason)

    async def take_up(self) -> None:
        """Go on with the sound of calls that were over when an earlier run of the server stopped."""
        await asyncio.to_thread(self._kept.clear)
        unfinished = set(await self._store.unfinished())
        for call_id in await asyncio.to_thread(self._spools.there):
            if call_id not in unfinished:
                await self.over(call_id)

    async def run(self) -> None:
        """Encode what waits, and once a day delete what is too old; until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._encode_all(), name="encoding of sound")
            tasks.create_task(self._sweep_daily(), name="deletion of old sound")

    async def about(self, record: CallRecord) -> SoundKept:
        """Whether a call's sound can be played, and why not."""
        call_id = record.info.id
        if await asyncio.to_thread(self._kept.file, call_id) is not None:
            return SoundKept(state="kept", until=self._until(record))
        if (deleted := await asyncio.to_thread(self._kept.deleted, call_id)) is not None:
            return SoundKept(state="none", message=self._since(deleted))
        if call_id in self._failed:
            return SoundKept(state="failed", message=NOT_YET.format(reason=self._failed[call_id]))
        if record.ended_at is None:
            return SoundKept(state="none", message=NOT_OVER)
        if call_id in self._pending or await asyncio.to_thread(self._spools.holds, call_id):
            return SoundKept(state="pending", message=PENDING)
        return SoundKept(state="none", message=await asyncio.to_thread(self._why_none, record))

    async def file(self, call_id: str) -> Path | None:
        """The sound of a call as Ogg/Opus, or None."""
        return await asyncio.to_thread(self._kept.file, call_id)

    async def delete(self, call_id: str) -> None:
        """Somebody wants the sound of a call that is over to be gone, whether or not it is encoded by now."""
        self._unwanted.add(call_id)
        try:
            async with self._encoding:
                await asyncio.to_thread(self._kept.remove, call_id, Deleted(at=self._now(), why="person"))
                await self._let_go(call_id)
        finally:
            self._unwanted.discard(call_id)

    @contextlib.asynccontextmanager
    async def letting_go(self, call_id: str) -> AsyncIterator[None]:
        """While a call is deleted, its sound is not touched here, and after that it waits for nothing any more."""
        self._unwanted.add(call_id)
        try:
            async with self._encoding:
                yield
                self._pending.discard(call_id)
                self._failed.pop(call_id, None)
        finally:
            self._unwanted.discard(call_id)

    async def sweep(self) -> None:
        """Delete what is older than it may be, or belongs to no call; try again what failed."""
        for call_id in await asyncio.to_thread(self._kept.there):
            record = await self._store.record(call_id)
            if record is None:
                await asyncio.to_thread(self._kept.remove, call_id, None)
            elif self._until(record) <= self._now():
                await asyncio.to_thread(self._kept.remove, call_id, Deleted(at=self._now(), why="age"))
                log.info("Call %s: its sound is deleted after %s days", call_id, self._terms.days)
        for call_id in list(self._failed):
            del self._failed[call_id]
            self._waiting.put_nowait(call_id)

    # ── small steps ──

    async def _wanted(self, call_id: str) -> bool:
        if not self._terms.keep or await asyncio.to_thread(self._kept.deleted, call_id) is not None:
            return False
        record = await self._store.record(call_id)
        return record is not None and record.info.consent is not None and self._until(record) > self._now()

    async def _encode_all(self) -> None:
        while True:
            call_id = await self._waiting.get()
            try:
                await self._encode(call_id)
            except StoreUnavailable as problem:
                self._failed[call_id] = problem.reason
                log.warning("Call %s: its sound could not be stored: %s", call_id, problem.reason)
            except Exception as problem:  # noqa: BLE001  one call's sound is left as it is; others go on
                self._failed[call_id] = type(problem).__name__
                log.error("Call %s: its sound could not be stored: %s", call_id, type(problem).__name__)  # noqa: TRY400

    async def _encode(self, call_id: str) -> None:
        async with self._encoding:
            spool = await asyncio.to_thread(self._spools.find, call_id)
            there = spool is not None and not spool.released and spool.wire_samples > 0
            kept = await asyncio.to_thread(self._kept.file, call_id) is not None
            if spool is not None and there and not kept and not await self._encoded(call_id, spool):
                return
            await self._let_go(call_id)

    async def _encoded(self, call_id: str, spool: Spool) -> bool:
        """Whether it was encoded to its end. The thread stops with us: what is broken off is done again."""
        sound = _sound(call_id, spool)
        stopped = False

        def is_stopped() -> bool:
            return stopped or call_id in self._unwanted

        encoding = asyncio.create_task(asyncio.to_thread(self._kept.keep, call_id, sound, is_stopped))
        try:
            return await asyncio.shield(encoding)
        except asyncio.CancelledError:
            stopped = True
            await asyncio.wait([encoding])
            raise

    async def _let_go(self, call_id: str) -> None:
        spool = await asyncio.to_thread(self._spools.find, call_id)
        if spool is not None:
            await asyncio.to_thread(spool.release)
        self._pending.discard(call_id)
        self._failed.pop(call_id, None)

    async def _sweep_daily(self) -> None:
        while True:
            with contextlib.suppress(StoreUnavailable):
                await self.sweep()
            await asyncio.sleep(DAY_S)

    def _until(self, record: CallRecord) -> datetime:
        return (record.ended_at or record.started_at) + timedelta(days=self._terms.days)

    def _since(self, deleted: Deleted) -> str:
        aged = f", {self._terms.days} days after the call" if deleted.why == "age" else ""
        return f"The sound was deleted on {deleted.at.day} {deleted.at:%B %Y}{aged}."

    def _why_none(self, record: CallRecord) -> str:
        if self._spools.find(record.info.id) is None:
            return NO_SOUND
        return NO_CONSENT if record.info.consent is None else NOT_KEPT


def _sound(call_id: str, spool: Spool) -> Recording:
    """A spool's sound as 16-bit PCM."""
    audio = spool.audio.model_copy(update={"encoding": "pcm_s16le"})
    return Recording(call_id, audio, _pieces(spool), spool.wire_samples / audio.sample_rate_hz)


def _pieces(spool: Spool) -> Iterator[bytes]:
    step = PIECE_S * spool.audio.sample_rate_hz
    for start in range(0, spool.wire_samples, step):
        piece = spool.read(Span(start, min(start + step, spool.wire_samples)))
        yield decoded(piece, spool.audio.encoding).astype("<i2").tobytes()
