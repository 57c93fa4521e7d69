"""One call in flight: what comes in is analysed, written down, and only then shown."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from copilot.analysis import hearing
from copilot.analysis.hearing import Analyst, Step
from copilot.analysis.summary import figures, people
from copilot.domain.call import CallInfo, CallKind, Saying, Unheard, Utterance
from copilot.domain.events import (
    CallEnded,
    DetailsChanged,
    EndReason,
    Event,
    Logged,
    SpeakersChanged,
    UnheardNoted,
)
from copilot.domain.recordings import Progress
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.errors import CallDeleted, CopilotError, StoreUnavailable
from copilot.live import meters, working_out
from copilot.live.audience import Audience
from copilot.live.condition import Condition
from copilot.live.feed import MOST_PARTIALS, Asr, Feed, Partial, Snapshot, Status
from copilot.ports import Store

log = logging.getLogger(__name__)

T = TypeVar("T")
Review = Callable[["LiveCall"], Awaitable[None]]
"""A second look at a call that has ended, before it is wrapped up; it keeps its own deadline."""

Keep = Callable[[CallState], Awaitable[None]]
"""Told of a call that is over, and of whatever people change in it afterwards."""


class Conflict(CopilotError):
    """The same utterance id with another text."""

    def __init__(self, utterance_id: str) -> None:
        self.utterance_id = utterance_id
        super().__init__(f"utterance {utterance_id!r} was heard before with another text; the first one stands")


class CallOver(CopilotError):
    """The call takes no more utterances."""

    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"call {call_id!r} has ended; it takes no more utterances")


class LiveCall:
    """Serialises everything that changes one call. State, log and panels always agree.

    A change is written before it is taken over and shown; when it cannot be written, nothing has changed.
    """

    def __init__(
        self,
        state: CallState,
        record: CallRecord,
        store: Store,
        analyst: Analyst,
        review: Review | None = None,
        keep: Keep | None = None,
    ) -> None:
        if state.call is None:
            raise ValueError("a live call begins with its start")
        self.id = state.call.id
        self.state = state
        self.record = record
        self.sender: object | None = None  # whoever sends the call now; a newer one takes over
        self.last_heard = time.monotonic()
        self.over = asyncio.Event()  # set once the call is wrapped up
        if state.wrapped_up:
            self.over.set()
        self._store = store
        self._analyst = analyst
        self._review = review
        self._keep = keep
        self._wrapping_up: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._deleted_at: datetime | None = None
        self._gone = asyncio.Event()  # set once it is deleted
        self._tasks: set[asyncio.Task[Any]] = set()
        self._audience = Audience(self.id, store)
        self._condition = Condition()
        self._partial_revs: dict[str, int] = {}
        self._seqs = _utterance_seqs(state)

    @classmethod
    async def begin(
        cls,
        info: CallInfo,
        playbook: str,
        store: Store,
        analyst: Analyst,
        review: Review | None = None,
        keep: Keep | None = None,
        *,
        content: str | None = None,
    ) -> LiveCall:
        """A call that was not there before; its start is on disk when this returns. `content` as its record has it."""
        step = hearing.start(info, playbook)
        now = datetime.now(UTC)
        record = CallRecord(info=info, started_at=now, content=content)
        logged = _numbered(step.events, after=0, at=now)
        await store.append(info.id, logged, record)
        call = cls(step.state, record, store, analyst, review, keep)
        call._audience.show_logged(logged)
        return call

    # ── what comes in ──

    async def hear(self, saying: Saying, *, said_by_s: float | None = None) -> int:
        """Take an utterance; its event's number in the log, once it is on disk. The same one again changes nothing.

        `said_by_s`: when its last sound was heard, by the monotonic clock; how late it comes is counted from there.
        """
        return await self._serialised(lambda: self._hear(saying, said_by_s))

    async def miss(self, stretch: Unheard) -> int:
        """Note what there is no sound of; the number of the last event. The same again changes nothing."""
        return await self._serialised(lambda: self._miss(stretch))

    async def end(self, reason: EndReason) -> int:
        """End the call and wrap it up; the number of the last event. Ending it again changes nothing."""
        await self._serialised(lambda: self._end(reason))
        await self.wrap_up()
        return self.state.seq

    async def wrap_up(self) -> None:
        """See a call that has ended through to its last event; whoever asks meanwhile waits for the same."""
        if self.state.wrapped_up:
            return
        if self._wrapping_up is None or self._wrapping_up.done():
            self._wrapping_up = asyncio.create_task(self._wrap_up(), name=f"wrap-up of call {self.id}")
        await asyncio.shield(self._wrapping_up)

    async def propose(self, think: Callable[[CallState], Step]) -> Step:
        """Take what another analyst makes of the present state, with what follows from it; what was taken."""
        return await self._serialised(lambda: self._propose(think))

    async def note(self, event: Event) -> None:
        """Write down something that happened beside the talk."""
        await self._serialised(lambda: self._note(event))

    async def decide(self, decide: Callable[[CallState], Sequence[Event]]) -> int:
        """Take what a person decides about the present state; the number of the last event in the log."""
        return await self._serialised(lambda: self._decide(decide))

    async def delete(self, delete: Callable[[], Awaitable[datetime]]) -> None:
        """Delete the call as `delete` does it, while nothing else changes it; from then on, everybody is told."""
        await self._serialised(lambda: self._delete(delete))

    async def until_deleted(self) -> None:
        """Wait for as long as there is the call; raises CallDeleted then."""
        await self._gone.wait()
        self._check_there()

    def _check_there(self) -> None:
        """Raises CallDeleted."""
        if self._deleted_at is not None:
            raise CallDeleted(self.id, self._deleted_at)

    def partial(self, saying: Saying, *, stable: str = "") -> None:
        """Show words that may still change, all but the `stable` ones at their beginning.

        Never logged; nothing is shown for an utterance that is already final.
        """
        if self.state.ended or saying.id in self._seqs:
            return
        self.touch()
        speaker, role = self.state.speakers.resolve(saying.speaker, saying.role)
        fields = {**saying.model_dump(), "speaker": speaker, "role": role, "i": len(self.state.utterances)}
        self._audience.show(Partial(Utterance(**fields), self._next_rev(saying.id), stable))

    def _next_rev(self, utterance_id: str) -> int:
        """Counted from 1; begun again for one that was forgotten over too many others."""
        rev = self._partial_revs.pop(utterance_id, 0) + 1
        self._partial_revs[utterance_id] = rev
        if len(self._partial_revs) > MOST_PARTIALS:
            del self._partial_revs[next(iter(self._partial_revs))]
        return rev

    def touch(self) -> None:
        """Somebody is there: the limit for a silent call begins anew."""
        self.last_heard = time.monotonic()

    # ── who watches ──

    async def watch(self, *, after: int | None = None) -> Feed:
        """A feed that begins with a snapshot, or with the events beyond `after` where the log reaches that far."""
        self._check_there()
        return await self._audience.watch(self.state, self.status, after=after)

    async def follow(self) -> Feed:
        """A feed of every event from the first on, for one who works along."""
        self._check_there()
        return await self._audience.follow(self.state)

    def unwatch(self, feed: Feed) -> None:
        """Let go of a feed, of whichever kind."""
        self._audience.leave(feed)

    @property
    def panels(self) -> int:
        """How many watch."""
        return self._audience.panels

    @property
    def status(self) -> Status:
        """How the call is heard now."""
        return self._condition.status(ended=self.state.ended, sent=self.sender is not None)

    def show_status(self) -> None:
        self._audience.show(self.status)

    def show_tier(self, name: Literal["embedded", "llm"], reason: str | None = None) -> None:
        """Say which tier is at work from now on, and why."""
        if self._condition.tier(name, reason):
            self.show_status()

    def show_asr(self, asr: Asr, reason: str | None = None, *, behind_s: float = 0.0) -> None:
        """Say how well sound becomes words from now on, and why not better; `behind_s`: how late what is due is."""
        if self._condition.asr(asr, reason, behind_s):
            self.show_status()

    def show_recording(self, progress: Progress | None) -> None:
        """Say how far the transcription of an uploaded recording is, or that there is none any more."""
        if self._condition.recording(progress):
            self.show_status()

    def take_over(self, sender: object | None) -> None:
        """Somebody else sends the call from now on, or nobody."""
        self.sender = sender
        self.touch()
        self.show_status()

    # ── one change at a time ──

    async def _serialised(self, change: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a change to its end, also when whoever asked for it goes away: log and state must not part."""

        async def alone() -> T:
            async with self._one_at_a_time:
                self._check_there()
                return await change()

        task = asyncio.create_task(alone(), name=f"change of call {self.id}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def at_rest(self) -> None:
        """Wait for the change that is under way, and for what follows from it."""
        async with self._one_at_a_time:
            return

    async def settled(self) -> None:
        """Wait for the changes that are under way. A wrap-up is broken off; the next start takes it up again."""
        if self._wrapping_up is not None:
            self._wrapping_up.cancel()
            await asyncio.gather(self._wrapping_up, return_exceptions=True)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _hear(self, saying: Saying, said_by_s: float | None) -> int:
        self.touch()
        known = self._seqs.get(saying.id)
        if known is not None:
            if self.state.utterances[known[0]].text != saying.text:
                raise Conflict(saying.id)
            return known[1]
        if self.state.ended:
            raise CallOver(self.id)
        began = time.monotonic()
        first = self.state.seq + 1
        await self._commit(working_out.understood(self.state, saying, self._analyst))
        done = time.monotonic()
        self._condition.lag_s = round(done - (began if said_by_s is None else said_by_s), 3)
        meters.UTTERANCES.inc()
        meters.UTTERANCE_SECONDS.observe(done - began)
        self._seqs[saying.id] = (len(self.state.utterances) - 1, first)
        self._partial_revs.pop(saying.id, None)
        return first

    async def _miss(self, stretch: Unheard) -> int:
        self.touch()
        if self.state.unheard.get(stretch.id) != stretch:
            if self.state.ended:
                raise CallOver(self.id)
            await self._commit(Step(self.state).then(UnheardNoted(by="sender", stretch=stretch)))
        return self.state.seq

    async def _end(self, reason: EndReason) -> None:
        if self.state.ended:
            return
        step = Step(self.state).then(CallEnded(reason=reason))
        content = self.record.content if reason == "sender" else None
        record = self.record.model_copy(update={"ended_at": datetime.now(UTC), "content": content})
        if self._review is None:
            await self._conclude(working_out.settled(step, self._analyst), record)
        else:
            await self._commit(step, record=record)
            self.show_status()

    async def _wrap_up(self) -> None:
        """The second look at the whole call, as far as it comes, and then the end."""
        if self._review is not None:
            if self._condition.trouble is not None:  # no model is paid for what could not be kept
                await self._serialised(lambda: self._commit(Step(self.state), record=self.record))
            try:
                await self._review(self)
            except Exception as error:  # noqa: BLE001  whatever it is, the call ends
                await self.note(working_out.failed(self.state, "it ends without a second look", error))
        await self._serialised(self._close)

    async def _close(self) -> None:
        if not self.state.wrapped_up:
            await self._conclude(working_out.settled(Step(self.state), self._analyst), self.record)

    async def _conclude(self, step: Step, record: CallRecord) -> None:
        await self._commit(step, record=record.model_copy(update={"wrapped_up": True}))
        await self._keep_up()
        self.over.set()
        self.show_status()

    async def _propose(self, think: Callable[[CallState], Step]) -> Step:
        if self.state.wrapped_up:
            return Step(self.state)
        step = hearing.followed(think(self.state), self._analyst)
        if step.events:
            await self._commit(step)
        return step

    async def _note(self, event: Event) -> None:
        await self._commit(Step(self.state).then(event), record=self.record if self.state.wrapped_up else None)

    async def _decide(self, decide: Callable[[CallState], Sequence[Event]]) -> int:
        step = Step(self.state)
        for event in decide(self.state):
            step = step.then(event)
        if not step.events:
            return self.state.seq
        other_speakers = any(isinstance(event, SpeakersChanged) for event in step.events)
        anew = other_speakers or _kind(step.state) is not _kind(self.state)
        if anew:
            # Seconds for a long call, during which all other calls have to go on.
            again = await asyncio.to_thread(
                working_out.reworked, step.state, self._analyst, for_kind_alone=not other_speakers
            )
            step = Step(again.state, (*step.events, *again.events))
        changes_record = self.state.ended or any(isinstance(e, SpeakersChanged | DetailsChanged) for e in step.events)
        await self._commit(step, record=self.record if changes_record else None)
        if anew:
            self._audience.show(Snapshot(self.state))
        if self.state.wrapped_up:
            await self._keep_up()
        return self.state.seq

    async def _delete(self, delete: Callable[[], Awaitable[datetime]]) -> None:
        self._deleted_at = await delete()
        self._gone.set()
        self._audience.dismiss()

    async def _keep_up(self) -> None:
        if self._keep is None:
            return
        try:
            await self._keep(self.state)
        except Exception as error:  # noqa: BLE001  whatever it is, the call itself is safe
            log.warning("Call %s: what follows from it was not kept: %s", self.id, type(error).__name__)

    async def _commit(self, step: Step, *, record: CallRecord | None = None) -> None:
        logged = _numbered(step.events, after=self.state.seq, at=datetime.now(UTC))
        if record is not None and step.state.call is not None:
            told = {"info": step.state.call, "figures": figures(step.state), "people": people(step.state)}
            record = record.model_copy(update=told)
        try:
            await self._store.append(self.id, logged, record)
        except StoreUnavailable as problem:
            self._condition.trouble = f"Nothing is being saved: {problem.reason}. What is said waits with the sender."
            meters.APPEND_FAILURES.inc()
            log.warning("Call %s: nothing is being saved: %s", self.id, problem.reason)
            self.show_status()
            raise
        self.state = step.state
        self.record = record or self.record
        self._audience.show_logged(logged)
        if self._condition.trouble is not None:
            self._condition.trouble = None
            self.show_status()


def _kind(state: CallState) -> CallKind | None:
    return state.call.kind if state.call else None


def _numbered(events: Sequence[Event], *, after: int, at: datetime) -> list[Logged]:
    return [Logged(seq=after + n, at=at, event=event) for n, event in enumerate(events, 1)]


def _utterance_seqs(state: CallState) -> dict[str, tuple[int, int]]:
    """Index and number in the log by the sender's id."""
    return {u.id: (u.i, seq) for u, seq in zip(state.utterances, state.utterance_seqs, strict=True)}
