"""Webhooks against a receiver on loopback that plays what real ones do."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import create_engine, text

from copilot.adapters.store import open_store
from copilot.adapters.webhook_posts import LONGEST_ANSWER, open_posts
from copilot.afterwards.scorekeeping import Scorekeeper
from copilot.afterwards.webhooks import NoticingStore, Terms, Webhooks
from copilot.domain.call import CallInfo, CallKind
from copilot.domain.deliveries import Delivery, DeliveryState
from copilot.domain.journal import Subject
from copilot.domain.signing import key_of
from copilot.domain.webhooks import (
    WEBHOOK_EVENTS,
    WEBHOOK_NOTES,
    Endpoint,
    EndpointOpened,
    Message,
    MessageQueued,
    outgoing,
)
from copilot.live.call import LiveCall
from copilot.ports import Store
from tests.builders import PLAYBOOK as VERSION
from tests.builders import noticing, say
from tests.integration.servers import SCORECARDS
from tests.integration.test_review_over_http import noted
from tests.integration.webhook_receiver import DRIP, HANG, HANG_UP, SECRET, Receiver, receiving

pytestmark = pytest.mark.anyio

SOON = (0.01,) * 4
SAID = "We want to halve our lead time of nine days by June."


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def store_in(folder: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite+aiosqlite:///{folder / 'copilot.db'}") as store:
        yield store


@asynccontextmanager
async def telling(
    store: Store,
    *receivers: Receiver,
    events: Sequence[str] = WEBHOOK_EVENTS,
    words: bool = False,
    waits_s: Sequence[float] = SOON,
    deadline_s: float = 5.0,
    at_once: bool = False,
) -> AsyncIterator[tuple[Webhooks, Store]]:
    """Webhooks at work, and the store that they hear of. The receivers are called r0, r1, …

    `at_once`: while they may still be starting.
    """
    endpoints = [
        Endpoint(f"r{n}", receiver.url, key_of(SECRET), frozenset(events), words)
        for n, receiver in enumerate(receivers)
    ]
    async with open_posts(deadline_s) as posts:
        terms = Terms(public_url="https://copilot.example", waits_s=waits_s)
        webhooks = Webhooks(endpoints, store, posts, now, terms)
        running = asyncio.create_task(webhooks.run())
        await until(lambda: at_once or all(courier.out.opened_at for courier in webhooks.couriers.values()))
        try:
            yield webhooks, cast("Store", NoticingStore(store, webhooks.notice))
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def sent_of(call_id: str, message_id: str, state: DeliveryState = "accepted") -> Delivery:
    return Delivery(message_id=message_id, call_id=call_id, recipient="luis@acme.example", at=now(), state=state)


async def a_call(store: Store, call_id: str = "acme") -> None:
    """A call in which an outcome was heard, from its beginning to its end."""
    info = CallInfo(id=call_id, kind=CallKind.DISCOVERY, title="Acme, first talk", account="Acme")
    scorekeeper = Scorekeeper(store, SCORECARDS, now)
    call = await LiveCall.begin(info, VERSION, store, noticing(noted), keep=scorekeeper.keep)
    await call.hear(say("customer", SAID))
    await call.end("sender")


async def until(holds: Callable[[], bool]) -> None:
    """Wait for a state that other tasks bring about."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110  nothing that is told of it
            await asyncio.sleep(0.005)


async def settled(webhooks: Webhooks, name: str = "r0", *, n: int = 1) -> list[Message]:
    """The messages of an endpoint, once so many have arrived or were given up."""
    out = webhooks.courier(name).out
    await until(lambda: sum(message.state in ("delivered", "failed") for message in out.messages.values()) >= n)
    return [*out.messages.values()]


