from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from typing import Any

import pytest

from copilot.analysis.hearing import Analyst
from copilot.domain.call import Role
from copilot.domain.items import Question
from copilot.domain.ops import AddOutcome, AnyOp, FlagPitfall, SuggestQuestions
from copilot.domain.state import CallState
from tests.builders import noticing, quoting
from tests.integration.servers import Client, client, panel, sender, server, words

pytestmark = pytest.mark.anyio


def outcomes_of_customers(state: CallState, i: int) -> list[AnyOp]:
    """Every utterance of the customer's is an outcome, a pitfall and a question."""
    if state.utterances[i].role is not Role.CUSTOMER:
        return []
    asked = Question(
        id="", stage="metrics", text=f"How is it measured? ({i})", why="no measure", gap=f"gap {i}", after=i
    )
    return [
        AddOutcome(text=state.utterances[i].text, evidence=quoting(state, i)),
        FlagPitfall(kind="vague_outcome", evidence=quoting(state, i)),
        SuggestQuestions(questions=(*state.questions, asked)),
    ]


ANALYST: Analyst = noticing(outcomes_of_customers)


async def heard(ingest: Client, *numbers: int, role: str = "customer") -> None:
    for number in numbers:
        await ingest.send(**words(number, role=role, speaker=role.title()))
        await ingest.next("ack")


