"""A language model listens in: what it brings, what it costs, and how it shares a call with people."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from copilot.live.asking import Terms
from tests.integration.second_tiers import (
    OUTCOME,
    SMALL,
    answering,
    cue,
    listening,
    more,
    op,
    state_of,
    status_with,
    until,
)
from tests.integration.servers import over_http, words
from tests.provider import provider

pytestmark = pytest.mark.anyio


async def test_what_the_model_finds_reaches_the_panel_with_what_it_cost(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at) as talk:
        assert (await status_with(talk.watching, "llm"))["reason"] is None
        await talk.ingest.send(**cue())
        outcome = await until(talk.watching, "outcome")
        used = await until(talk.watching, "model_used")
        state = await state_of(talk.running)

    assert (outcome["by"], outcome["item"]["text"], outcome["item"]["state"]) == (
        "llm",
        "Release every four weeks",
        "heard",
    )
    assert (used["purpose"], used["model"], used["ended"], used["cause"]) == ("live", SMALL, "complete", "item")
    assert (used["applied"], used["dropped"], used["estimated"]) == (1, {}, False)
    assert used["usage"]["input_tokens"] > 1024
    assert used["cost_usd"] > 0
    assert used["prompt"].startswith("live v")
    assert used["first_op_ms"] <= used["latency_ms"]
    assert state["model"]["requests"] == 1
    assert state["model"]["usage"] == used["usage"]


async def test_what_was_used_is_told_to_prometheus(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME, op("retire", 0, "every four weeks", id="O9"))) as at,
        listening(tmp_path, at) as talk,
        over_http(talk.running) as web,
    ):
        before = figures((await web.get("/metrics")).text)
        await talk.ingest.send(**cue())
        used = await until(talk.watching, "model_used")
        after = figures((await web.get("/metrics")).text)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0.0)

    model = f'model="{SMALL}"'
    assert more(f'copilot_model_requests_total{{ended="complete",{model},purpose="live"}}') == 1
    assert more(f'copilot_model_tokens_total{{kind="input",{model}}}') == used["usage"]["input_tokens"]
    assert more(f"copilot_model_cost_usd_total{{{model}}}") == pytest.approx(used["cost_usd"])
    assert more("copilot_model_ops_total") == 1
    assert more('copilot_model_drops_total{reason="unknown_item"}') == 1
    assert more('copilot_model_first_op_seconds_count{purpose="live"}') == 1
    assert after["copilot_model_requests_under_way"] == 0


def figures(exposition: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in exposition.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def test_one_request_at_a_time_about_all_that_was_said_meanwhile(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at) as talk:
        at.held = asyncio.Event()
        await talk.ingest.send(**cue())
        await at.visited.wait()
        for number in range(2, 7):
            await talk.ingest.send(**cue(number))
        while (await talk.ingest.next("ack"))["utterance"] != "u6":
            pass
        at.held.set()
        for _ in range(2):
            await until(talk.watching, "model_used")

    assert len(at.requests) == 2
    assert "u1 to u5" in str(at.requests[1].body["messages"])


async def test_no_more_requests_at_once_than_there_are_places(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        listening(tmp_path, at, Terms(deadline_s=1.0, concurrency=1)) as talk,
    ):
        async with talk.tier.desk.place("live", within_s=1):  # a request of another call's
            await talk.ingest.send(**cue())
            waiting = await status_with(talk.watching, "embedded")
            asked = len(at.requests)
        await talk.ingest.send(**words(2, "And that is what we said at the board", role="customer"))
        await until(talk.watching, "outcome")

    assert (waiting["reason"], asked) == ("The language model is busy with other calls.", 0)
    assert "u0 to u1" in str(at.requests[0].body["messages"])


async def test_what_a_person_decides_while_a_request_is_under_way_is_kept(tmp_path: Path) -> None:
    first = answering(OUTCOME)
    confirmed = answering(
        op("update", 0, "every four weeks", id="O1", text="Release every four weeks, for sure", priority=1)
    )
    async with provider(answer=first) as at, listening(tmp_path, at) as talk:
        await talk.ingest.send(**cue())
        await until(talk.watching, "model_used")
        at.answer, at.held = confirmed, asyncio.Event()
        at.visited.clear()
        await talk.ingest.send(**more(2))
        await talk.ingest.send(**cue(3))
        await at.visited.wait()
        await talk.watching.send(type="decide", item="O1", verdict="edit", fields={"text": "Our own words"}, ref=1)
        await talk.watching.next("done")
        at.held.set()
        used = await until(talk.watching, "model_used")
        state = await state_of(talk.running)

    (outcome,) = state["outcomes"]
    assert outcome["text"] == "Our own words"
    assert "text" in outcome["locked"]
    assert used["ended"] == "complete"


async def test_an_entry_that_a_person_set_aside_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at) as talk:
        await talk.ingest.send(**cue())
        await until(talk.watching, "model_used")
        at.held = asyncio.Event()
        at.visited.clear()
        await talk.ingest.send(**more(2))
        await talk.ingest.send(**cue(3))
        await at.visited.wait()
        await talk.watching.send(type="decide", item="O1", verdict="reject", ref=1)
        await talk.watching.next("done")
        at.held.set()
        await until(talk.watching, "model_used")
        state = await state_of(talk.running)

    assert [o["state"] for o in state["outcomes"]] == ["rejected"]
