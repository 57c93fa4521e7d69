from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from copilot.adapters import uploads
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.uploads import UploadFile, UploadFolder
from copilot.commands.serve import Running
from copilot.domain.audio import AudioFormat
from copilot.domain.call import CallInfo
from copilot.domain.recordings import Uploaded
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from tests.integration.servers import PATIENCE_S, over_http, panel, server
from tests.integration.test_recordings import write, write_wav
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, texts, wire

pytestmark = pytest.mark.anyio

LENGTH_S = 15.0
A_LONG_TALK = tuple(
    Line(n % 2, 1 + 4 * n, 3 + 4 * n, f"this is what is said as number {n}") for n in range(100)
)  # nearly seven minutes: more than is decoded ahead of its transcription
LONG_S = 405.0


def ears(folder: Path, oracle: Oracle | None = None) -> Ears:
    deadlines = Deadlines(deadline_s=5.0, tries=1)
    return Ears(oracle or Oracle(A_TALK), LoudnessDetector(), SpoolFolder(folder / "sound"), deadlines=deadlines)


def recording(folder: Path, lines: Sequence[Line] = A_TALK, length_s: float = LENGTH_S) -> Path:
    audio = TWO_SIDES.model_copy(update={"sample_rate_hz": 8000})
    return write_wav(folder / "call.wav", audio, wire(lines, audio, length_s))


