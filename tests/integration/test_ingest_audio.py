from __future__ import annotations

import contextlib
import re
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.analysis.speech.frames import packed
from copilot.analysis.speech.shedding import Shed
from copilot.commands.serve import Running
from copilot.domain.audio import AudioFormat
from copilot.errors import StoreUnavailable
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from tests.integration.servers import Client, client, panel, server, words
from tests.speech import A_TALK, TWO_SIDES, LoudnessDetector, Oracle, frames, texts, wire

pytestmark = pytest.mark.anyio

AUDIO = TWO_SIDES.model_dump(mode="json")
TALK = frames(wire(A_TALK, TWO_SIDES, 14), TWO_SIDES)


def ears(folder: Path, oracle: Oracle | None = None) -> Ears:
    return Ears(oracle or Oracle(A_TALK), LoudnessDetector(), SpoolFolder(folder / "sound"), deadlines=Deadlines(60))


@contextlib.asynccontextmanager
async def speaker(
    running: Running, call_id: str = "call", audio: dict[str, Any] | None = None, **call: Any
) -> AsyncIterator[tuple[Client, dict[str, Any]]]:
    """A client that has started a call with sound, and the answer."""
    async with client(running, f"/ws/calls/{call_id}/ingest") as ingest:
        await ingest.send(type="start", protocol=1, call=call, audio=audio or AUDIO)
        yield ingest, await ingest.next("ready", "error")


async def speak(ingest: Client, sent: Sequence[bytes]) -> None:
    for frame in sent:
        await ingest.socket.send(frame)


async def acked(ingest: Client, number: int) -> None:
    while (await ingest.next("ack"))["audio_frame"] < number:
        pass


async def utterances(running: Running) -> list[dict[str, Any]]:
    async with panel(running) as watching:
        state: dict[str, Any] = (await watching.next("snapshot"))["state"]
    said: list[dict[str, Any]] = state["utterances"]
    return said


def of(said: list[dict[str, Any]], role: str) -> list[str]:
    return [utterance["text"] for utterance in said if utterance["role"] == role]


class TestACallInSound:
    async def test_is_acknowledged_heard_and_wrapped_up(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running) as (ingest, ready):
                assert ready == {
                    "type": "ready",
                    "call_id": "call",
                    "audio_frame": None,
                    "utterance": None,
                    "utterances": 0,
                }
                await speak(ingest, TALK)
                await ingest.send(type="end")
                seen: list[dict[str, Any]] = []
                while not seen or seen[-1]["type"] != "ended":
                    seen.append(await ingest.next("ack", "ended", "error"))
                assert (await ingest.closed())[0] == 1000
            said = await utterances(running)

        assert {message["type"] for message in seen} == {"ack", "ended"}
        assert [m["audio_frame"] for m in seen[:-1]] == sorted({m["audio_frame"] for m in seen[:-1]})
        assert seen[-2]["audio_frame"] == len(TALK) - 1
        assert (of(said, "rep"), of(said, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))

    async def test_shows_words_while_they_are_spoken_and_how_well_it_hears(self, tmp_path: Path) -> None:
        async with (
            server(tmp_path, ears=ears(tmp_path)) as running,
            speaker(running) as (ingest, _),
            panel(running) as watching,
        ):
            assert (await watching.next("status"))["asr"] == "ok"
            await speak(ingest, TALK[:20])
            partial = await watching.next("partial")
            await speak(ingest, TALK[20:50])
            final = (await watching.next("event"))["event"]
            while final["type"] != "utterance":
                final = (await watching.next("event"))["event"]

        assert partial["utterance"] == final["utterance"]
        assert final["text"].startswith(f"{partial['stable']} {partial['tentative']}".strip())

    async def test_goes_on_after_a_break_where_it_is_safe(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running) as (ingest, _):
                await speak(ingest, TALK[:61])
                await acked(ingest, 60)
            async with speaker(running) as (ingest, ready):
                assert ready["audio_frame"] == 60
                await speak(ingest, TALK[55:])
                await ingest.send(type="end")
                await ingest.next("ended")
            said = await utterances(running)

        assert (of(said, "rep"), of(said, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))

    async def test_goes_on_after_the_server_was_restarted(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running) as (ingest, _):
            await speak(ingest, TALK[:71])
            await acked(ingest, 70)
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running) as (ingest, ready):
                assert ready["audio_frame"] == 70
                await speak(ingest, TALK[71:])
                await ingest.send(type="end")
                await ingest.next("ended")
            said = await utterances(running)

        assert (of(said, "rep"), of(said, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))

    async def test_once_over_answers_start_and_end_and_takes_no_more_frames(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running) as (ingest, _):
                await speak(ingest, TALK[:5])
                await ingest.send(type="end")
                first = await ingest.next("ended")
            async with speaker(running) as (ingest, ready):
                assert ready["audio_frame"] == 4
                await speak(ingest, TALK[5:6])
                assert (await ingest.next("error"))["code"] == "ended"
                await ingest.send(type="end")
                assert await ingest.next("ended") == first

    async def test_takes_words_beside_sound(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running) as (ingest, _):
            await ingest.send(**words(1))

            assert (await ingest.next("ack"))["utterance"] == "u1"


