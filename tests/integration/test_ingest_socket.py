from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copilot.live.calls import Limits
from tests.integration.servers import BEARER, client, panel, sender, server, words

pytestmark = pytest.mark.anyio


class TestStarting:
    async def test_answers_ready_with_what_is_safe(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with sender(running) as ingest:
                for n in (1, 2):
                    await ingest.send(**words(n))
                    await ingest.next("ack")
            async with client(running, "/ws/calls/call/ingest") as again:
                await again.send(type="start", protocol=1, call={}, audio=None)

                assert await again.next() == {
                    "type": "ready",
                    "call_id": "call",
                    "audio_frame": None,
                    "utterance": "u2",
                    "utterances": 2,
                }

    async def test_refuses_words_before_the_start_and_a_second_start(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, client(running, "/ws/calls/call/ingest") as ingest:
            await ingest.send(**words(1))
            assert (await ingest.next())["code"] == "not_started"
            await ingest.send(type="start", protocol=1)
            assert (await ingest.next())["type"] == "ready"
            await ingest.send(type="start", protocol=1)
            assert (await ingest.next("error"))["code"] == "started"

    async def test_a_day_that_is_still_to_come_is_refused_and_another_one_taken(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, client(running, "/ws/calls/call/ingest") as ingest:
            await ingest.send(type="start", protocol=1, call={"held_on": "2099-01-01"})
            refused = await ingest.next("error")
            await ingest.send(type="start", protocol=1, call={"held_on": "2026-01-01"})
            taken = await ingest.next()

        assert (refused["code"], refused["fatal"]) == ("bad_message", False)
        assert refused["message"] == "held_on: 2099-01-01 is still to come"
        assert taken["type"] == "ready"

    @pytest.mark.parametrize(("kind", "role"), [("party", "boss"), (["demo"], {}), (None, 7)])
    async def test_an_unknown_kind_or_role_is_taken_as_such(self, tmp_path: Path, kind: object, role: object) -> None:
        async with (
            server(tmp_path) as running,
            sender(running, kind=kind, participants=[{"name": "A", "role": role}]),
            panel(running) as watching,
        ):
            call = (await watching.next("snapshot"))["state"]["call"]

        assert (call["kind"], call["participants"][0]["role"]) == ("other", "unknown")

    @pytest.mark.parametrize("call_id", ["-x", "a" * 65, "a%20b", "a/b"])
    async def test_refuses_an_id_that_no_call_can_have(self, tmp_path: Path, call_id: str) -> None:
        async with server(tmp_path) as running, client(running, f"/ws/calls/{call_id}/ingest") as ingest:
            assert (await ingest.closed())[0] == 4400

    async def test_says_that_audio_is_not_transcribed(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, client(running, "/ws/calls/call/ingest") as ingest:
            audio = {"encoding": "pcm_s16le", "sample_rate_hz": 16000, "channels": ["rep"]}
            await ingest.send(type="start", protocol=1, call={}, audio=audio)

            assert (await ingest.next())["code"] == "unsupported_audio"


class TestUtterances:
    async def test_acknowledges_each_with_its_own_event(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.send(**words(1))
            ack = await ingest.next("ack")
            async with panel(running, after=ack["seq"] - 1) as watching:
                event = (await watching.next("event"))["event"]

        assert ack == {"type": "ack", "utterance": "u1", "seq": 2}
        assert (event["type"], event["utterance"], event["i"]) == ("utterance", "u1", 0)

    async def test_the_same_again_is_acknowledged_again_and_changes_nothing(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            acks = []
            for n in (1, 2, 1):
                await ingest.send(**words(n))
                acks.append((await ingest.next("ack"))["seq"])
            async with panel(running) as watching:
                snapshot = await watching.next("snapshot")

        assert acks == [2, 3, 2]
        assert snapshot["seq"] == 3

    async def test_another_text_under_the_same_id_is_a_conflict(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.send(**words(1, "the first version"))
            await ingest.next("ack")
            await ingest.send(**words(1, "another version"))

            assert (await ingest.next("error"))["code"] == "conflict"
            async with panel(running) as watching:
                state = (await watching.next("snapshot"))["state"]
        assert [u["text"] for u in state["utterances"]] == ["the first version"]

    async def test_control_characters_and_lone_surrogates_are_cleaned_away(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.socket.send('{"type":"utterance","id":"u1","text":"six\\u0000 we\\ud800eks\\u001b"}')
            await ingest.next("ack")
            async with panel(running) as watching:
                state = (await watching.next("snapshot"))["state"]

        assert state["utterances"][0]["text"] == "six weeks"

    async def test_a_repeated_dirty_text_is_no_conflict(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            for _ in range(2):
                await ingest.send(**words(1, "six\x00 weeks"))
                assert (await ingest.next("ack", "error"))["type"] == "ack"

    @pytest.mark.parametrize(
        ("frame", "code"),
        [
            ("{", "bad_json"),
            ("[" * 50_000, "bad_json"),
            ("7", "bad_message"),
            ('{"type": "dance"}', "bad_message"),
            ('{"type": "utterance", "id": "u1"}', "bad_message"),
            ('{"type": "utterance", "id": "", "text": "x"}', "bad_message"),
            ('{"type": "utterance", "id": "u1", "text": "   "}', "bad_message"),
            ('{"type": "utterance", "id": "u1", "text": "x", "start_s": NaN}', "bad_json"),
            ('{"type": "utterance", "id": "u1", "text": "x", "start_s": 1e999}', "bad_message"),
            ('{"type": "utterance", "id": "u1", "text": "x", "end_s": "soon"}', "bad_message"),
            (json.dumps(words(1, "x" * 20_001)), "bad_message"),
            (b"\x00\x00\x00\x00audio", "unsupported_audio"),
        ],
    )
    async def test_a_bad_frame_is_answered_and_harms_nothing(
        self, tmp_path: Path, frame: str | bytes, code: str
    ) -> None:
        async with server(tmp_path) as running, sender(running, "other") as other, sender(running) as ingest:
            await ingest.socket.send(frame)
            error = await ingest.next("error")
            assert (error["code"], error["fatal"]) == (code, False)
            for each in (ingest, other):
                await each.send(**words(1))
                assert (await each.next("ack"))["utterance"] == "u1"

    async def test_ten_bad_frames_in_a_row_close_the_socket(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            for _ in range(9):
                await ingest.socket.send("{")
            await ingest.send(**words(1))
            for _ in range(9):
                await ingest.socket.send("{")
            await ingest.send(**words(2))
            for _ in range(2):
                await ingest.next("ack")
            for _ in range(10):
                await ingest.socket.send("{")

            assert (await ingest.closed())[0] == 4400

    async def test_a_text_frame_over_its_size_is_refused_for_good(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.socket.send(json.dumps({"type": "utterance", "id": "u1", "text": "x" * 70_000}))
            error = await ingest.next("error")

            assert (error["code"], error["fatal"]) == ("too_large", True)
            assert (await ingest.closed())[0] == 1009

    async def test_a_binary_frame_over_its_size_closes_the_socket(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.socket.send(bytes(300_000))

            assert (await ingest.closed())[0] == 1009


class TestEnding:
    async def test_ends_wraps_up_and_closes(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            await ingest.send(**words(1))
            await ingest.send(type="end")
            ended = await ingest.next("ended")
            seen: list[dict[str, Any]] = []
            while not seen or seen[-1]["event"]["type"] != "wrapped_up":
                seen.append(await watching.next("event"))

            assert (await ingest.closed())[0] == 1000
        assert ended["seq"] == seen[-1]["seq"]
        assert "call_ended" in [message["event"]["type"] for message in seen]

    async def test_an_ended_call_answers_start_and_end_and_takes_no_more_words(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with sender(running) as ingest:
                await ingest.send(**words(1))
                await ingest.send(type="end")
                first = await ingest.next("ended")
            async with sender(running) as again:
                await again.send(**words(1))
                assert (await again.next("ack", "error"))["type"] == "ack"
                await again.send(**words(2))
                assert (await again.next("ack", "error"))["code"] == "ended"
                await again.send(type="end")
                assert await again.next("ended") == first

    async def test_a_closed_socket_does_not_end_a_call(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with sender(running) as ingest:
                await ingest.send(**words(1))
                await ingest.next("ack")
            async with panel(running) as watching:
                assert (await watching.next("snapshot"))["state"]["ended"] is False

    async def test_a_silent_call_is_ended_and_wrapped_up(self, tmp_path: Path) -> None:
        async with server(tmp_path, limits=Limits(silence_s=900)) as running:
            async with sender(running) as ingest:
                await ingest.send(**words(1))
                await ingest.next("ack")
            call = await running.services.calls.get("call")
            call.last_heard -= 901
            await running.services.calls.end_silent()

            assert call.over.is_set()
            events: list[dict[str, Any]] = []
            async with panel(running, after=0) as watching:
                while not events or events[-1]["event"]["type"] != "wrapped_up":
                    events.append(await watching.next("event"))
        assert [e["event"]["reason"] for e in events if e["event"]["type"] == "call_ended"] == ["silence"]


class TestManySenders:
    async def test_a_second_sender_takes_over_and_the_first_is_told(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as first, sender(running) as second:
            error = await first.next("error")
            assert (error["code"], error["fatal"]) == ("taken_over", True)
            assert (await first.closed())[0] == 4400
            await second.send(**words(1))
            assert (await second.next("ack"))["utterance"] == "u1"

    async def test_a_call_too_many_is_refused_with_the_time_to_wait(self, tmp_path: Path) -> None:
        async with (
            server(tmp_path, limits=Limits(most_live=1, retry_after_s=7)) as running,
            sender(running, "one") as one,
        ):
            async with client(running, "/ws/calls/two/ingest") as two:
                await two.send(type="start", protocol=1)
                assert (await two.next())["code"] == "overloaded"
                assert await two.closed() == (1013, "try again in 7 s")
            await one.send(**words(1))
            assert (await one.next("ack"))["seq"] == 2


class TestComingIn:
    async def test_without_the_token_nobody_does(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with client(running, "/ws/calls/call/ingest", Authorization="Bearer guess") as ingest:
                assert (await ingest.closed())[0] == 4401

    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
    async def test_from_a_foreign_page_nobody_does_even_with_the_token(self, tmp_path: Path, origin: str) -> None:
        async with server(tmp_path) as running:
            async with client(running, "/ws/calls/call/ingest", Origin=origin, **BEARER) as ingest:
                assert (await ingest.closed())[0] == 4403

    async def test_the_servers_own_pages_do(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with client(running, "/ws/calls/call/ingest", Origin=running.address, **BEARER) as ingest:
                await ingest.send(type="start", protocol=1)
                assert (await ingest.next())["type"] == "ready"


PAUSE: dict[str, Any] = {
    "type": "unheard",
    "id": "p1",
    "reason": "off_record",
    "role": None,
    "start_s": 12.5,
    "end_s": None,
}


class TestWhatIsNotHeard:
    async def test_is_noted_and_closed_under_its_id(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest, panel(running) as watching:
            await watching.next("snapshot")
            await ingest.send(**PAUSE)
            assert (await ingest.next("ack"))["unheard"] == "p1"
            assert (await watching.next("event"))["event"]["stretch"]["end_s"] is None
            await ingest.send(**PAUSE | {"end_s": 90.0})
            await ingest.next("ack")
            assert (await watching.next("event"))["event"]["stretch"]["end_s"] == 90.0

    async def test_sent_again_changes_nothing(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.send(**PAUSE)
            first = await ingest.next("ack")
            await ingest.send(**PAUSE)
            assert await ingest.next("ack") == first

    async def test_is_refused_once_the_call_has_ended(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running:
            async with sender(running) as ingest:
                await ingest.send(type="end")
                await ingest.next("ended")
            async with sender(running) as ingest:
                await ingest.send(**PAUSE)
                assert (await ingest.next("error"))["code"] == "ended"

    @pytest.mark.parametrize("wrong", [{"reason": "bored"}, {"start_s": -1}, {"start_s": None}, {"id": ""}])
    async def test_is_refused_where_it_says_nothing(self, tmp_path: Path, wrong: dict[str, Any]) -> None:
        async with server(tmp_path) as running, sender(running) as ingest:
            await ingest.send(**PAUSE | wrong)
            assert (await ingest.next("error"))["code"] == "bad_message"
