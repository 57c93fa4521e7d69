"""All calls of this server: those in flight, and those that are looked at again."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copilot.analysis.hearing import Analyst
from copilot.analysis.summary import figures
from copilot.domain.call import CallInfo
from copilot.domain.events import EndReason
from copilot.domain.records import CallRecord
from copilot.domain.state import replay
from copilot.errors import BrokenLog, CallDeleted, CopilotError, NoSuchCall, StoreUnavailable, TranscriptionFailed
from copilot.live.call import Keep, LiveCall, Review
from copilot.ports import Store

if TYPE_CHECKING:
    from copilot.live.ears import Ears  # imported only where they are set up
    from copilot.live.second_tier import SecondTier

log = logging.getLogger(__name__)


class Overloaded(CopilotError):
    """No more live calls fit; the running ones come first."""

    def __init__(self, most: int, retry_after_s: int) -> None:
        self.most, self.retry_after_s = most, retry_after_s
        super().__init__(f"{most} calls are in flight, which is all this server takes; try again in {retry_after_s} s")


@dataclass(frozen=True, slots=True)
class Limits:
    """`silence_s` ends a call that nobody sends any more; `most_live` calls are taken at once."""

    silence_s: float = 900.0
    most_live: int = 1000
    most_at_rest: int = 32
    retry_after_s: int = 30


class Calls:
    """Finds a call in memory or in the store, begins new ones, ends silent ones, and lets go of those at rest."""

    def __init__(
        self,
        store: Store,
        analyst: Analyst,
        playbook: str,
        limits: Limits,
        second_tier: SecondTier | None = None,
        ears: Ears | None = None,
        *,
        unheard: Collection[str] = (),
        keep: Keep | None = None,
    ) -> None:
        """`unheard` names calls whose sound waits on disk for a speech model: silence does not end them."""
        self._store = store
        self._analyst = analyst
        self._second_tier = second_tier
        self._ears = ears
        self._unheard = frozenset(unheard)
        self._keep = keep
        self._ending: set[asyncio.Task[int]] = set()
        self._playbook = playbook
        self._limits = limits
        self._calls: dict[str, LiveCall] = {}
        self._opening: dict[str, asyncio.Future[LiveCall]] = {}

    @property
    def live(self) -> list[LiveCall]:
        """The calls that have not ended."""
        return [call for call in self._calls.values() if not call.state.ended]

    @property
    def panels(self) -> int:
        """How many panels watch, all calls together."""
        return sum(call.panels for call in self._calls.values())

    async def get(self, call_id: str) -> LiveCall:
        """A call that there is; raises NoSuchCall, and CallDeleted for one that there was."""
        return await self._opened(call_id, self._load)

    async def at_rest(self, call_id: str) -> None:
        """Wait for a change of the call that is under way, and for what follows from it, such as its scorecard."""
        if call_id in self._calls:
            await self._calls[call_id].at_rest()

    async def begin(self, info: CallInfo, *, content: str | None = None) -> LiveCall:
        """The call with this id: as it stands if it was begun before, else begun now, `content` as its record has it.

        Raises Overloaded, and CallDeleted.
        """

        async def load_or_begin(call_id: str) -> LiveCall:
            try:
                return await self._load(call_id)
            except CallDeleted:
                raise
            except NoSuchCall:
                if len(self.live) >= self._limits.most_live:
                    raise Overloaded(self._limits.most_live, self._limits.retry_after_s) from None
                told = await self._with_known_account(info)
                return await LiveCall.begin(
                    told, self._playbook, self._store, self._analyst, self._review, self._keep, content=content
                )

        return await self._opened(info.id, load_or_begin)

    async def find(self, terms: Sequence[str], limit: int) -> tuple[list[CallRecord], int]:
        """Calls that these terms are found in, as the store finds them, live ones with their figures of this moment."""
        records, in_all = await self._store.find(terms, limit)
        return [self._with_figures(record) for record in records], in_all

    def _with_figures(self, record: CallRecord) -> CallRecord:
        call = self._calls.get(record.info.id)
        return record if call is None else call.record.model_copy(update={"figures": figures(call.state)})

    async def take_up(self) -> None:
        """Open the calls that an earlier run of the server left unfinished, so that they go on or fall silent."""
        if self._second_tier is not None:
            today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            self._second_tier.remember(await self._store.model_use(since=today))
        for call_id in await self._store.unfinished():
            try:
                await self.get(call_id)
            except BrokenLog as broken:
                log.error("%s; it is left alone", broken)  # noqa: TRY400  the sentence says it all
        if self._ears is not None:
            await self._ears.take_up(self.live)

    async def end(self, call: LiveCall, reason: EndReason) -> int:
        """End a call once all that came of it as sound has been heard; the number of its last event.

        Goes through also when whoever asked goes away. Raises StoreUnavailable, and TranscriptionFailed where the sound
        cannot be heard now; the call then stays open.
        """
        ending = asyncio.create_task(self._ended(call, reason), name=f"end of call {call.id}")
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        return await asyncio.shield(ending)

    async def _ended(self, call: LiveCall, reason: EndReason) -> int:
        if self._ears is not None:
            await self._ears.finish(call)
        seq = await call.end(reason)
        if self._ears is not None:
            await self._ears.release(call)
        return seq

    async def break_off(self, call: LiveCall) -> int:
        """End a call whose sound nobody wants to hear any further; the number of its last event."""
        seq = await call.end("cancelled")
        if self._ears is not None:
            await self._ears.release(call)
        return seq

    async def delete(self, call_id: str, delete: Callable[[str], Awaitable[datetime]]) -> None:
        """Delete a call as `delete` does it, while nothing else changes it; whoever watches or sends it is told."""

        async def deleted() -> datetime:
            at = await delete(call_id)
            self._calls.pop(call_id, None)
            return at

        try:
            call = await self.get(call_id)
        except BrokenLog:
            await deleted()
        else:
            await call.delete(deleted)

    async def watch_over(self, *, every_s: float = 5.0) -> None:
        """Ends calls that have gone silent and lets go of those at rest; runs until it is cancelled.

        Nobody waits for the end of a call: its sound may still be heard, and a model look at the whole of it.
        """
        seen_to: dict[str, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as tasks:
            while True:
                for call in self._left_open():
                    if call.id not in seen_to or seen_to[call.id].done():
                        seen_to[call.id] = tasks.create_task(self._see_to(call), name=f"silence of call {call.id}")
                seen_to = {call_id: task for call_id, task in seen_to.items() if not task.done()}
                self._let_go()
                await asyncio.sleep(every_s)

    async def end_silent(self) -> None:
        """End the calls that have been silent beyond the limit, and wrap up those that have ended."""
        await asyncio.gather(*map(self._see_to, self._left_open()))

    def _left_open(self) -> list[LiveCall]:
        now = time.monotonic()
        silent = [
            call
            for call in self.live
            if now - call.last_heard > self._limits.silence_s and call.id not in self._unheard
        ]
        unwrapped = [call for call in self._calls.values() if call.state.ended and not call.state.wrapped_up]
        return [*silent, *unwrapped]

    async def _see_to(self, call: LiveCall) -> None:
        try:
            await self.end(call, "silence")
        except (StoreUnavailable, TranscriptionFailed) as problem:
            log.warning("Call %s is silent and stays open: %s", call.id, problem.reason)

    async def close(self) -> None:
        """Break off what works along, and wait for every change under way: the store is not closed beneath it."""
        for ending in self._ending:
            ending.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)
        if self._ears is not None:
            await self._ears.close()
        await asyncio.gather(*(call.settled() for call in self._calls.values()))
        if self._second_tier is not None:
            await self._second_tier.close()
            await asyncio.gather(*(call.settled() for call in self._calls.values()))

    def _let_go(self) -> None:
        """Calls that are over and that nobody looks at stay in the store alone, the least recent first."""
        at_rest = [
            call for call in self._calls.values() if call.state.wrapped_up and not call.panels and call.sender is None
        ]
        at_rest.sort(key=lambda call: call.last_heard)
        for call in at_rest[: -self._limits.most_at_rest or None]:
            del self._calls[call.id]

    async def _with_known_account(self, info: CallInfo) -> CallInfo:
        """An account that was typed otherwise before is that one, as it was spelt first."""
        name = (info.account or "").strip() or None
        known = None if name is None else await self._store.account_named(name)
        return info.model_copy(update={"account": known or name})

    async def _load(self, call_id: str) -> LiveCall:
        record = await self._store.record(call_id)
        if record is None:
            if (at := await self._store.deleted_at(call_id)) is not None:
                raise CallDeleted(call_id, at)
            raise NoSuchCall(call_id)
        state = replay(logged.event for logged in await self._store.read(call_id))
        return LiveCall(state, record, self._store, self._analyst, self._review, self._keep)

    @property
    def _review(self) -> Review | None:
        return None if self._second_tier is None else self._second_tier.review

    async def _opened(self, call_id: str, opener: Callable[[str], Awaitable[LiveCall]]) -> LiveCall:
        """One LiveCall per id, whoever asks at the same moment; whoever waits shares the outcome."""
        while call_id not in self._calls:
            pending = self._opening.get(call_id)
            if pending is not None:
                await asyncio.wait([pending])
                continue
            self._opening[call_id] = asyncio.get_running_loop().create_future()
            try:
                call = self._calls[call_id] = await opener(call_id)
                if self._second_tier is not None:
                    self._second_tier.join(call)
            finally:
                self._opening.pop(call_id).cancel()
        return self._calls[call_id]