class TestWatching:
    async def test_begins_with_a_snapshot_and_goes_on_without_gaps(self, tmp_path: Path) -> None:
        async with server(tmp_path, analyst=ANALYST) as running, sender(running) as ingest:
            await heard(ingest, 1)
            async with panel(running) as watching:
                snapshot = await watching.next()
                await heard(ingest, 2)
                seqs = [(await watching.next("event"))["seq"] for _ in range(4)]

        assert snapshot["type"] == "snapshot"
        assert [o["id"] for o in snapshot["state"]["outcomes"]] == ["O1"]
        assert seqs == [snapshot["seq"] + n for n in (1, 2, 3, 4)]

    async def test_events_carry_their_cause_and_items_their_utterances(self, tmp_path: Path) -> None:
        async with server(tmp_path, analyst=ANALYST) as running, sender(running) as ingest, panel(running) as watching:
            await heard(ingest, 1)
            events = [(await watching.next("event"))["event"] for _ in range(4)]

        assert [e["type"] for e in events] == ["utterance", "outcome", "pitfall", "questions"]
        assert {e["utterance"] for e in events} == {"u1"}
        assert events[1]["item"]["utterances"] == [0]
        assert all(e["at"] for e in events)

    @pytest.mark.parametrize("after", [0, 1, 3])
    async def test_coming_back_gets_just_what_was_missed(self, tmp_path: Path, after: int) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await heard(ingest, 1, 2, 3)
            async with panel(running, after=after) as watching:
                seqs = [(await watching.next("event"))["seq"] for _ in range(4 - after)]

        assert seqs == list(range(after + 1, 5))

    async def test_the_whole_log_can_be_had_after_a_restart(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await heard(ingest, *range(300))
        async with server(tmp_path) as running, panel(running, after=0) as watching:
            assert [(await watching.next("event"))["seq"] for _ in range(301)] == list(range(1, 302))

    async def test_beyond_the_log_there_is_a_snapshot(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running), panel(running, after=99) as watching:
            assert (await watching.next("snapshot"))["seq"] == 1

    async def test_shows_partials_until_their_final_and_logs_none(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            for text in ("six", "six weeks"):
                await ingest.send(type="partial", id="u1", text=text, role="customer")
                partial = await watching.next("partial")
            await heard(ingest, 1)
            event = await watching.next("event")

        assert (partial["utterance"], partial["rev"], partial["tentative"], partial["role"]) == (
            "u1",
            2,
            "six weeks",
            "customer",
        )
        assert event["seq"] == 2

    async def test_says_whether_anybody_is_heard(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with sender(running), panel(running) as watching:
                heard_now = await watching.next("status")
            async with panel(running) as watching:
                left_alone = await watching.next("status")

        assert (heard_now["listening"], heard_now["tier"], heard_now["asr"]) == (True, "embedded", "off")
        assert (left_alone["listening"], left_alone["reason"]) == (False, "Nobody is sending this call.")

    async def test_the_status_comes_again_however_much_there_is_to_show(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("copilot.web.panel_socket.STATUS_EVERY_S", 0.2)

        async def chatters(ingest: Client) -> None:
            for n in itertools.count():
                await ingest.send(type="partial", id="u1", text=f"word {n}")

        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            await watching.next("status")
            chatter = asyncio.create_task(chatters(ingest))
            try:
                assert (await watching.next("status"))["listening"]
            finally:
                chatter.cancel()

    async def test_there_is_none_of_a_call_that_is_not_there(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, panel(running, "nope") as watching:
            assert (await watching.closed())[0] == 4404

    async def test_an_unusable_after_is_refused(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, client(running, "/ws/calls/call/panel?after=-1") as watching:
            assert (await watching.closed())[0] == 4400


class TestDeciding:
    async def decided(self, tmp_path: Path, *messages: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The answers to these messages, and the state that a second panel sees afterwards."""
        async with server(tmp_path, analyst=ANALYST) as running, sender(running) as ingest, panel(running) as watching:
            await heard(ingest, 1)
            await ingest.send(**words(2, role="rep", speaker="Rep", text="Our parcels leave within a day"))
            await ingest.next("ack")
            answers = []
            for message in messages:
                await watching.send(**message)
                answers.append(await watching.next("done", "error"))
            async with panel(running) as other:
                return answers, (await other.next("snapshot"))["state"]

    async def test_confirms_edits_rejects_and_restores(self, tmp_path: Path) -> None:
        messages: list[dict[str, Any]] = [
            {"type": "decide", "item": "O1", "verdict": "edit", "fields": {"text": "Ship monthly"}, "ref": "a"},
            {"type": "decide", "item": "O1", "verdict": "reject", "ref": "b"},
            {"type": "decide", "item": "O1", "verdict": "edit", "ref": "c"},
            {"type": "decide", "item": "O1", "verdict": "confirm", "ref": 4},
        ]
        answers, state = await self.decided(tmp_path, *messages)

        assert [(a["type"], a["ref"]) for a in answers] == [("done", "a"), ("done", "b"), ("done", "c"), ("done", 4)]
        assert [a["seq"] for a in answers] == sorted({a["seq"] for a in answers})
        (outcome,) = state["outcomes"]
        assert (outcome["text"], outcome["state"], outcome["confirmed_by"]) == ("Ship monthly", "confirmed", "person")
        assert {"text", "state"} <= set(outcome["locked"])

    async def test_judges_questions_and_pitfalls(self, tmp_path: Path) -> None:
        question = {"type": "question", "id": "Q1", "verdict": "asked"}
        pitfall = {"type": "pitfall", "id": "P1", "verdict": "wrong"}
        _, state = await self.decided(tmp_path, question, pitfall)

        assert state["questions"] == []
        assert [p["state"] for p in state["pitfalls"]] == ["wrong"]

    async def test_swapping_the_sides_works_everything_out_again(self, tmp_path: Path) -> None:
        (answer,), state = await self.decided(tmp_path, {"type": "speakers", "swap": True})

        assert answer["type"] == "done"
        assert [u["role"] for u in state["utterances"]] == ["rep", "customer"]
        assert {o["text"]: o["state"] for o in state["outcomes"]} == {
            "These are words number 1": "withdrawn",
            "Our parcels leave within a day": "heard",
        }

    async def test_what_comes_after_a_swap_is_swapped_too(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            await heard(ingest, 1)
            await watching.send(type="speakers", swap=True)
            await watching.next("done")
            await heard(ingest, 2)
            async with panel(running) as other:
                state = (await other.next("snapshot"))["state"]

        assert [u["role"] for u in state["utterances"]] == ["rep", "rep"]

    async def test_what_cannot_be_worked_out_anew_changes_nothing_and_says_so(self, tmp_path: Path) -> None:
        def once(state: CallState, i: int) -> list[AnyOp]:
            if state.utterances[i].role is Role.REP:
                raise ZeroDivisionError
            return []

        async with server(tmp_path, analyst=noticing(once)) as running, sender(running) as ingest:
            async with panel(running) as watching:
                await heard(ingest, 1)
                await watching.send(type="speakers", swap=True, ref=7)
                refused = await watching.next("error")
            async with panel(running) as other:
                state = (await other.next("snapshot"))["state"]

        assert (refused["code"], refused["ref"], refused["fatal"]) == ("failed", 7, False)
        assert [u["role"] for u in state["utterances"]] == ["customer"]

    async def test_names_a_speaker(self, tmp_path: Path) -> None:
        naming = {"type": "speakers", "speaker": "Customer", "name": "Luis", "role": "customer"}
        _, state = await self.decided(tmp_path, naming)

        assert state["utterances"][0]["speaker"] == "Luis"
        assert {"name": "Luis", "role": "customer", "title": None} in state["call"]["participants"]

    async def test_marks_a_moment_with_a_note(self, tmp_path: Path) -> None:
        marking = {"type": "moment", "id": "a-1"}
        noting = {**marking, "i": 0, "text": "Ask Priya for the figures"}
        answers, state = await self.decided(tmp_path, marking, noting, noting)

        assert [answer["type"] for answer in answers] == ["done"] * 3
        assert state["moments"] == [{"id": "a-1", "i": 1, "text": "Ask Priya for the figures", "removed": False}]

    async def test_adds_what_was_missed_once_and_takes_it_back(self, tmp_path: Path) -> None:
        adding = {"type": "add", "id": "a-1", "kind": "metric", "i": 1, "quote": "leave within a day"}
        typed = {"text": "Time until parcels leave", "target": "a day", "outcomes": ["O1"]}
        answers, state = await self.decided(tmp_path, {**adding, "fields": typed}, adding)

        assert [answer["type"] for answer in answers] == ["done", "done"]
        (metric,) = state["metrics"]
        assert (metric["text"], metric["target"], metric["outcomes"]) == ("Time until parcels leave", "a day", ["O1"])
        assert (metric["state"], metric["confirmed_by"], metric["found_by"]) == ("confirmed", "person", "person")
        assert metric["evidence"] == [{"utterance": 1, "quote": "leave within a day"}]

        _, state = await self.decided(tmp_path / "again", adding, {"type": "take_back", "id": "a-1"})
        assert [m["state"] for m in state["metrics"]] == ["withdrawn"]

    async def test_what_was_added_outlives_a_restart_and_is_everybodys_at_once(self, tmp_path: Path) -> None:
        adding = {"type": "add", "id": "a-1", "kind": "next_step", "i": 0, "fields": {"owner": "Dana"}}
        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            await heard(ingest, 1)
            async with panel(running) as other:
                await other.next("snapshot")
                await watching.send(**adding)
                event = (await other.next("event"))["event"]
        async with server(tmp_path) as running, panel(running) as watching:
            state = (await watching.next("snapshot"))["state"]

        assert (event["type"], event["change"], event["by"]) == ("next_step", "added", "person")
        assert state["next_steps"] == [event["item"]]

    @pytest.mark.parametrize(
        ("message", "code"),
        [
            ({"type": "add", "id": "a-1", "kind": "outcome", "i": 0, "quote": "never said"}, "not_said"),
            ({"type": "add", "id": "a-1", "kind": "outcome", "i": 0}, "already_there"),
            ({"type": "add", "id": "a-1", "kind": "outcome", "i": 9}, "unknown_item"),
            ({"type": "add", "id": "a-1", "kind": "outcome"}, "bad_message"),
            ({"type": "add", "id": "a-1", "kind": "wish", "i": 0}, "bad_message"),
            ({"type": "add", "id": "a-1", "kind": "outcome", "i": 0, "fields": {"owner": "Dana"}}, "bad_message"),
            ({"type": "take_back", "id": "a-9"}, "unknown_item"),
            ({"type": "moment", "id": "a-1", "i": 99}, "unknown_item"),
            ({"type": "moment", "id": "", "text": "nowhere"}, "bad_message"),
            ({"type": "decide", "item": "O9", "verdict": "confirm"}, "unknown_item"),
            ({"type": "decide", "item": "O1", "verdict": "edit", "fields": {"colour": "red"}}, "bad_message"),
            ({"type": "decide", "item": "O1", "verdict": "applaud"}, "bad_message"),
            ({"type": "question", "id": "Q9", "verdict": "asked"}, "unknown_item"),
            ({"type": "pitfall", "id": "P9", "verdict": "wrong"}, "unknown_item"),
            ({"type": "speakers", "speaker": "Nobody", "name": "X"}, "unknown_item"),
            ({"type": "speakers", "utterances": ["never"], "role": "rep"}, "unknown_item"),
        ],
    )
    async def test_refuses_what_cannot_be_decided(self, tmp_path: Path, message: dict[str, Any], code: str) -> None:
        (answer,), _ = await self.decided(tmp_path, {**message, "ref": 1})

        assert (answer["code"], answer["ref"], answer["fatal"]) == (code, 1, False)

    async def test_an_ended_call_can_still_be_edited(self, tmp_path: Path) -> None:
        async with server(tmp_path, analyst=ANALYST) as running, sender(running) as ingest, panel(running) as watching:
            await heard(ingest, 1)
            await ingest.send(type="end")
            await ingest.next("ended")
            await watching.send(type="decide", item="O1", verdict="confirm")

            assert (await watching.next("done"))["type"] == "done"
