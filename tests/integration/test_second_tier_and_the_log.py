"""A language model and the log: restarts, a full disk, a log read anew, and what is left when a server closes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from copilot.adapters.store import MemoryStore
from copilot.live.asking import Terms
from copilot.live.audience import TAIL
from copilot.live.budget import Allowance
from tests.integration.second_tiers import (
    CUE,
    NOTICING,
    OUTCOME,
    answering,
    cue,
    listening,
    more,
    second_tier,
    state_of,
    until,
)
from tests.integration.servers import sender, server, words
from tests.integration.test_live_call import FailingStore, UnreadableOnce
from tests.provider import provider

pytestmark = pytest.mark.anyio


async def test_what_could_not_be_written_down_is_asked_about_again(tmp_path: Path) -> None:
    store = FailingStore(MemoryStore())
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at, store=store) as talk:
        at.held = asyncio.Event()
        await talk.ingest.send(**cue())
        await at.visited.wait()
        store.full = True
        at.held.set()
        await at.requests[0].over.wait()
        await talk.tier.caught_up(await talk.running.services.calls.get("call"))
        store.full = False
        await talk.ingest.send(**words(2, "And that is what we said at the board", role="customer"))
        outcome = await until(talk.watching, "outcome")

    assert outcome["item"]["text"] == "Release every four weeks"
    assert "u0 to u1" in str(at.requests[-1].body["messages"])


async def test_after_a_restart_nothing_that_was_said_is_passed_over(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at:
        async with listening(tmp_path, at) as talk:
            await talk.ingest.send(**cue())
            await until(talk.watching, "model_used")
            await talk.ingest.send(**words(2, "And that is what we said at the board", role="customer"))
            await talk.ingest.next("ack")
        async with listening(tmp_path, at) as talk:
            await talk.ingest.send(**cue(3))
            await until(talk.watching, "model_used")

    assert len(at.requests) == 2
    assert "u1 to u2" in str(at.requests[1].body["messages"])


async def test_after_a_restart_what_was_said_during_the_last_request_is_asked_about(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at:
        at.held = asyncio.Event()
        async with listening(tmp_path, at) as talk:
            await talk.ingest.send(**cue())
            await at.visited.wait()
            await talk.ingest.send(**words(2, "And that is what we said at the board", role="customer"))
            await talk.ingest.next("ack")
            said = await talk.ingest.next("ack")
            at.held.set()
            used = await until(talk.watching, "model_used")
        async with listening(tmp_path, at) as talk:
            await talk.ingest.send(**cue(3))
            await until(talk.watching, "model_used")

    assert used["told_up_to"] < said["seq"]
    assert "u1 to u2" in str(at.requests[-1].body["messages"])


async def test_speakers_that_are_put_right_are_told_anew_and_the_rest_goes_on(tmp_path: Path) -> None:
    store = UnreadableOnce(MemoryStore())
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at, store=store) as talk:
        for number in range(1, TAIL):  # so many that the log has to be read from the store
            await talk.ingest.send(**words(number, "Mm-hm", role="customer", speaker="Luis"))
        await talk.ingest.send(**cue(TAIL))
        await until(talk.watching, "model_used")
        store.unreadable = True
        await talk.watching.send(type="speakers", swap=True, ref=1)
        await talk.watching.next("done")
        await talk.ingest.send(**more(TAIL + 1))
        await talk.ingest.send(**words(TAIL + 2, f"{CUE}, said twice", role="rep", speaker="Dana"))
        await until(talk.watching, "model_used")

    told = str(at.requests[-1].body["messages"])
    assert not store.unreadable
    assert f"u{TAIL - 1} rep Luis" in told
    assert f"u{TAIL + 1} customer Dana" in told
    assert f"New since your last answer: u{TAIL} to u{TAIL + 1}" in told


async def test_a_replay_of_the_log_gives_the_same_state_without_a_model(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at) as talk:
        await talk.ingest.send(**cue())
        await until(talk.watching, "model_used")
        await talk.ingest.send(type="end")
        await talk.ingest.next("ended")
        live = await state_of(talk.running)
    async with server(tmp_path) as running:
        replayed = await state_of(running)

    assert replayed == live
    assert [o["text"] for o in replayed["outcomes"]] == ["Release every four weeks"]


class TestClosing:
    async def test_hangs_up_on_what_is_under_way_and_leaves_no_task_behind(self, tmp_path: Path) -> None:
        before = asyncio.all_tasks()
        async with provider(otherwise="hang") as at:
            async with (
                second_tier(at) as tier,
                server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
                sender(running, kind="discovery") as ingest,
            ):
                await ingest.send(**cue())
                await at.visited.wait()
            async with asyncio.timeout(5):
                await at.requests[0].over.wait()
            left = {task for task in asyncio.all_tasks() - before if "call" in task.get_name()}

        assert at.requests[0].hung_up
        assert left == set()

    async def test_writes_down_what_a_broken_off_request_may_have_cost(self, tmp_path: Path) -> None:
        async with provider(otherwise="hang") as at:
            async with (
                second_tier(at) as tier,
                server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
                sender(running, kind="discovery") as ingest,
            ):
                await ingest.send(**cue())
                await at.visited.wait()
            async with (
                second_tier(at, Terms(allowance=Allowance(call_tokens=1))) as again,
                server(tmp_path, analyst=NOTICING, second_tier=again) as running,
            ):
                use = (await state_of(running))["model"]
                spent = again.desk.budget.spent_today

        assert (use["requests"], use["incomplete"]) == (1, 1)
        assert use["usage"]["input_tokens"] > 1024
        assert spent.tokens == use["usage"]["input_tokens"]