class TestFramesThatCannotBeTaken:
    async def test_a_hole_names_the_frame_expected(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running) as (ingest, _):
            await speak(ingest, [TALK[0], *TALK[5:30]])
            error = await ingest.next("error")
            assert (error["code"], error["expected"], error["fatal"]) == ("gap", 1, False)
            await speak(ingest, TALK[1:5])
            await acked(ingest, 4)

    async def test_one_that_is_safe_is_acknowledged_again(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running) as (ingest, _):
            await speak(ingest, TALK[:3])
            await acked(ingest, 2)
            await speak(ingest, TALK[:1])

            assert (await ingest.next("ack"))["audio_frame"] == 2

    @pytest.mark.parametrize("frame", [b"", b"\0\0", packed(0, b""), packed(0, b"123")])
    async def test_half_a_sample_is_a_bad_message(self, tmp_path: Path, frame: bytes) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running) as (ingest, _):
            await speak(ingest, [frame])
            assert (await ingest.next("error"))["code"] == "bad_message"
            await speak(ingest, TALK[:1])
            await acked(ingest, 0)

    async def test_before_the_start_there_are_none(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with client(running, "/ws/calls/call/ingest") as ingest:
                await speak(ingest, TALK[:1])
                assert (await ingest.next("error"))["code"] == "not_started"


class TestSoundThatCannotBeTaken:
    @pytest.mark.parametrize(
        "change",
        [
            {"encoding": "opus"},
            {"sample_rate_hz": 11025},
            {"channels": []},
            {"channels": ["rep", "customer", "rep"]},
            {"channels": ["rep", "rep"]},
            {"channels": "rep"},
        ],
    )
    async def test_says_what_is_wrong_and_the_sender_may_begin_again(
        self, tmp_path: Path, change: dict[str, Any]
    ) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running, audio={**AUDIO, **change}) as (ingest, error):
                assert (error["code"], error["fatal"]) == ("unsupported_audio", False)
                assert next(iter(change)) in error["message"] or "side" in error["message"]
                await ingest.send(type="start", protocol=1, audio=AUDIO)
                assert (await ingest.next("ready"))["audio_frame"] is None

    async def test_another_format_for_the_same_call_is_a_conflict(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, speaker(running):
            async with speaker(running, audio={**AUDIO, "sample_rate_hz": 8000}) as (_, error):
                assert error["code"] == "conflict"
                assert "16000 Hz" in error["message"]

    async def test_a_new_call_is_refused_while_transcription_is_behind(self, tmp_path: Path) -> None:
        busy = ears(tmp_path)
        async with server(tmp_path, ears=busy) as running, speaker(running) as (first, _):
            busy._decoding._ladder.step = Shed.CALLS
            async with speaker(running, "second") as (second, error):
                assert (error["code"], error["fatal"]) == ("overloaded", True)
                assert await second.closed() == (1013, "try again in 30 s")
            await speak(first, TALK[:2])
            await acked(first, 1)

    async def test_a_new_call_is_refused_before_those_under_way_notice(self, tmp_path: Path) -> None:
        busy = ears(tmp_path)
        async with server(tmp_path, ears=busy) as running, speaker(running) as (_, _):
            busy._decoding.capacity.decoded(time.monotonic(), 2.0)  # so one decode at a time serves one call
            async with speaker(running, "second") as (second, error):
                assert error["code"] == "overloaded"
                assert re.search(
                    r"busy for 2\d\d% of the time, and 90% is most; the calls under way \(1\)", error["message"]
                )
                assert await second.closed() == (1013, "try again in 30 s")

    async def test_a_disk_that_fails_is_told_and_the_sender_goes_on_later(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: SpoolFile) -> None:
            raise StoreUnavailable("the disk is full")

        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with speaker(running) as (ingest, _):
                await speak(ingest, TALK[:10])
                await acked(ingest, 9)
                monkeypatch.setattr(SpoolFile, "sync", fail)
                await speak(ingest, TALK[10:12])
                error = await ingest.next("error")
                assert (error["code"], error["fatal"]) == ("overloaded", True)
                assert (await ingest.closed())[0] == 1013
            monkeypatch.undo()
            async with speaker(running) as (ingest, ready):
                await speak(ingest, TALK[ready["audio_frame"] + 1 :])
                await ingest.send(type="end")
                await ingest.next("ended")
            said = await utterances(running)

        assert (of(said, "rep"), of(said, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))


class TestOneChannel:
    async def test_of_unknown_speakers_is_heard_as_such(self, tmp_path: Path) -> None:
        mono = AudioFormat.model_validate({"encoding": "mulaw", "sample_rate_hz": 8000, "channels": ["unknown"]})
        lines = [line for line in A_TALK if line.channel == 0]
        async with server(tmp_path, ears=ears(tmp_path, Oracle(lines))) as running:
            audio = {"encoding": "mulaw", "sample_rate_hz": 8000, "channels": ["somebody"]}
            async with speaker(running, audio=audio) as (ingest, _):
                await speak(ingest, frames(wire(lines, mono, 12), mono))
                await ingest.send(type="end")
                await ingest.next("ended")
            said = await utterances(running)

        assert of(said, "unknown") == texts(lines, 0)
