"""The second tier: a language model that listens in on every call, on top of what is found without it.

For each call there is one who follows its log and asks when there is something to ask about; never twice at once, and
with everything that was said by then. Whatever goes wrong here, the call goes on, and its panel says what is at work.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copilot.analysis.deep.epoch import Epoch
from copilot.analysis.deep.gate import Gate
from copilot.analysis.deep.inputs import Briefing, in_parts
from copilot.analysis.deep.redaction import Redactor
from copilot.analysis.pitfalls.signs import Signs
from copilot.domain.events import Logged, ModelUsed, UtteranceHeard
from copilot.domain.language_model import ModelRequest
from copilot.domain.playbook import Playbook
from copilot.domain.prices import Prices
from copilot.errors import StoreUnavailable
from copilot.live import meters
from copilot.live.asking import Asked, Desk, Terms, Unavailable
from copilot.live.budget import Spend
from copilot.live.call import LiveCall
from copilot.live.feed import Feed, Snapshot
from copilot.live.replies import Reply
from copilot.ports import LanguageModel, Prompts

log = logging.getLogger(__name__)

_AFTER_A_MISS = frozenset({"timed_out", "failed"})  # what was to be asked is asked again with what comes next
_UNTIL_THE_STORE_IS_BACK_S = 0.5


@dataclass(frozen=True, slots=True)
class Models:
    """A small one that listens in, and a larger one for the end of a call."""

    live: LanguageModel
    wrap_up: LanguageModel


class SecondTier:
    """The language model's part in all calls of this server."""

    def __init__(self, models: Models, prompts: Prompts, playbook: Playbook, prices: Prices, terms: Terms) -> None:
        self.models = models
        self.prompts = prompts
        self.playbook = playbook
        self.briefing = Briefing(playbook)
        self.signs = Signs(playbook)
        self.desk = Desk(prices, terms)
        self._listeners: dict[LiveCall, Listener] = {}

    def remember(self, used: Iterable[Logged]) -> None:
        """What an earlier run of the server used counts for its day."""
        for logged in used:
            if isinstance(logged.event, ModelUsed):
                usage = logged.event.usage
                cost = Spend(usage.input_tokens + usage.output_tokens, logged.event.cost_usd or 0.0)
                self.desk.budget.add_to_day(cost, logged.at.date())

    def join(self, call: LiveCall) -> None:
        """Listen in on a call from now on, until it is over."""
        if call in self._listeners or call.state.wrapped_up:
            return
        use = call.state.model
        account = self.desk.budget.open(call.id, Spend(use.usage.input_tokens + use.usage.output_tokens, use.cost_usd))
        listener = self._listeners[call] = Listener(call, self, account)
        listener.show_tier()
        if not call.state.ended:
            listener.start()

    async def review(self, call: LiveCall) -> None:
        """Look at a call that has ended once more, as a whole; keeps its own deadline."""
        self.join(call)
        listener = self._listeners[call]
        await listener.stop()
        try:
            if call.state.utterances and not call.state.model.reviewed:
                await listener.review()
        finally:
            await self.leave(call)

    async def leave(self, call: LiveCall) -> None:
        """Listen no longer."""
        listener = self._listeners.pop(call, None)
        if listener is not None:
            await listener.stop()
            self.desk.budget.close(listener.account)

    async def caught_up(self, call: LiveCall) -> None:
        """Wait until everything said on a call so far has been taken in, and asked about where there was reason to."""
        listener = self._listeners.get(call)
        if listener is not None:
            await listener.caught_up()

    async def close(self) -> None:
        """Hang up on everything that is under way."""
        await asyncio.gather(*(listener.stop() for listener in self._listeners.values()))
        self._listeners.clear()

    def show_tiers(self) -> None:
        """Say on every panel what is at work: the provider is everybody's."""
        for listener in self._listeners.values():
            listener.show_tier()


