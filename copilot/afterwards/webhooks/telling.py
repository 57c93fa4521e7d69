"""Who is told what: an event goes to every endpoint that asked for it, and to each by a courier of its own."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from copilot.afterwards.webhooks.courier import Clock, Courier, Terms
from copilot.afterwards.webhooks.noticing import Happened, mailed, scored
from copilot.domain.journal import Subject
from copilot.domain.kept_scorecards import SCORECARD_NOTES, ScorecardKept
from copilot.domain.records import CallRecord
from copilot.domain.webhooks import Endpoint, MessageQueued
from copilot.errors import BrokenNote, CopilotError, StoreUnavailable
from copilot.ports import Posts, Store

log = logging.getLogger(__name__)

MOST_NOTICED = 10_000  # events that wait to be queued; with the database gone for hours, further ones are left out
MOST_LOOKED_AT = 1000  # calls, the newest, that are looked through at the start
LOOKED_BACK = timedelta(days=1)  # from the last that an endpoint was to be told; what happens is queued in its order
REST_S = 30.0


class NoSuchEndpoint(CopilotError):
    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        super().__init__(f"there is no webhook {name!r}; there are {', '.join(self.known) or 'none'}")


class NoSuchDelivery(CopilotError):
    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        super().__init__(f"there is no delivery {message_id!r} in the log, or it is older than what can be sent again")


class EndpointBroken(CopilotError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"nothing is sent to the webhook {name!r}: what was noted of it cannot be read; see the log")


class Webhooks:
    """`now` is the clock, in UTC. `broken`: endpoints that are told nothing, since their journals cannot be read."""

    def __init__(self, endpoints: Sequence[Endpoint], store: Store, posts: Posts, now: Clock, terms: Terms) -> None:
        self.couriers = {e.name: Courier(e, store, posts, now, terms) for e in endpoints}
        self.broken: set[str] = set()
        self._store = store
        self._now = now
        self._noticed: asyncio.Queue[Happened] = asyncio.Queue(MOST_NOTICED)

    def notice(self, happened: Happened) -> None:
        """Something happened that somebody may want to be told of. Never waits: a call goes on meanwhile."""
        try:
            self._noticed.put_nowait(happened)
        except asyncio.QueueFull:
            log.warning("Call %s: nobody is told of %s; too much waits", happened.call, happened.event)

    async def run(self) -> None:
        """Go on with what an earlier run of the server left, then tell of what happens; until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for courier in self.couriers.values():
                if await self._opened(courier):
                    tasks.create_task(courier.run(), name=f"webhook {courier.endpoint.name}")
            while True:
                await self._tell(await self._noticed.get())

    @contextlib.asynccontextmanager
    async def letting_go(self, call_id: str) -> AsyncIterator[None]:
        """While a call is deleted, nothing is told of it, and after that nothing but what `take` is given."""
        async with contextlib.AsyncExitStack() as stack:
            for courier in self.couriers.values():
                await stack.enter_async_context(courier.letting_go(call_id))
            yield

    def take(self, told: Iterable[tuple[Subject, MessageQueued]]) -> None:
        """Send what was put into journals along with a deletion; while these are let go of, so that none is lost."""
        for subject, note in told:
            if subject.name in self.couriers and subject.name not in self.broken:
                self.couriers[subject.name].take(note, note.happened_at)

    async def test(self, name: str) -> str:
        """Send a message that tells of nothing; its id. Raises NoSuchEndpoint and EndpointBroken."""
        courier, now = self._working(name), self._now()
        note = MessageQueued(message=_id_of(name, "test", now.isoformat()), event="test", happened_at=now)
        await courier.queue(note)
        return note.message

    async def redeliver(self, name: str, message_id: str) -> None:
        """Send a message once more. Raises NoSuchEndpoint, EndpointBroken and NoSuchDelivery."""
        courier = self._working(name)
        if message_id not in courier.out.messages:
            raise NoSuchDelivery(message_id)
        await courier.redeliver(message_id)

    async def send_all(self, name: str) -> int:
        """Send everything that waits now; how many messages. Raises NoSuchEndpoint and EndpointBroken."""
        return await self._working(name).send_all()

    def courier(self, name: str) -> Courier:
        """Raises NoSuchEndpoint."""
        if name not in self.couriers:
            raise NoSuchEndpoint(name, self.couriers)
        return self.couriers[name]

    def _working(self, name: str) -> Courier:
        """Raises NoSuchEndpoint and EndpointBroken."""
        courier = self.courier(name)
        if name in self.broken:
            raise EndpointBroken(name)
        return courier

    async def _opened(self, courier: Courier) -> bool:
        """Read an endpoint's journal, and queue what happened while nobody could: the server had stopped."""
        while True:
            try:
                await self._open(courier)
            except StoreUnavailable as problem:
                log.warning("Webhook %s waits: %s", courier.endpoint.name, problem.reason)
                await asyncio.sleep(REST_S)
            except CopilotError as problem:
                log.error("Webhook %s is left alone: %s", courier.endpoint.name, problem)  # noqa: TRY400
                self.broken.add(courier.endpoint.name)
                return False
            else:
                self.broken.discard(courier.endpoint.name)
                return True

    async def _open(self, courier: Courier) -> None:
        since = await courier.open()
        if since is None:
            return
        told = [m.happened_at for m in courier.out.messages.values() if m.event != "test"]  # by an earlier run
        for record in await self._store.records(MOST_LOOKED_AT):
            if record.ended_at is not None and record.ended_at >= since:
                await self._queue(courier, _past(record, record.ended_at))
        await self._queue(courier, await self._kept(max(since, max(told, default=since) - LOOKED_BACK)))

    async def _kept(self, since: datetime) -> list[Happened]:
        """Scorecards and emails since then, as far as they are of calls that there are."""
        found = mailed(await self._store.deliveries_since(since))
        try:
            cards = await self._store.written("scorecard", SCORECARD_NOTES, since=since)
        except BrokenNote as problem:
            log.warning("Scorecards that nobody was told of were not looked for: %s", problem)
        else:
            found += [scored(w.subject.name, w.note, w.at) for w in cards if isinstance(w.note, ScorecardKept)]
        there = {call for call in {one.call for one in found} if await self._store.record(call) is not None}
        return [one for one in found if one.call in there]

    async def _tell(self, happened: Happened) -> None:
        for name, courier in self.couriers.items():
            if name not in self.broken:
                await self._told(courier, happened)

    async def _told(self, courier: Courier, happened: Happened) -> None:
        """Queue it; while the database does not answer, it waits, and what happens later waits behind it."""
        name = courier.endpoint.name
        while True:
            try:
                await self._queue(courier, [happened])
            except StoreUnavailable as problem:
                log.warning("Call %s: %s waits to be told to %s: %s", happened.call, happened.event, name, problem)
                await asyncio.sleep(REST_S)
            except CopilotError as problem:
                log.warning("Call %s: %s is not told to %s: %s", happened.call, happened.event, name, problem)
                return
            else:
                return

    async def _queue(self, courier: Courier, happened: Iterable[Happened]) -> None:
        for one in happened:
            if one.event in courier.endpoint.events:
                await courier.queue(_queued(courier.endpoint.name, one))


def of_deletion(endpoints: Iterable[Endpoint], call_id: str, at: datetime) -> list[tuple[Subject, MessageQueued]]:
    """That a call is deleted, for the journals of those who asked to be told: what is left of it there is its id."""
    happened = Happened("call.deleted", call_id, at)
    return [(Subject("webhook", e.name), _queued(e.name, happened)) for e in endpoints if happened.event in e.events]


def _past(record: CallRecord, ended_at: datetime) -> Iterator[Happened]:
    """What a call's record tells of its end."""
    yield Happened("call.ended", record.info.id, ended_at)
    if record.wrapped_up:
        yield Happened("call.ready", record.info.id, ended_at)


def _queued(endpoint: str, happened: Happened) -> MessageQueued:
    return MessageQueued(
        message=_id_of(endpoint, happened.event, happened.call, happened.once),
        event=happened.event,
        call=happened.call,
        happened_at=happened.at,
        facts=happened.facts,
    )


def _id_of(*parts: str) -> str:
    """The same event gets the same id, so that it is queued once."""
    return f"msg_{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}"
