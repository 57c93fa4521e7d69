"""What becomes of a call, of others and of the budget when the language model fails, and what the panel says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.live.budget import Allowance, Spend
from tests.integration.second_tiers import (
    CUE,
    NOTICING,
    OUTCOME,
    PATIENT,
    SHORT,
    SMALL,
    answering,
    cue,
    listening,
    op,
    second_tier,
    state_of,
    status_with,
    until,
)
from tests.integration.servers import panel, sender, server, words
from tests.provider import Play, provider

pytestmark = pytest.mark.anyio

FAILURES: dict[Play, tuple[str, str]] = {
    "rate_limit": ("failed", "too many requests, HTTP 429"),
    "no_credit": ("failed", "no credit left"),
    "error": ("failed", "the provider has trouble, HTTP 500"),
    "hang": ("timed_out", "did not answer within 0.6 s"),
    "stall": ("timed_out", "did not answer within 0.6 s"),
    "drip": ("timed_out", "did not answer within 0.6 s"),
    "refuse": ("refused", "declined to answer"),
    "filter": ("refused", "declined to answer"),
    "wrong_schema": ("unusable", "could not be used: it has another shape"),
    "prose": ("unusable", "could not be used: the answer holds no JSON"),
    "disconnect": ("failed", "did not answer"),
    "garbage": ("failed", "did not answer"),
    "not_utf8": ("failed", "did not answer"),
}


@pytest.mark.parametrize("play", FAILURES)
async def test_a_request_that_fails_costs_the_call_nothing_but_the_request(play: Play, tmp_path: Path) -> None:
    ended, reason = FAILURES[play]
    async with (
        provider(answer=answering(OUTCOME)) as at,
        listening(tmp_path, at, SHORT if ended == "timed_out" else PATIENT) as talk,
    ):
        at.will(play)
        await talk.ingest.send(**cue())
        assert (await talk.ingest.next("ack"))["utterance"] == "u1"
        used = await until(talk.watching, "model_used")
        status = await status_with(talk.watching, "embedded")
        spent = talk.tier.desk.budget.of_call("call")

    assert used["ended"] == ended
    assert reason in status["reason"]
    assert status["tier_reason"] == status["reason"]
    assert status["listening"] is True
    billed = play not in ("rate_limit", "no_credit", "error")
    assert (spent.tokens > 0) is billed
    assert spent.tokens == used["usage"]["input_tokens"] + used["usage"]["output_tokens"]
    assert spent.usd == pytest.approx(used["cost_usd"])
    assert talk.tier.desk.budget.spent_today == spent


@pytest.mark.parametrize("play", ["cut", "length"])
async def test_of_an_answer_that_breaks_off_what_was_complete_is_kept(play: Play, tmp_path: Path) -> None:
    second = op("add_outcome", 0, "every six weeks", text="No longer every six weeks")
    async with provider(answer=answering(OUTCOME, second)) as at, listening(tmp_path, at) as talk:
        at.will(play)
        await talk.ingest.send(**cue())
        used = await until(talk.watching, "model_used")
        state = await state_of(talk.running)

    assert (used["ended"], used["applied"]) == ("cut", 1)
    assert [o["text"] for o in state["outcomes"]] == ["Release every four weeks"]


async def test_after_a_failure_the_next_words_try_again_and_nothing_was_passed_over(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at, listening(tmp_path, at) as talk:
        at.will("error")
        await talk.ingest.send(**cue())
        await status_with(talk.watching, "embedded")
        await talk.ingest.send(**words(2, "And that is what we said at the board", role="customer"))
        await until(talk.watching, "outcome")
        status = await status_with(talk.watching, "llm")

    assert status["reason"] is None
    assert "u0 to u1" in str(at.requests[-1].body["messages"])


async def test_one_calls_trouble_is_not_anothers(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at, replace(SHORT, deadline_s=1)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, "one", kind="discovery") as ingest,
        sender(running, "two", kind="discovery") as other,
        panel(running, "one") as watching,
        panel(running, "two") as beside,
    ):
        at.will("hang")
        await ingest.send(**cue())
        await at.visited.wait()
        await other.send(**cue())
        found = await until(beside, "outcome")
        used = await until(watching, "model_used")
        troubled = await status_with(watching, "embedded")
        await beside.next("status")
        well = (await beside.next("status"))["tier"]

    assert found["by"] == "llm"
    assert used["ended"] == "timed_out"
    assert "did not answer within 1 s" in troubled["reason"]
    assert well == "llm"


async def test_a_provider_that_fails_again_and_again_is_left_alone_on_every_call(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        provider(otherwise="error") as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, "one", kind="discovery") as ingest,
        sender(running, "two", kind="discovery") as other,
        panel(running, "one") as watching,
        panel(running, "two") as beside,
    ):
        for number in range(1, 4):
            await ingest.send(**cue(number))
            await until(watching, "model_used")
        paused = await status_with(beside, "embedded")
        await ingest.send(**cue(4))
        await other.send(**cue(1))
        assert (await other.next("ack"))["utterance"] == "u1"
        await asyncio.sleep(0)
        asked = len(at.requests)

    assert asked == 3
    told = [record.getMessage() for record in caplog.records if record.name == "copilot.live.asked"]
    assert [message.endswith("Nothing is asked for 15 s.") for message in told] == [False, True]
    assert all(message.startswith(f"Model {SMALL}: ") and CUE not in message for message in told)
    assert "HTTP 500" in paused["reason"]
    assert paused["reason"].endswith("It is tried again after a pause.")


@pytest.mark.parametrize(
    ("allowance", "reason"),
    [
        (Allowance(call_tokens=100), "This call's budget for the language model is spent."),
        (Allowance(call_usd=0.0001), "This call's budget for the language model is spent."),
        (Allowance(day_tokens=100), "Today's budget for the language model is spent."),
        (Allowance(day_usd=0.0001), "Today's budget for the language model is spent."),
    ],
)
async def test_nothing_is_sent_that_the_budget_does_not_hold(allowance: Allowance, reason: str, tmp_path: Path) -> None:
    async with provider() as at, listening(tmp_path, at, replace(PATIENT, allowance=allowance)) as talk:
        await talk.ingest.send(**cue())
        status = await status_with(talk.watching, "embedded")
        await talk.ingest.send(type="end")
        await talk.ingest.next("ended")
        spent = talk.tier.desk.budget.spent_today

    assert status["reason"] == reason
    assert at.requests == []
    assert spent == Spend()


async def test_the_tier_fails_by_our_own_fault_and_the_call_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with provider() as at, second_tier(at) as tier:
        tier.means = replace(tier.means, prompts=BrokenPrompts())
        async with (
            server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
            sender(running) as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue())
            status = await status_with(watching, "embedded")
            await ingest.send(**cue(2))
            assert (await ingest.next("ack"))["utterance"] == "u1"
            await ingest.send(type="end")
            await ingest.next("ended")

    assert status["reason"] == "The language model's part has failed on this call."
    assert "ValueError" in caplog.text
    assert CUE not in caplog.text


class BrokenPrompts:
    def request(self, name: str, inputs: Any) -> Any:
        raise ValueError(str(inputs))