class TestWhatIsTold:
    async def test_a_call_that_ended_is_ready_and_was_scored_by_ids_links_and_figures(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving() as receiver, telling(kept, receiver) as (_, store):
            await a_call(store)
            got = {one.told["type"]: one for one in await receiver.has(3)}

        assert set(got) == {"call.ended", "call.ready", "scorecard.made"}
        ready = got["call.ready"].told["data"]
        assert (ready["call"]["id"], ready["call"]["page"]) == ("acme", "https://copilot.example/calls/acme")
        assert (ready["figures"]["outcomes"], ready["figures"]["utterances"]) == (1, 1)
        assert got["scorecard.made"].told["data"]["scorecard"]["rubric"] == "scorecards/discovery/3"
        assert all(b"lead time" not in one.body and b"Acme" not in one.body for one in got.values())

    async def test_words_and_names_go_out_where_the_setting_says_so(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving() as receiver:
            async with telling(kept, receiver, events=["call.ready"], words=True) as (_, store):
                await a_call(store)
                (ready,) = await receiver.has(1)

        data = ready.told["data"]
        assert data["call"]["account"] == "Acme"
        assert data["heard"]["outcomes"][0]["evidence"] == [{"utterance": 0, "quote": SAID}]

    async def test_an_email_counts_its_recipients_and_names_none(self, tmp_path: Path) -> None:
        sending = Delivery(message_id="<1@x>", call_id="acme", recipient="luis@acme.example", at=now())
        async with store_in(tmp_path) as kept, receiving() as receiver:
            async with telling(kept, receiver, events=["email.sent"]) as (_, store):
                await a_call(store)
                await store.note_deliveries([sending])
                refused = sending.model_copy(update={"recipient": "x@acme.example", "state": "refused"})
                await store.note_deliveries([sending.model_copy(update={"state": "accepted"}), refused])
                (told,) = await receiver.has(1)

        assert told.told["data"]["email"] == {"message_id": "<1@x>", "recipients": 2, "accepted": 1}
        assert b"luis" not in told.body

    async def test_the_signature_is_one_over_id_time_and_body(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving() as receiver, telling(kept, receiver) as (webhooks, _):
            sent = await webhooks.test("r0")
            (got,) = await receiver.has(1)

        content = f"{got.id}.{got.headers['webhook-timestamp']}.".encode() + got.body
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
        assert (got.id, got.headers["webhook-signature"]) == (sent, f"v1,{expected}")
        assert abs(int(got.headers["webhook-timestamp"]) - time.time()) < 30
        assert got.headers["content-type"] == "application/json"


class TestTryingAgain:
    @pytest.mark.parametrize(
        ("play", "status", "error"),
        [
            (500, 500, "answered 500"),
            (302, 302, "answered 302, and redirects are not followed"),
            (HANG, None, "no answer within 1 s"),
            (HANG_UP, None, "it hung up without an answer, or with one that is no HTTP"),
        ],
    )
    async def test_what_did_not_arrive_is_sent_again_and_each_attempt_is_told(
        self, tmp_path: Path, play: int | str, status: int | None, error: str
    ) -> None:
        plays = Receiver(plays=[play, play], headers="Location: http://127.0.0.1:1/elsewhere\r\n")
        async with store_in(tmp_path) as kept, receiving(plays) as receiver:
            async with telling(kept, receiver, deadline_s=1.0) as (webhooks, _):
                await webhooks.test("r0")
                (message,) = await settled(webhooks)

        assert message.state == "delivered"
        assert [(a.status, a.error) for a in message.attempts] == [(status, error), (status, error), (204, None)]
        assert len({got.id for got in receiver.got}) == 1  # by which a receiver knows it again
        assert all(attempt.took_ms >= 0 for attempt in message.attempts)

    async def test_nobody_there_is_told_and_given_up_in_the_end(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, telling(kept, Receiver(port=9)) as (webhooks, _):
            await webhooks.test("r0")
            (message,) = await settled(webhooks)

        assert message.state == "failed"
        assert [attempt.error for attempt in message.attempts] == ["the connection was refused"] * (len(SOON) + 1)

    async def test_what_the_endpoint_asks_for_is_waited_for(self, tmp_path: Path) -> None:
        plays = Receiver(plays=[503], headers="Retry-After: 120\r\n")
        async with store_in(tmp_path) as kept, receiving(plays) as receiver:
            async with telling(kept, receiver) as (webhooks, _):
                sent = await webhooks.test("r0")
                out = webhooks.courier("r0").out
                await until(lambda: bool(out.messages[sent].attempts))
                due = out.messages[sent].due_at

        assert due is not None
        assert 110 < (due - now()).total_seconds() <= 120

    async def test_of_an_answer_the_beginning_is_kept_and_one_without_an_end_is_not_waited_for(
        self, tmp_path: Path
    ) -> None:
        async with store_in(tmp_path) as kept, receiving(Receiver(plays=[400, DRIP], answer=b"no " * 9000)) as receiver:
            async with telling(kept, receiver, deadline_s=1.0) as (webhooks, _):
                await webhooks.test("r0")
                (message,) = await settled(webhooks)

        refused, dripped = message.attempts
        assert refused.answer is not None
        assert len(refused.answer) == LONGEST_ANSWER
        assert (dripped.status, dripped.error) == (200, None)  # it has the message; what it says of it is all the same
        assert dripped.took_ms < 5000


class TestSendingAllNow:
    async def test_what_waits_goes_out_at_once_and_what_arrived_does_not(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving(Receiver(plays=[204, 500, 500])) as receiver:
            async with telling(kept, receiver, waits_s=(3600,) * 4) as (webhooks, _):
                await webhooks.test("r0")
                await settled(webhooks)
                waiting = [await webhooks.test("r0") for _ in range(2)]
                out = webhooks.courier("r0").out
                await until(lambda: all(out.messages[message].due_at for message in waiting))
                sent = await webhooks.send_all("r0")
                messages = await settled(webhooks, n=3)
                again = await webhooks.send_all("r0")
            notes = await kept.written("webhook", WEBHOOK_NOTES, "r0")

        assert (sent, again) == (2, 0)
        assert [len(message.attempts) for message in messages] == [1, 2, 2]
        assert [got.id for got in receiver.got][-2:] == waiting
        assert outgoing(notes).messages == out.messages

    async def test_what_was_held_back_goes_too_and_is_held_again_where_nobody_wants_it(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving(Receiver(then=410)) as receiver:
            async with telling(kept, receiver) as (webhooks, _):
                await webhooks.test("r0")
                await settled(webhooks)
                for _ in range(6):
                    await webhooks.test("r0")
                asked = await webhooks.send_all("r0")
                out = webhooks.courier("r0").out
                await until(lambda: out.count("held") == 6)

        assert (asked, out.gone) == (6, True)
        assert len(receiver.got) > 1


class TestGone:
    async def test_an_endpoint_that_is_gone_gets_nothing_more_until_a_person_sends_again(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving(Receiver(plays=[410])) as receiver:
            async with telling(kept, receiver) as (webhooks, _):
                first = await webhooks.test("r0")
                await settled(webhooks)
                second = await webhooks.test("r0")
                out = webhooks.courier("r0").out
                held = (out.gone, out.messages[first].state, out.messages[second].state, len(receiver.got))
                await webhooks.redeliver("r0", first)
                messages = await settled(webhooks, n=2)

        assert held == (True, "failed", "held", 1)
        assert [message.state for message in messages] == ["delivered", "delivered"]
        assert out.gone is False


class TestRestart:
    async def test_what_had_not_arrived_goes_out_after_it_with_its_attempts_remembered(self, tmp_path: Path) -> None:
        async with receiving(Receiver(plays=[500])) as receiver:
            async with store_in(tmp_path) as kept, telling(kept, receiver, waits_s=(0.3,)) as (webhooks, _):
                sent = await webhooks.test("r0")
                out = webhooks.courier("r0").out
                await until(lambda: bool(out.messages[sent].attempts))
            async with store_in(tmp_path) as kept, telling(kept, receiver, waits_s=(0.3,)) as (webhooks, _):
                (message,) = await settled(webhooks)

        assert [attempt.status for attempt in message.attempts] == [500, 204]
        assert [got.id for got in receiver.got] == [sent, sent]

    async def test_a_call_that_ended_while_nobody_listened_is_told_and_none_twice(self, tmp_path: Path) -> None:
        async with receiving() as receiver:
            async with store_in(tmp_path) as kept:
                await a_call(kept, "before the endpoint was there")
                async with telling(kept, receiver, events=["call.ready"]) as (webhooks, store):
                    await a_call(store, "heard")
                    await settled(webhooks)
                await a_call(kept, "missed")
            for _ in range(2):
                async with store_in(tmp_path) as kept, telling(kept, receiver, events=["call.ready"]) as (webhooks, _):
                    await settled(webhooks, n=2)

        assert [got.told["data"]["call"]["id"] for got in receiver.got] == ["heard", "missed"]

    async def test_scorecards_and_emails_of_while_nobody_listened_are_told_and_none_twice(self, tmp_path: Path) -> None:
        events = ("scorecard.made", "email.sent")
        async with receiving() as receiver:
            async with store_in(tmp_path) as kept:
                await a_call(kept, "before the endpoint was there")
                async with telling(kept, receiver, events=events) as (webhooks, store):
                    await a_call(store, "heard")
                    await store.note_deliveries([sent_of("heard", "<1@x>")])
                    await settled(webhooks, n=2)
                await a_call(kept, "missed")
                await kept.note_deliveries(
                    [sent_of("missed", "<2@x>"), sent_of("missed", "<3@x>", "refused"), sent_of("a file.txt", "<4@x>")]
                )
            for _ in range(2):
                async with store_in(tmp_path) as kept, telling(kept, receiver, events=events) as (webhooks, _):
                    await settled(webhooks, n=4)

        told = [(got.told["type"], got.told["data"]["call"]["id"]) for got in receiver.got]
        assert sorted(told) == [(event, call) for event in sorted(events) for call in ("heard", "missed")]
        (missed,) = [got.told["data"] for got in receiver.got[2:] if "email" in got.told["data"]]
        assert missed["email"] == {"message_id": "<2@x>", "recipients": 1, "accepted": 1}

    @pytest.mark.parametrize("events", [("email.sent",), ("call.ended", "email.sent"), WEBHOOK_EVENTS])
    async def test_emails_of_many_days_are_told_whatever_else_the_endpoint_hears_of(
        self, tmp_path: Path, events: Sequence[str]
    ) -> None:
        opened, tried = now() - timedelta(days=10), now() - timedelta(hours=1)
        ages = (timedelta(days=5), timedelta(days=4), timedelta(minutes=2))
        async with store_in(tmp_path) as kept, receiving() as receiver:
            test = MessageQueued(message="msg_test", event="test", happened_at=tried)
            await kept.write(Subject("webhook", "r0"), [EndpointOpened()], opened)
            await kept.write(Subject("webhook", "r0"), [test], tried)
            await a_call(kept)
            await kept.note_deliveries(
                [sent_of("acme", f"<{n}@x>").model_copy(update={"at": now() - age}) for n, age in enumerate(ages)]
            )
            async with telling(kept, receiver, events=events) as (webhooks, _):
                others = set(events) - {"call.deleted"}  # of each there is one, and the test
                await settled(webhooks, n=len(ages) + len(others))

        emails = [got.told["data"]["email"]["message_id"] for got in receiver.got if got.told["type"] == "email.sent"]
        assert sorted(emails) == ["<0@x>", "<1@x>", "<2@x>"]

    async def test_a_scorecard_that_cannot_be_read_keeps_no_endpoint_from_its_work(self, tmp_path: Path) -> None:
        async with receiving() as receiver:
            async with store_in(tmp_path) as kept, telling(kept, receiver, events=["call.ready"]) as (webhooks, store):
                await a_call(store, "one")
                await settled(webhooks)
            with create_engine(f"sqlite:///{tmp_path / 'copilot.db'}").begin() as connection:
                connection.execute(text("UPDATE journal SET body = 'nonsense' WHERE kind = 'scorecard'"))
            async with store_in(tmp_path) as kept, telling(kept, receiver, events=["call.ready"]) as (webhooks, store):
                info = CallInfo(id="two", kind=CallKind.OTHER)
                await (await LiveCall.begin(info, VERSION, store, noticing(noted))).end("sender")
                await settled(webhooks, n=2)

        assert [got.told["data"]["call"]["id"] for got in receiver.got] == ["one", "two"]
        assert not webhooks.broken

    async def test_the_journal_holds_no_words_and_no_address(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving() as receiver:
            async with telling(kept, receiver, words=True) as (webhooks, store):
                await a_call(store)
                await settled(webhooks, n=3)
            notes = await kept.written("webhook", WEBHOOK_NOTES, "r0")

        written = "".join(note.note.model_dump_json() for note in notes)
        assert all(secret not in written for secret in ("lead time", "Acme", "with-a-secret"))
        assert {message.state for message in outgoing(notes).messages.values()} == {"delivered"}


class TestOthersGoOn:
    async def test_a_dead_endpoint_slows_neither_calls_nor_other_endpoints(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving(Receiver(then=HANG)) as dead, receiving() as alive:
            async with telling(kept, dead, alive, deadline_s=60, events=["call.ready"]) as (webhooks, store):
                for n in range(6):  # more than are sent to one endpoint at once
                    async with asyncio.timeout(20):
                        await a_call(store, f"call-{n}")
                messages = await settled(webhooks, "r1", n=6)
                waiting = [message.state for message in webhooks.courier("r0").out.messages.values()]

        assert [message.state for message in messages] == ["delivered"] * 6
        assert waiting == ["waiting"] * 6
        assert len(dead.got) == 4

    async def test_a_call_that_is_not_there_any_more_is_not_told(self, tmp_path: Path) -> None:
        async with store_in(tmp_path) as kept, receiving() as receiver:
            async with telling(kept, receiver, events=["email.sent"]) as (webhooks, store):
                gone = Delivery(message_id="<1@x>", call_id="none", recipient="a@x.example", at=now(), state="accepted")
                await store.note_deliveries([gone])
                (message,) = await settled(webhooks)

        assert (message.state, receiver.got) == ("failed", [])
        assert message.attempts[0].error == "the call is not there any more, so it was not sent"


def test_an_endpoint_shows_neither_its_address_nor_its_key() -> None:
    shown = repr(Endpoint("crm", "https://crm.example/hook/with-a-secret", b"key-key-key"))

    assert "secret" not in shown
    assert "key-key" not in shown