class Listener:
    """Listens in on one call."""

    def __init__(self, call: LiveCall, tier: SecondTier, account: str) -> None:
        self.account = account
        self._call = call
        self._tier = tier
        self._desk = tier.desk
        self._redactor = Redactor()
        self._epoch = Epoch.begin()
        self._gate = Gate(tier.signs)
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
        return self._epoch.state.seq < self._call.state.seq or self._due.is_set() or self._asking

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
        self._epoch, self._gate = await asyncio.to_thread(_caught_up, past, self._tier.signs)
        self._moved_on(due=self._gate.due is not None)
        while (new := await _next_events(feed)) is not None:
            for logged in new:
                self._epoch, self._gate = self._epoch.after(logged), self._gate.after(logged)
            spoken = any(isinstance(logged.event, UtteranceHeard) for logged in new)
            # Only then: what a failed request was about waits for the talk to go on.
            self._moved_on(due=spoken and self._gate.due is not None)

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
                while self._gate.due is not None and await self._ask_about_now():
                    pass
            except StoreUnavailable:
                pass  # the call says so itself
            finally:
                self._asking = False
                self._moved.set()

    async def _ask_about_now(self) -> bool:
        """Whether there may be more to ask at once."""
        try:
            async with self._desk.place(within_s=self._desk.terms.deadline_s):
                return await self._ask()
        except Unavailable as unavailable:
            self._say(unavailable.reason)
            return False

    async def _ask(self) -> bool:
        began = time.monotonic()
        cause, epoch = self._gate.due, self._epoch
        self._know_names()
        request = self._tier.prompts.request("live", self._tier.briefing.live(epoch, self._redactor))
        request = in_parts(request, epoch, self._redactor)
        reply = self._reply_to(request, wrap_up=False)
        self._epoch, self._gate = epoch.asked(), self._gate.asked()
        meters.MODEL_OVERHEAD_SECONDS.observe(time.monotonic() - began)
        deadline_s = self._desk.terms.deadline_s
        try:
            asked = await self._send(self._tier.models.live, request, reply, deadline_s=deadline_s, cause=cause)
        except (Unavailable, StoreUnavailable):
            self._not_answered()
            raise
        if asked.ended in _AFTER_A_MISS:
            self._not_answered()
        return asked.ended == "complete"

    def _reply_to(self, request: ModelRequest, *, wrap_up: bool) -> Reply:
        ours = "\n".join(message.text for message in request.messages if message.role == "system")
        return Reply(self._call, self._tier.playbook, self._redactor, wrap_up=wrap_up, prompt=ours)

    def _not_answered(self) -> None:
        """What the request was about is asked with the next one."""
        self._epoch, self._gate = self._epoch.not_answered(), self._gate.not_answered()

    async def review(self) -> None:
        """The second look at the whole call; within its deadline, waiting included."""
        deadline_s = time.monotonic() + self._desk.terms.wrap_up_deadline_s
        self._know_names()
        try:
            await self._desk.rested(within_s=self._desk.terms.wrap_up_deadline_s)
            async with self._desk.place(within_s=deadline_s - time.monotonic()):
                inputs = await asyncio.to_thread(self._tier.briefing.wrap_up, self._call.state, self._redactor)
                request = self._tier.prompts.request("wrap_up", inputs)
                reply = self._reply_to(request, wrap_up=True)
                left_s = deadline_s - time.monotonic()
                await self._send(self._tier.models.wrap_up, request, reply, deadline_s=left_s)
        except Unavailable as unavailable:
            self._say(unavailable.reason)

    async def _send(
        self, model: LanguageModel, request: ModelRequest, reply: Reply, *, deadline_s: float, cause: str | None = None
    ) -> Asked:
        """Whatever becomes of it is written down, unless nothing was sent."""
        asked = Asked()
        try:
            with meters.MODEL_REQUESTS_UNDER_WAY.track_inprogress():
                await self._desk.ask(
                    model,
                    request,
                    account=self.account,
                    purpose=reply.purpose,
                    deadline_s=deadline_s,
                    taker=reply,
                    asked=asked,
                )
            await reply.finish()
        except Unavailable:
            raise
        except BaseException:
            await self._write_down(model, request, reply, asked, cause)
            raise
        await self._write_down(model, request, reply, asked, cause)
        self._say(asked.trouble)
        return asked

    async def _write_down(
        self, model: LanguageModel, request: ModelRequest, reply: Reply, asked: Asked, cause: str | None
    ) -> None:
        used = ModelUsed(
            by="llm",
            purpose=reply.purpose,
            model=model.name,
            prompt=request.prompt,
            playbook=self._tier.playbook.version,
            cause=cause,
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
        self._tier.show_tiers()

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


def _caught_up(log: Sequence[Logged], signs: Signs) -> tuple[Epoch, Gate]:
    """What a log leads to, with the requests that were made on the way; what came to nothing is still to be asked."""
    epoch, gate = Epoch.begin(), Gate(signs)
    for logged in log:
        epoch, gate = epoch.after(logged), gate.after(logged)
        event = logged.event
        if isinstance(event, ModelUsed) and event.purpose == "live" and event.ended not in _AFTER_A_MISS:
            epoch, gate = epoch.asked(), gate.asked()
    return epoch, gate
