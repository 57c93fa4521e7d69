"""A language model's part in one call: listening in while it lasts, and a look at the whole of it at its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from copilot.analysis.deep.attention import MISSED, Attention
from copilot.analysis.deep.inputs import Briefing, in_parts
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.pitfalls.signs import Signs
from copilot.domain.events import Logged, ModelUsed, UtteranceHeard
from copilot.domain.language_model import ModelRequest
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.errors import StoreUnavailable
from copilot.live import meters
from copilot.live.asked import Asked
from copilot.live.asking import Desk, Unavailable
from copilot.live.budget import Spend
from copilot.live.call import LiveCall
from copilot.live.feed import Feed, Snapshot
from copilot.live.replies import Reply
from copilot.ports import LanguageModel, Prompts

log = logging.getLogger(__name__)

_UNTIL_THE_STORE_IS_BACK_S = 0.5


@dataclass(frozen=True, slots=True)
class Models:
    """A small one that listens in, and a larger one for the end of a call."""

    live: LanguageModel
    wrap_up: LanguageModel


@dataclass(frozen=True, slots=True)
class Means:
    """What every call's part works with."""

    models: Models
    prompts: Prompts
    playbook: Playbook
    briefing: Briefing
    signs: Signs


class ModelOnCall:
    """Follows one call's log, and asks when there is something to ask about."""

    def __init__(self, call: LiveCall, means: Means, desk: Desk, show_tiers: Callable[[], None]) -> None:
        """`show_tiers` is called when what is known of the provider may have changed, for every call."""
        use = call.state.model
        self._call = call
        self._means = means
        self._desk = desk
        self._show_tiers = show_tiers
        self._account = desk.budget.open(call.id, Spend(use.usage.input_tokens + use.usage.output_tokens, use.cost_usd))
        self._redactor = Redactor()
        self._attention = Attention.begin(means.signs)
        self._trouble: str | None = None
        self._due = asyncio.Event()
        self._asking = False
        self._moved = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._attend(), name=f"second tier of call {self._call.id}")

    async def stop(self) -> None:
        """Hang up on a request that is under way; what it has brought by now is kept and written down."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def leave(self) -> None:
        """Have no part in it any more."""
        await self.stop()
        self._desk.budget.close(self._account)

    def show_tier(self) -> None:
        """Say which tier is at work on this call, and why."""
        trouble = self._desk.paused if self._desk.is_paused else self._trouble
        self._call.show_tier("llm" if trouble is None else "embedded", trouble)

    async def caught_up(self) -> None:
        while self._task is not None and not self._task.done() and self._is_behind:
            self._moved.clear()
            await self._moved.wait()

    @property
    def _is_behind(self) -> bool:
        return self._attention.epoch.state.seq < self._call.state.seq or self._due.is_set() or self._asking

    async def _attend(self) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._take_in(), name=f"events of call {self._call.id}")
                tasks.create_task(self._ask_when_due(), name=f"questions about call {self._call.id}")
        except* Exception as failed:  # noqa: BLE001  whatever it is, the call goes on without
            kinds = ", ".join(sorted({type(error).__name__ for error in failed.exceptions}))
            log.error("Call %s: the language model's part has failed: %s", self._call.id, kinds)  # noqa: TRY400
            meters.ANALYSIS_FAILURES.inc()
            self._trouble = "The language model's part has failed on this call."
            self.show_tier()
        finally:
            self._moved.set()

    async def _take_in(self) -> None:
        """Fold what is logged, for as long as the call lasts."""
        while True:
            try:
                feed = await self._call.follow()
            except StoreUnavailable:
                await asyncio.sleep(_UNTIL_THE_STORE_IS_BACK_S)
                continue
            try:
                await self._fold_from_the_start(feed)
            finally:
                self._call.unwatch(feed)

    async def _fold_from_the_start(self, feed: Feed) -> None:
        """Until the call is worked out anew, or too much of it waits: then one has to begin again."""
        past = await _next_events(feed)
        if past is None:
            return
        # A long call's log takes tenths of a second, during which all other calls have to go on.
        self._attention = await asyncio.to_thread(Attention.of, past, self._means.signs)
        self._moved_on(due=self._attention.due is not None)
        while (new := await _next_events(feed)) is not None:
            for logged in new:
                self._attention = self._attention.after(logged)
            spoken = any(isinstance(logged.event, UtteranceHeard) for logged in new)
            # Only then: what a failed request was about waits for the talk to go on.
            self._moved_on(due=spoken and self._attention.due is not None)

    def _moved_on(self, *, due: bool) -> None:
        if due:
            self._due.set()
        self._moved.set()

    async def _ask_when_due(self) -> None:
        while True:
            await self._due.wait()
            self._asking = True
            self._due.clear()
            try:
                while self._attention.due is not None and await self._ask_about_now():
                    pass
            except StoreUnavailable:
                pass  # the call says so itself
            finally:
                self._asking = False
                self._moved.set()

    async def _ask_about_now(self) -> bool:
        """Whether there may be more to ask at once."""
        try:
            async with self._desk.place("live", within_s=self._desk.terms.deadline_s):
                return await self._ask()
        except Unavailable as unavailable:
            self._say(unavailable.reason)
            return False

    async def _ask(self) -> bool:
        began = time.monotonic()
        cause, epoch = self._attention.due, self._attention.epoch
        self._know_names()
        request = self._means.prompts.request("live", self._means.briefing.live(epoch, self._redactor))
        request = in_parts(request, epoch, self._redactor)
        reply = self._reply_to(request, wrap_up=False)
        self._attention = self._attention.asked()
        meters.MODEL_OVERHEAD_SECONDS.observe(time.monotonic() - began)
        deadline_s = self._desk.terms.deadline_s
        try:
            asked = await self._send(
                self._means.models.live, request, reply, deadline_s=deadline_s, cause=cause, told=epoch.state
            )
        except (Unavailable, StoreUnavailable):
            self._attention = self._attention.not_answered()
            raise
        if asked.ended in MISSED:
            self._attention = self._attention.not_answered()
        return asked.ended == "complete"

    def _reply_to(self, request: ModelRequest, *, wrap_up: bool) -> Reply:
        ours = "\n".join(message.text for message in request.messages if message.role == "system")
        return Reply(self._call, self._means.playbook, self._redactor, wrap_up=wrap_up, prompt=ours)

    async def review(self) -> None:
        """The second look at the whole call; within its deadline, waiting included."""
        deadline_s = time.monotonic() + self._desk.terms.wrap_up_deadline_s
        self._know_names()
        try:
            await self._desk.rested(within_s=self._desk.terms.wrap_up_deadline_s)
            async with self._desk.place("wrap_up", within_s=deadline_s - time.monotonic()):
                told = self._call.state
                inputs = await asyncio.to_thread(self._means.briefing.wrap_up, told, self._redactor)
                request = self._means.prompts.request("wrap_up", inputs)
                reply = self._reply_to(request, wrap_up=True)
                left_s = deadline_s - time.monotonic()
                await self._send(self._means.models.wrap_up, request, reply, deadline_s=left_s, told=told)
        except Unavailable as unavailable:
            self._say(unavailable.reason)

    async def _send(
        self,
        model: LanguageModel,
        request: ModelRequest,
        reply: Reply,
        *,
        deadline_s: float,
        told: CallState,
        cause: str | None = None,
    ) -> Asked:
        """Whatever becomes of it is written down, unless nothing was sent."""
        asked = Asked()
        try:
            with meters.MODEL_REQUESTS_UNDER_WAY.track_inprogress():
                await self._desk.ask(
                    model,
                    request,
                    account=self._account,
                    purpose=reply.purpose,
                    deadline_s=deadline_s,
                    taker=reply,
                    asked=asked,
                )
            await reply.finish()
        except Unavailable:
            raise
        except BaseException:
            await self._write_down(model, request, reply, asked, told, cause)
            raise
        await self._write_down(model, request, reply, asked, told, cause)
        self._say(asked.trouble)
        return asked

    async def _write_down(
        self,
        model: LanguageModel,
        request: ModelRequest,
        reply: Reply,
        asked: Asked,
        told: CallState,
        cause: str | None,
    ) -> None:
        used = ModelUsed(
            by="llm",
            purpose=reply.purpose,
            model=model.name,
            prompt=request.prompt,
            playbook=self._means.playbook.version,
            cause=cause,
            told_up_to=told.seq,
            ended=asked.ended,
            usage=asked.usage,
            estimated=asked.estimated,
            cost_usd=self._desk.cost(model, asked.usage),
            latency_ms=round(asked.latency_s * 1000),
            first_op_ms=reply.first_op_ms,
            applied=reply.applied,
            dropped=dict(reply.dropped),
        )
        meters.count_model_use(used)
        with contextlib.suppress(StoreUnavailable):  # the call says so itself
            await self._call.note(used)

    def _say(self, trouble: str | None) -> None:
        self._trouble = trouble
        self._show_tiers()

    def _know_names(self) -> None:
        if self._desk.terms.hide_names and self._call.state.call is not None:
            people = (p.name for p in self._call.state.call.participants)
            speakers = (u.speaker for u in self._call.state.utterances if u.speaker)
            self._redactor.know(dict.fromkeys((*people, *speakers)))


async def _next_events(feed: Feed) -> list[Logged] | None:
    """What was logged meanwhile; None where it was not all of it, or the call was worked out anew."""
    items = await feed.next()
    if feed.overflowed or any(isinstance(item, Snapshot) for item in items):
        return None
    return [item for item in items if isinstance(item, Logged)]
