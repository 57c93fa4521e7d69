"""The wrap-up: the whole call is looked at once more after its end, and texts are written about it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.domain.state import replay
from copilot.live.asking import Terms
from copilot.live.breaker import Breaker
from copilot.live.budget import Allowance
from copilot.live.call import LiveCall
from copilot.live.calls import Limits
from tests.builders import ScriptedAnalyst
from tests.integration.second_tiers import (
    CUE,
    LARGE,
    NOTICING,
    OUTCOME,
    PATIENT,
    answering,
    cue,
    listening,
    op,
    second_tier,
    sentence,
    state_of,
    status_with,
    until,
)
from tests.integration.servers import PATIENCE_S, Client, sender, server, words
from tests.provider import Play, provider

pytestmark = pytest.mark.anyio

EMAIL = [
    sentence("summary_email", "You want to release every four weeks.", 0, "release every four weeks"),
    sentence("summary_email", "We agreed on 500,000 dollars.", 0, "release every four weeks"),
    sentence("coaching", "The customer named a cadence.", 0, "every four weeks instead of every six weeks"),
]
WHOLE = answering(OUTCOME, wrap_up=[op("update", 0, "every six weeks", id="O1", priority=1)], prose=EMAIL)


async def ended(ingest: Client) -> int:
    await ingest.send(type="end")
    return int((await ingest.next("ended"))["seq"])


async def heard_and_ended(ingest: Client, watching: Client) -> int:
    """One utterance, what the model makes of it, and the end."""
    await ingest.send(**cue())
    await until(watching, "model_used")
    return await ended(ingest)


async def test_the_end_waits_for_a_look_at_the_whole_call_by_the_larger_model(tmp_path: Path) -> None:
    async with provider(answer=WHOLE) as at, listening(tmp_path, at) as talk:
        seq = await heard_and_ended(talk.ingest, talk.watching)
        state = await state_of(talk.running)
        types = [await next_type(talk.watching) for _ in range(7)]

    (outcome,) = state["outcomes"]
    assert outcome["priority"] == 1
    assert [s["text"] for s in state["prose"]["summary_email"]["sentences"]] == [
        "You want to release every four weeks."
    ]
    assert [s["evidence"][0]["utterance"] for s in state["prose"]["coaching"]["sentences"]] == [0]
    assert (state["wrapped_up"], state["model"]["reviewed"], state["model"]["requests"]) == (True, True, 2)
    assert at.requests[-1].body["model"] == LARGE
    assert types[0] == "call_ended"
    assert types[-1] == "wrapped_up"
    assert seq > 0


async def next_type(watching: Client) -> str:
    return str((await watching.next("event"))["event"]["type"])


@pytest.mark.parametrize("play", ["rate_limit", "error", "hang", "drip", "refuse", "wrong_schema", "disconnect"])
async def test_whatever_happens_to_it_the_call_is_wrapped_up_in_time(play: Play, tmp_path: Path) -> None:
    async with (
        provider(answer=WHOLE) as at,
        listening(
            tmp_path, at, replace(PATIENT, wrap_up_deadline_s=0.9) if play in ("hang", "drip") else PATIENT
        ) as talk,
    ):
        at.will("answer", play)
        async with asyncio.timeout(PATIENCE_S):
            await heard_and_ended(talk.ingest, talk.watching)
        state = await state_of(talk.running)
        status = await status_with(talk.watching, "embedded")

    assert [o["text"] for o in state["outcomes"]] == ["Release every four weeks"]
    assert (state["wrapped_up"], state["model"]["reviewed"]) == (True, False)
    assert (state["model"]["requests"], state["model"]["incomplete"]) == (2, 1)
    assert "The language model" in status["tier_reason"]
    if play in ("hang", "drip"):
        assert "within 0.9 s" in status["tier_reason"]
    assert status["reason"] == "The call has ended."


async def test_it_waits_for_a_provider_that_is_paused_but_not_for_long(tmp_path: Path) -> None:
    async with (
        provider(answer=WHOLE) as at,
        second_tier(at, replace(PATIENT, wrap_up_deadline_s=5.0)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, "soon", kind="discovery") as soon,
        sender(running, "late", kind="discovery") as late,
    ):
        for ingest in (soon, late):
            await ingest.send(**words(1, "Nothing much to say so far"))
        tier.desk.breaker = Breaker().failed(time.monotonic(), retry_after_s=0.5)
        await ended(soon)
        tier.desk.breaker = Breaker().failed(time.monotonic(), retry_after_s=60.0)
        async with asyncio.timeout(3):
            await ended(late)

    assert len(at.requests) == 1


async def test_of_one_that_breaks_off_the_text_in_the_making_is_left_out(tmp_path: Path) -> None:
    long = [sentence("coaching", "The customer named a cadence.", 0, "every four weeks")] * 6
    async with provider(answer=answering(OUTCOME, prose=[EMAIL[0], *long])) as at, listening(tmp_path, at) as talk:
        at.will("answer", "cut")
        await heard_and_ended(talk.ingest, talk.watching)
        state = await state_of(talk.running)

    assert list(state["prose"]) == ["summary_email"]


async def test_what_live_requests_may_not_spend_is_there_for_it(tmp_path: Path) -> None:
    allowance = Allowance(call_tokens=30_000, kept_for_wrap_up=0.99)
    async with provider(answer=WHOLE) as at, listening(tmp_path, at, replace(PATIENT, allowance=allowance)) as talk:
        await talk.ingest.send(**cue())
        await status_with(talk.watching, "embedded")
        await ended(talk.ingest)

    assert [received.body["model"] for received in at.requests] == [LARGE]


async def test_one_in_which_nothing_was_said_is_not_looked_at(tmp_path: Path) -> None:
    async with (
        provider() as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running) as ingest,
    ):
        await ended(ingest)

    assert at.requests == []


async def test_a_live_request_under_way_is_hung_up_on(tmp_path: Path) -> None:
    async with (
        provider(answer=WHOLE) as at,
        second_tier(at, Terms(deadline_s=60)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
    ):
        at.will("hang")
        await ingest.send(**cue())
        await at.visited.wait()
        await ended(ingest)
        await at.requests[0].over.wait()
        state = await state_of(running)

    assert at.requests[0].hung_up
    assert (state["model"]["requests"], state["model"]["incomplete"], state["model"]["reviewed"]) == (2, 1, True)


async def test_a_server_that_stops_within_it_finishes_it_at_its_next_start(tmp_path: Path) -> None:
    async with provider(answer=WHOLE) as at:
        at.will("answer", "hang")
        async with listening(tmp_path, at, Terms(wrap_up_deadline_s=60)) as talk:
            await talk.ingest.send(**cue())
            await until(talk.watching, "model_used")
            at.visited.clear()
            await talk.ingest.send(type="end")
            await at.visited.wait()
        async with second_tier(at) as tier, server(tmp_path, analyst=NOTICING, second_tier=tier) as running:
            call = await running.services.calls.get("call")
            async with asyncio.timeout(10):
                await call.over.wait()
            state = await state_of(running)

    assert state["model"]["reviewed"]
    assert list(state["prose"]) == ["summary_email", "coaching"]
    assert len(at.requests) == 3


async def test_one_that_was_looked_at_before_the_server_stopped_is_not_looked_at_again(tmp_path: Path) -> None:
    async with provider(answer=WHOLE) as at:
        async with listening(tmp_path, at) as talk:
            await heard_and_ended(talk.ingest, talk.watching)
            asked = len(at.requests)
            call = await talk.running.services.calls.get("call")
            log = await talk.running.services.store.read("call")
            before_its_end = replay(logged.event for logged in log[:-1])
            await talk.tier.review(
                LiveCall(before_its_end, call.record, talk.running.services.store, ScriptedAnalyst())
            )

    assert before_its_end.model.reviewed
    assert not before_its_end.wrapped_up
    assert len(at.requests) == asked


async def test_silence_ends_many_calls_at_once_rather_than_one_after_another(tmp_path: Path) -> None:
    async with (
        provider(otherwise="hang") as at,
        second_tier(at, Terms(deadline_s=0.1, wrap_up_deadline_s=1.0)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier, limits=Limits(silence_s=0.0)) as running,
    ):
        for name in "abcd":
            async with sender(running, name) as ingest:
                await ingest.send(**words(1, CUE))
                await ingest.next("ack")
        async with asyncio.timeout(3):
            await running.services.calls.end_silent()
        states: list[Any] = [await state_of(running, name) for name in "abcd"]

    assert all(state["wrapped_up"] for state in states)


async def test_silence_ends_a_call_while_another_is_still_looked_at(tmp_path: Path) -> None:
    async with (
        provider(otherwise="hang") as at,
        second_tier(at, Terms(deadline_s=60, wrap_up_deadline_s=60)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier, limits=Limits(silence_s=0.0)) as running,
    ):
        watching_over = asyncio.create_task(running.services.calls.watch_over(every_s=0.01))
        async with sender(running, "first") as ingest:
            await ingest.send(**words(1, "Well, good morning to all of you here", role="customer"))
            await ingest.next("ack")
        async with asyncio.timeout(10):
            await at.visited.wait()
        async with sender(running, "second"):
            second = await running.services.calls.get("second")
        async with asyncio.timeout(10):
            await second.over.wait()
        first = await running.services.calls.get("first")
        watching_over.cancel()

    assert (first.state.ended, first.state.wrapped_up) == (True, False)
