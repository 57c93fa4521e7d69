"""Carries the messages to one endpoint: a few at once, each until it has arrived or is given up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import random
from typing import Protocol

from copilot.afterwards.webhooks.retrying import WAITS_S, wait_s
from copilot.domain.journal import Subject
from copilot.domain.signing import signed
from copilot.domain.state import CallState, replay
from copilot.domain.webhooks import (
    GONE,
    WEBHOOK_NOTES,
    Endpoint,
    EndpointOpened,
    Message,
    MessageAttempted,
    MessageQueued,
    MessageRedelivered,
    Outgoing,
    Reply,
    WebhookNote,
    outgoing,
)
from copilot.errors import CallDeleted, StoreUnavailable
from copilot.ports import Posts, Store
from copilot.review.webhook_payload import payload

log = logging.getLogger(__name__)

AT_ONCE = 4
MOST_SETTLED = 500  # messages that arrived or were given up, kept in memory; the journal has all
LONGEST_SLEEP_S = 3600.0
REST_S = 30.0  # while the database does not answer


class Clock(Protocol):
    def __call__(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """`public_url`: where people reach this server, for links; without it, links are paths."""

    public_url: str | None = None
    waits_s: Sequence[float] = WAITS_S


class Courier:
    """What is to be sent is what the endpoint's journal adds up to; here it is only acted upon."""

    def __init__(self, endpoint: Endpoint, store: Store, posts: Posts, now: Clock, terms: Terms) -> None:
        self.endpoint = endpoint
        self.out = Outgoing()
        self._subject = Subject("webhook", endpoint.name)
        self._store = store
        self._posts = posts
        self._now = now
        self._terms = terms
        self._changed = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._writing = asyncio.Lock()  # the journal: no note comes in between while a call is deleted
        self._let_go: set[str] = set()  # calls that are deleted, or just being so

    async def open(self) -> datetime | None:
        """Read the journal; since when the endpoint is set up, or None where that is only since now."""
        async with self._writing:
            self.out = outgoing(await self._store.written("webhook", WEBHOOK_NOTES, self.endpoint.name))
        since = self.out.opened_at
        if since is None:
            await self._note(EndpointOpened())
        return since

    async def queue(self, note: MessageQueued) -> None:
        """Send a message, unless it was queued before. It is on disk when this returns."""
        if note.message not in self.out.messages:
            await self._note(note)

    async def redeliver(self, message_id: str) -> None:
        """Send a message once more, whatever became of it."""
        if message_id not in self._under_way:
            await self._note(MessageRedelivered(message=message_id))

    async def send_all(self) -> int:
        """Send what waits or is held back now, from the first attempt on; how many that are."""
        resting = [m.id for m in self.out.messages.values() if m.state in ("waiting", "held") and not self._sends(m)]
        await self._note(*(MessageRedelivered(message=message_id) for message_id in resting))
        return len(resting)

    def _sends(self, message: Message) -> bool:
        """Whether it is under way, or is next without anybody's asking."""
        return message.id in self._under_way or (message.state == "waiting" and message.due_at is None)

    @contextlib.asynccontextmanager
    async def letting_go(self, call_id: str) -> AsyncIterator[None]:
        """While a call is deleted, nothing is sent or noted of it; what is on its way is broken off.

        After that nothing ever is, but that it is deleted; where that fails, everything goes on as before.
        """
        self._let_go.add(call_id)
        try:
            await self._break_off([message.id for message in self._of_deleted()])
            async with self._writing:
                yield
        except CallDeleted:  # by somebody else meanwhile
            raise
        except BaseException:
            self._let_go.discard(call_id)
            self._changed.set()
            raise
        finally:
            for message in self._of_deleted():
                del self.out.messages[message.id]

    def _of_deleted(self) -> list[Message]:
        return [message for message in self.out.messages.values() if self._is_let_go(message)]

    def _is_let_go(self, about: Message | MessageQueued) -> bool:
        return about.call in self._let_go and about.event != "call.deleted"

    def take(self, note: WebhookNote, at: datetime) -> None:
        """Act upon a note that is in the journal already."""
        self.out.take(note, at)
        self._changed.set()

    async def run(self) -> None:
        """Send what is due, until cancelled."""
        try:
            while True:
                self._changed.clear()
                self._send_due()
                await self._sleep()
        finally:
            await self._break_off([*self._under_way])

    async def _break_off(self, message_ids: Sequence[str]) -> None:
        tasks = [self._under_way[message_id] for message_id in message_ids if message_id in self._under_way]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _send_due(self) -> None:
        now = self._now()
        due = [m for m in self._waiting() if m.due_at is None or m.due_at <= now]
        for message in due[: AT_ONCE - len(self._under_way)]:
            task = asyncio.create_task(self._attempted(message), name=f"webhook to {self.endpoint.name}")
            self._under_way[message.id] = task
            task.add_done_callback(partial(self._done, message.id))

    def _done(self, message_id: str, _: asyncio.Task[None]) -> None:
        """Also where it was cancelled before it began."""
        del self._under_way[message_id]
        self._changed.set()

    def _waiting(self) -> list[Message]:
        """Those that nobody is sending, in the order in which they were queued."""
        waiting = [m for m in self.out.messages.values() if m.state == "waiting" and m.id not in self._under_way]
        return [m for m in waiting if not self._is_let_go(m)]

    async def _sleep(self) -> None:
        """Until something changes or is due; while as many are under way as may be, until one of them is done."""
        is_full = len(self._under_way) >= AT_ONCE
        times = [] if is_full else [m.due_at for m in self._waiting() if m.due_at is not None]
        until_s = min((due - self._now()).total_seconds() for due in times) if times else LONGEST_SLEEP_S
        try:
            async with asyncio.timeout(min(max(until_s, 0.01), LONGEST_SLEEP_S)):
                await self._changed.wait()
        except TimeoutError:
            pass

    async def _attempted(self, message: Message) -> None:
        try:
            await self._attempt(message)
        except StoreUnavailable as problem:
            log.warning("Webhook %s: a message waits: %s", self.endpoint.name, problem.reason)
            await asyncio.sleep(REST_S)
        except Exception as problem:  # noqa: BLE001  whatever it is, other messages go on
            log.error("Webhook %s: a message waits: %s", self.endpoint.name, type(problem).__name__)  # noqa: TRY400
            await asyncio.sleep(REST_S)

    async def _attempt(self, message: Message) -> None:
        began, body = self._now(), await self._body(message)
        if body is None:
            reply = Reply(took_ms=0, error="the call is not there any more, so it was not sent")
        else:
            headers = signed(message.id, int(began.timestamp()), body, self.endpoint.key)
            reply = await self._posts.post(self.endpoint.url, body, headers)
        again_s = None if body is None or reply.error is None or reply.status == GONE else self._wait_s(message, reply)
        note = MessageAttempted(
            message=message.id,
            began_at=began,
            again_at=None if again_s is None else self._now() + timedelta(seconds=again_s),
            **reply.model_dump(exclude={"retry_after_s"}),
        )
        try:
            await self._note(note)
        except StoreUnavailable as problem:
            log.warning("Webhook %s: an attempt was not noted: %s", self.endpoint.name, problem.reason)
            self.out.take(note, self._now())
        self._forget()

    def _wait_s(self, message: Message, reply: Reply) -> float | None:
        return wait_s(message.tries + 1, random(), reply.retry_after_s, self._terms.waits_s)  # noqa: S311  no secret

    async def _body(self, message: Message) -> bytes | None:
        """The message as the call stands now, so that nothing of it has to be kept here; None without the call."""
        record = state = None
        if message.call is not None and message.event != "call.deleted":
            record = await self._store.record(message.call)
            if record is None:
                return None
            state = await self._state(message.call) if self.endpoint.words else None
        told = payload(message, record, state, public_url=self._terms.public_url)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    async def _state(self, call_id: str) -> CallState:
        logged = await self._store.read(call_id)
        return await asyncio.to_thread(lambda: replay(entry.event for entry in logged))

    async def _note(self, *notes: WebhookNote) -> None:
        """Write them down, then act upon them; not what is about a call that is deleted."""
        async with self._writing:
            wanted = [note for note in notes if self._is_wanted(note)]
            now = self._now()
            await self._store.write(self._subject, wanted, now)
            for note in wanted:
                self.take(note, now)

    def _is_wanted(self, note: WebhookNote) -> bool:
        match note:
            case EndpointOpened():
                return True
            case MessageQueued():
                return not self._is_let_go(note)
            case _:
                message = self.out.messages.get(note.message)
                return message is not None and not self._is_let_go(message)

    def _forget(self) -> None:
        """Let go of the oldest messages that are settled."""
        settled = [m.id for m in self.out.messages.values() if m.state in ("delivered", "failed")]
        for message_id in settled[:-MOST_SETTLED]:
            del self.out.messages[message_id]