@asynccontextmanager
async def program(running: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with over_http(running) as http:
        yield http


async def upload(http: httpx.AsyncClient, file: Path, **fields: Any) -> str:
    content = await asyncio.to_thread(file.read_bytes)
    answer = await http.post("/api/calls", files={"file": (file.name, content)}, data=fields)
    assert answer.status_code == 201, answer.text
    (made,) = answer.json()["calls"]
    call_id: str = made["id"]
    return call_id


async def listed(http: httpx.AsyncClient) -> dict[str, Any]:
    (call,) = (await http.get("/api/calls")).json()["calls"]
    assert isinstance(call, dict)
    return call


async def until(http: httpx.AsyncClient, so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The only call's line in the list, once it is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not so(call := await listed(http)):  # noqa: ASYNC110  the list has to be asked
            await asyncio.sleep(0.05)
    return call


async def utterances(http: httpx.AsyncClient, call_id: str) -> list[dict[str, Any]]:
    state = (await http.get(f"/api/calls/{call_id}")).json()["state"]
    said: list[dict[str, Any]] = state["utterances"]
    return said


def in_order(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in sorted(lines, key=lambda line: line.start_s)]


def is_ready(call: dict[str, Any]) -> bool:
    return bool(call["state"] == "ready")


def left(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("uploads/*")]


class TestARecording:
    async def test_becomes_a_call_with_a_speaker_for_each_channel(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path), kind="discovery", account="Acme", held_on="2026-05-14")
            call = await until(http, is_ready)
            said = await utterances(http, call_id)

        assert [u["text"] for u in said] == in_order(A_TALK)
        assert {u["speaker"] for u in said} == {"Speaker 1", "Speaker 2"}
        assert {u["role"] for u in said} == {"unknown"}
        assert (call["title"], call["kind"], call["account"]) == ("call", "discovery", "Acme")
        assert call["held_on"] == "2026-05-14"
        assert left(tmp_path) == []

    async def test_of_a_day_still_to_come_is_refused_in_a_sentence(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            with recording(tmp_path).open("rb") as sound:
                answer = await http.post("/api/calls", files={"file": sound}, data={"held_on": "2099-05-14"})

        assert (answer.status_code, "2099-05-14 is still to come" in answer.text) == (422, True)
        assert left(tmp_path) == []

    async def test_knows_the_sides_where_one_channel_is_named(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path), rep="Speaker 2")
            await until(http, is_ready)
            said = await utterances(http, call_id)

        assert [u["text"] for u in said if u["role"] == "customer"] == texts(A_TALK, 0)
        assert [u["text"] for u in said if u["role"] == "rep"] == texts(A_TALK, 1)

    async def test_of_one_channel_has_speakers_that_nobody_knows(self, tmp_path: Path) -> None:
        mono = AudioFormat.model_validate({"encoding": "pcm_s16le", "sample_rate_hz": 16000, "channels": ["unknown"]})
        lines = [line for line in A_TALK if line.channel == 0]
        file = write_wav(tmp_path / "memo.wav", mono, wire(lines, mono, LENGTH_S))
        async with server(tmp_path, ears=ears(tmp_path, Oracle(lines))) as running, program(running) as http:
            call_id = await upload(http, file)
            await until(http, is_ready)
            said = await utterances(http, call_id)

        assert [(u["text"], u["speaker"], u["role"]) for u in said] == [
            (text, None, "unknown") for text in texts(lines, 0)
        ]

    @pytest.mark.parametrize(("name", "codec"), [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.webm", "libopus")])
    async def test_comes_in_whatever_format(self, tmp_path: Path, name: str, codec: str) -> None:
        audio = TWO_SIDES.model_copy(update={"sample_rate_hz": 48000})
        file = write(tmp_path / name, codec, audio, wire(A_TALK, audio, LENGTH_S))
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            call_id = await upload(http, file)
            await until(http, is_ready)

            assert [u["text"] for u in await utterances(http, call_id)] == in_order(A_TALK)

    async def test_says_how_far_it_is_in_the_list_and_on_its_page(self, tmp_path: Path) -> None:
        oracle = Oracle(A_LONG_TALK, delay_s=0.1)
        async with server(tmp_path, ears=ears(tmp_path, oracle)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path, A_LONG_TALK, LONG_S))
            call = await until(http, lambda call: call.get("recording", {}).get("left_s") is not None)
            async with panel(running, call_id) as watching:
                status = (await watching.next("status"))["recording"]
            asked = (await http.get(f"/api/calls/{call_id}/transcription")).json()
            await http.delete(f"/api/calls/{call_id}/transcription")

        assert call["state"] == "transcribing"
        assert 0 < call["recording"]["done_s"] < LONG_S
        assert call["recording"]["length_s"] == LONG_S
        assert status["state"] == asked["state"] == "transcribing"
        assert asked["done_s"] >= call["recording"]["done_s"]

    async def test_shows_what_has_been_heard_while_it_goes_on(self, tmp_path: Path) -> None:
        oracle = Oracle(A_LONG_TALK, delay_s=0.05)
        async with server(tmp_path, ears=ears(tmp_path, oracle)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path, A_LONG_TALK, LONG_S))
            async with panel(running, call_id) as watching:
                await watching.next("snapshot")
                event = (await watching.next("event"))["event"]
            assert (await listed(http))["state"] == "transcribing"
            await http.delete(f"/api/calls/{call_id}/transcription")

        assert event["text"] == A_LONG_TALK[0].text


class TestStopping:
    async def test_keeps_what_was_heard_and_wraps_the_call_up(self, tmp_path: Path) -> None:
        oracle = Oracle(A_LONG_TALK, delay_s=0.05)
        async with server(tmp_path, ears=ears(tmp_path, oracle)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path, A_LONG_TALK, LONG_S))
            await until(http, lambda call: call["utterances"] > 2)
            answer = await http.delete(f"/api/calls/{call_id}/transcription")
            call = await listed(http)
            state = (await http.get(f"/api/calls/{call_id}")).json()["state"]
            again = await http.delete(f"/api/calls/{call_id}/transcription")

        assert answer.status_code == 204
        assert call["state"] == "ready"
        assert 2 < len(state["utterances"]) < len(A_LONG_TALK)
        assert state["end_reason"] == "cancelled"
        assert (again.status_code, again.json()["error"]["code"]) == (404, "no_transcription")
        assert left(tmp_path) == []

    async def test_one_that_waits_for_others(self, tmp_path: Path) -> None:
        oracle = Oracle(A_LONG_TALK, delay_s=0.2)
        file = recording(tmp_path, A_LONG_TALK, LONG_S)
        async with server(tmp_path, ears=ears(tmp_path, oracle)) as running, program(running) as http:
            ids = [await upload(http, file, again="true") for _ in range(3)]
            states = [(await http.get(f"/api/calls/{i}/transcription")).json()["state"] for i in ids]
            for call_id in reversed(ids):
                assert (await http.delete(f"/api/calls/{call_id}/transcription")).status_code == 204

        assert states[2] == "waiting"


