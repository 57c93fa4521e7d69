"""A language model listens in: what it brings, what becomes of the call when it fails, and what the panel says."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.store import open_store
from copilot.live.asking import Terms
from copilot.live.audience import TAIL
from copilot.live.budget import Allowance, Spend
from tests.integration.second_tiers import CUE, NOTICING, OUTCOME, SHORT, SMALL, answering, op, second_tier
from tests.integration.servers import Client, over_http, panel, sender, server, words
from tests.integration.test_live_call import FailingStore, UnreadableOnce
from tests.provider import Play, provider

pytestmark = pytest.mark.anyio


async def until(watching: Client, kind: str) -> dict[str, Any]:
    """The next event of this type."""
    while (event := (await watching.next("event"))["event"])["type"] != kind:
        pass
    return dict(event)


async def status_with(watching: Client, tier: str) -> dict[str, Any]:
    while (status := await watching.next("status"))["tier"] != tier:
        pass
    return status


async def state_of(running: Any, call_id: str = "call") -> dict[str, Any]:
    async with panel(running, call_id) as other:
        return dict((await other.next("snapshot"))["state"])


def cue(number: int = 1) -> dict[str, Any]:
    return words(number, f"{CUE}, said {number + 10} times", role="customer", speaker="Luis")


async def test_what_the_model_finds_reaches_the_panel_with_what_it_cost(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        assert (await status_with(watching, "llm"))["reason"] is None
        await ingest.send(**cue())
        outcome = await until(watching, "outcome")
        used = await until(watching, "model_used")
        state = await state_of(running)

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
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
        over_http(running) as web,
    ):
        before = figures((await web.get("/metrics")).text)
        await ingest.send(**cue())
        used = await until(watching, "model_used")
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
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        at.will(play)
        await ingest.send(**cue())
        assert (await ingest.next("ack"))["utterance"] == "u1"
        used = await until(watching, "model_used")
        status = await status_with(watching, "embedded")
        spent = tier.desk.budget.of_call("call")

    assert used["ended"] == ended
    assert reason in status["reason"]
    assert status["tier_reason"] == status["reason"]
    assert status["listening"] is True
    billed = play not in ("rate_limit", "no_credit", "error")
    assert (spent.tokens > 0) is billed
    assert spent.tokens == used["usage"]["input_tokens"] + used["usage"]["output_tokens"]
    assert spent.usd == pytest.approx(used["cost_usd"])
    assert tier.desk.budget.spent_today == spent


@pytest.mark.parametrize("play", ["cut", "length"])
async def test_of_an_answer_that_breaks_off_what_was_complete_is_kept(play: Play, tmp_path: Path) -> None:
    second = op("add_outcome", 0, "every six weeks", text="No longer every six weeks")
    async with (
        provider(answer=answering(OUTCOME, second)) as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        at.will(play)
        await ingest.send(**cue())
        used = await until(watching, "model_used")
        state = await state_of(running)

    assert (used["ended"], used["applied"]) == ("cut", 1)
    assert [o["text"] for o in state["outcomes"]] == ["Release every four weeks"]


async def test_after_a_failure_the_next_words_try_again_and_nothing_was_passed_over(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        at.will("error")
        await ingest.send(**cue())
        await status_with(watching, "embedded")
        await ingest.send(**words(2, "And that is what we said at the board", role="customer"))
        await until(watching, "outcome")
        status = await status_with(watching, "llm")

    assert status["reason"] is None
    assert "u0 to u1" in str(at.requests[-1].body["messages"])


async def test_what_could_not_be_written_down_is_asked_about_again(tmp_path: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = FailingStore(kept)
        async with (
            provider(answer=answering(OUTCOME), pause_s=0.005) as at,
            second_tier(at, Terms(deadline_s=20)) as tier,
            server(tmp_path, analyst=NOTICING, store=store, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue())
            await at.visited.wait()
            store.full = True
            await at.requests[0].over.wait()
            await tier.caught_up(await running.services.calls.get("call"))
            store.full = False
            await ingest.send(**words(2, "And that is what we said at the board", role="customer"))
            outcome = await until(watching, "outcome")

    assert outcome["item"]["text"] == "Release every four weeks"
    assert "u0 to u1" in str(at.requests[-1].body["messages"])


async def test_after_a_restart_nothing_that_was_said_is_passed_over(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME)) as at:
        async with (
            second_tier(at) as tier,
            server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue())
            await until(watching, "model_used")
            await ingest.send(**words(2, "And that is what we said at the board", role="customer"))
            await ingest.next("ack")
        async with (
            second_tier(at) as tier,
            server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue(3))
            await until(watching, "model_used")

    assert len(at.requests) == 2
    assert "u1 to u2" in str(at.requests[1].body["messages"])


async def test_after_a_restart_what_was_said_during_the_last_request_is_asked_about(tmp_path: Path) -> None:
    async with provider(answer=answering(OUTCOME), pause_s=0.005) as at:
        async with (
            second_tier(at, Terms(deadline_s=20)) as tier,
            server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue())
            await at.visited.wait()
            await ingest.send(**words(2, "And that is what we said at the board", role="customer"))
            await ingest.next("ack")
            said = await ingest.next("ack")
            used = await until(watching, "model_used")
        at.pause_s = 0
        async with (
            second_tier(at) as tier,
            server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            await ingest.send(**cue(3))
            await until(watching, "model_used")

    assert used["told_up_to"] < said["seq"]
    assert "u1 to u2" in str(at.requests[-1].body["messages"])


async def test_speakers_that_are_put_right_are_told_anew_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'copilot.db'}") as kept:
        store = UnreadableOnce(kept)
        async with (
            provider(answer=answering(OUTCOME)) as at,
            second_tier(at) as tier,
            server(tmp_path, analyst=NOTICING, store=store, second_tier=tier) as running,
            sender(running, kind="discovery") as ingest,
            panel(running) as watching,
        ):
            for number in range(1, TAIL):  # so many that the log has to be read from the store
                await ingest.send(**words(number, "Mm-hm", role="customer", speaker="Luis"))
            await ingest.send(**cue(TAIL))
            await until(watching, "model_used")
            store.unreadable = True
            await watching.send(type="speakers", swap=True, ref=1)
            await watching.next("done")
            await ingest.send(**words(TAIL + 1, f"{CUE}, said twice", role="rep", speaker="Dana"))
            await until(watching, "model_used")

    told = str(at.requests[-1].body["messages"])
    assert not store.unreadable
    assert f"u{TAIL - 1} rep Luis" in told
    assert f"u{TAIL} customer Dana" in told
    assert f"New since your last answer: u{TAIL}" in told


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
    async with (
        provider() as at,
        second_tier(at, replace(SHORT, allowance=allowance)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        await ingest.send(**cue())
        status = await status_with(watching, "embedded")
        await ingest.send(type="end")
        await ingest.next("ended")
        spent = tier.desk.budget.spent_today

    assert status["reason"] == reason
    assert at.requests == []
    assert spent == Spend()


async def test_one_request_at_a_time_about_all_that_was_said_meanwhile(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME), pause_s=0.01) as at,
        second_tier(at, Terms(deadline_s=20)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        await ingest.send(**cue())
        await at.visited.wait()
        for number in range(2, 7):
            await ingest.send(**cue(number))
        for _ in range(2):
            await until(watching, "model_used")

    assert len(at.requests) == 2
    assert "u1 to u5" in str(at.requests[1].body["messages"])


async def test_what_a_person_decides_while_a_request_is_under_way_is_kept(tmp_path: Path) -> None:
    first = answering(OUTCOME)
    confirmed = answering(
        op("update", 0, "every four weeks", id="O1", text="Release every four weeks, for sure", priority=1)
    )
    async with (
        provider(answer=first, pause_s=0.005) as at,
        second_tier(at, Terms(deadline_s=20)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        await ingest.send(**cue())
        await until(watching, "model_used")
        at.answer = confirmed
        at.visited.clear()
        await ingest.send(**cue(2))
        await at.visited.wait()
        await watching.send(type="decide", item="O1", verdict="edit", fields={"text": "Our own words"}, ref=1)
        await watching.next("done")
        used = await until(watching, "model_used")
        state = await state_of(running)

    (outcome,) = state["outcomes"]
    assert outcome["text"] == "Our own words"
    assert "text" in outcome["locked"]
    assert used["ended"] == "complete"


async def test_an_entry_that_a_person_set_aside_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME), pause_s=0.005) as at,
        second_tier(at, Terms(deadline_s=20)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        await ingest.send(**cue())
        await until(watching, "model_used")
        at.visited.clear()
        await ingest.send(**cue(2))
        await at.visited.wait()
        await watching.send(type="decide", item="O1", verdict="reject", ref=1)
        await watching.next("done")
        await until(watching, "model_used")
        state = await state_of(running)

    assert [o["state"] for o in state["outcomes"]] == ["rejected"]


async def test_one_calls_trouble_is_not_anothers(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at, replace(SHORT, deadline_s=2)) as tier,
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
    assert "did not answer within 2 s" in troubled["reason"]
    assert well == "llm"


async def test_no_more_requests_at_once_than_there_are_places(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at, Terms(deadline_s=1.0, concurrency=1)) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        async with tier.desk.place("live", within_s=1):  # a request of another call's
            await ingest.send(**cue())
            waiting = await status_with(watching, "embedded")
            asked = len(at.requests)
        await ingest.send(**words(2, "And that is what we said at the board", role="customer"))
        await until(watching, "outcome")

    assert (waiting["reason"], asked) == ("The language model is busy with other calls.", 0)
    assert "u0 to u1" in str(at.requests[0].body["messages"])


class TestClosing:
    async def test_hangs_up_on_what_is_under_way_and_leaves_no_task_behind(self, tmp_path: Path) -> None:
        before = asyncio.all_tasks()
        async with provider(otherwise="hang") as at:
            async with (
                second_tier(at, Terms(deadline_s=60)) as tier,
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
                second_tier(at, Terms(deadline_s=60)) as tier,
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


async def test_a_replay_of_the_log_gives_the_same_state_without_a_model(tmp_path: Path) -> None:
    async with (
        provider(answer=answering(OUTCOME)) as at,
        second_tier(at) as tier,
        server(tmp_path, analyst=NOTICING, second_tier=tier) as running,
        sender(running, kind="discovery") as ingest,
        panel(running) as watching,
    ):
        await ingest.send(**cue())
        await until(watching, "model_used")
        await ingest.send(type="end")
        await ingest.next("ended")
        live = await state_of(running)
    async with server(tmp_path) as running:
        replayed = await state_of(running)

    assert replayed == live
    assert [o["text"] for o in replayed["outcomes"]] == ["Release every four weeks"]


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