class TestTrouble:
    async def test_of_the_model_is_told_and_it_can_be_tried_again(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, failure_rate=1.0)
        async with server(tmp_path, ears=ears(tmp_path, oracle)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path))
            call = await until(http, lambda call: call.get("recording", {}).get("state") == "failed")
            oracle.failure_rate = 0.0
            answer = await http.post(f"/api/calls/{call_id}/transcription")
            await until(http, is_ready)
            said = await utterances(http, call_id)

        assert "told to fail" in call["recording"]["reason"]
        assert answer.status_code == 202
        assert sorted(u["text"] for u in said) == sorted(line.text for line in A_TALK)

    async def test_a_server_without_a_model_says_how_to_get_one(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, program(running) as http:
            answer = await http.post("/api/calls", files={"file": ("call.wav", recording(tmp_path).read_bytes())})

        message = answer.json()["error"]["message"]
        assert answer.status_code == 422
        assert message.startswith("call.wav: this is a WAV recording")
        assert "COPILOT_SPEECH__MODEL=base.en" in message
        assert "copilot doctor" in message

    async def test_a_file_that_only_looks_like_a_recording_is_refused(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            answer = await http.post("/api/calls", files={"file": ("a.flac", b"fLaC and then something else")})
            calls = (await http.get("/api/calls")).json()["calls"]

        assert answer.status_code == 422
        assert "a.flac: this is no recording that can be read; WAV, MP3" in answer.json()["error"]["message"]
        assert (calls, left(tmp_path)) == ([], [])

    async def test_one_that_names_other_files_to_read_reads_none(self, tmp_path: Path) -> None:
        """A playlist behind an MP3's tag would have a player open what it lists."""
        secret = recording(tmp_path)
        playlist = (
            b"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:15,\n" + str(secret).encode() + b"\n#EXT-X-ENDLIST\n"
        )
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            answer = await http.post("/api/calls", files={"file": ("a.mp3", playlist)})

        assert answer.status_code == 422

    async def test_a_channel_that_it_does_not_have_is_named(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            file = {"file": ("call.wav", recording(tmp_path).read_bytes())}
            answer = await http.post("/api/calls", files=file, data={"rep": "Dana"})

        assert "there is no speaker Dana in this recording; it has Speaker 1 and" in answer.json()["error"]["message"]
        assert left(tmp_path) == []


class TestSize:
    async def test_beyond_the_limit_it_is_refused_and_no_more_of_it_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written = []
        monkeypatch.setattr(UploadFile, "write", lambda _, data: written.append(len(data)))
        content = b"RIFF" + bytes(10 * 2**20)
        async with server(tmp_path, ears=ears(tmp_path), largest_recording=2 * 2**20) as running:
            async with program(running) as http:
                answer = await http.post("/api/calls", files={"file": ("long.wav", content)})

        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
        message = answer.json()["error"]["message"]
        assert message.startswith("long.wav has more than 2 MiB")
        assert "WAV, MP3, M4A, FLAC, Ogg, Opus, WebM" in message
        assert 0 < sum(written) <= 2 * 2**20
        assert left(tmp_path) == []

    async def test_one_that_is_announced_as_too_large_is_not_even_begun(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        begun: list[str] = []
        monkeypatch.setattr(UploadFolder, "begin", lambda _, name: begun.append(name))
        async with server(tmp_path, ears=ears(tmp_path), largest_recording=2**20) as running, program(running) as http:
            answer = await http.post("/api/calls", files={"file": ("long.wav", b"RIFF" + bytes(18 * 2**20))})

        assert (answer.status_code, begun) == (413, [])

    @pytest.mark.parametrize("address", ["/api/calls", "/api/transcripts/speakers"])
    async def test_of_a_transcript_has_its_own_limit(self, tmp_path: Path, address: str) -> None:
        async with server(tmp_path, largest_recording=2**30) as running, program(running) as http:
            answer = await http.post(address, files={"file": ("long.txt", b"Dana: hello\n" * 1_500_000)})

        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
        assert answer.json()["error"]["message"] == "long.txt has more than 16 MiB, which is more than a transcript has"


class TestAFullDisk:
    async def test_leaves_nothing_of_an_upload_that_was_not_accepted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(file: Path, content: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(uploads, "write_whole", full)
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            content = recording(tmp_path).read_bytes()
            answer = await http.post("/api/calls", files={"file": ("call.wav", content)})
            there = left(tmp_path)

        assert (answer.status_code, there) == (503, [])
        assert "no space left on device" in answer.json()["error"]["message"]


class TestAServerThatStops:
    async def test_goes_on_where_it_was(self, tmp_path: Path) -> None:
        first, second = Oracle(A_LONG_TALK, delay_s=0.05), Oracle(A_LONG_TALK)
        async with server(tmp_path, ears=ears(tmp_path, first)) as running, program(running) as http:
            call_id = await upload(http, recording(tmp_path, A_LONG_TALK, LONG_S), rep="Speaker 1")
            await until(http, lambda call: call["utterances"] > 5)
        assert len(left(tmp_path)) == 2
        async with server(tmp_path, ears=ears(tmp_path, second)) as running, program(running) as http:
            await until(http, is_ready)
            said = await utterances(http, call_id)

        assert [u["text"] for u in said] == in_order(A_LONG_TALK)
        assert {u["role"] for u in said} == {"rep", "customer"}
        assert len(second.asked) < len(A_LONG_TALK)
        assert left(tmp_path) == []

    async def test_as_soon_as_an_upload_is_safe_does_not_lose_it(self, tmp_path: Path) -> None:
        incoming = UploadFolder(tmp_path / "uploads").begin("call.wav")
        incoming.write(recording(tmp_path).read_bytes())
        info = CallInfo(id="safe", title="Safe")
        incoming.accept(Uploaded(name="call.wav", info=info, audio=incoming.opened().audio, length_s=LENGTH_S))
        (tmp_path / "uploads" / "half.part").write_bytes(b"RIFF")
        async with server(tmp_path, ears=ears(tmp_path)) as running, program(running) as http:
            call = await until(http, is_ready)

        assert (call["id"], call["utterances"]) == ("safe", len(A_TALK))
        assert left(tmp_path) == []
