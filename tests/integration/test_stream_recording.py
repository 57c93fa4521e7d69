from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.recordings import open_recording
from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.commands import stream as streaming
from copilot.commands.serve import Running
from copilot.commands.stream import Refused, target
from copilot.commands.stream_recording import stream_recording
from copilot.errors import StoreUnavailable, UnusableInput
from copilot.live.ears import Ears
from tests.integration.servers import panel, server
from tests.integration.test_recordings import write, write_wav
from tests.speech import A_TALK, TWO_SIDES, LoudnessDetector, Oracle, texts, wire

pytestmark = pytest.mark.anyio


def ears(folder: Path) -> Ears:
    return Ears(Oracle(A_TALK), LoudnessDetector(), SpoolFolder(folder / "sound"))


async def play(running: Running, file: Path, *reps: str, speed: float = 0) -> None:
    to = target(running.address, call_id="call", token=running.token)
    await stream_recording(partial(open_recording, file), to, call={"title": "call"}, reps=reps, speed=speed)


async def talk(running: Running) -> dict[str, Any]:
    async with panel(running) as watching:
        state: dict[str, Any] = (await watching.next("snapshot"))["state"]
    return state


def of(state: dict[str, Any], role: str) -> list[str]:
    return [utterance["text"] for utterance in state["utterances"] if utterance["role"] == role]


class TestStreamingARecording:
    async def test_is_heard_and_wrapped_up(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, 15))
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            await play(running, file, "Speaker 1")
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))
        assert (state["call"]["title"], state["ended"]) == ("call", True)
        assert "call: 15 s of sound are safe, and the call is wrapped up" in capsys.readouterr().out

    async def test_comes_at_the_pace_that_is_asked_for(self, tmp_path: Path) -> None:
        file = write(tmp_path / "call.ogg", "libopus", TWO_SIDES, wire((), TWO_SIDES, 4))
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            began = asyncio.get_running_loop().time()
            await play(running, file, speed=5)
            took_s = asyncio.get_running_loop().time() - began

        assert took_s > 0.75

    async def test_goes_on_after_a_break(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(streaming, "RETRY_WAITS_S", (0,))
        append = SpoolFile.append
        failures = iter([True])

        def fail_once(self: SpoolFile, number: int, payload: bytes) -> None:
            if number == 70 and next(failures, False):
                raise StoreUnavailable("the disk is full")
            append(self, number, payload)

        monkeypatch.setattr(SpoolFile, "append", fail_once)
        monkeypatch.setattr("copilot.web.ingest_socket.RETRY_AFTER_S", 0)
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire(A_TALK, TWO_SIDES, 15))
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            await play(running, file, "Speaker 1")
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))

    async def test_a_server_without_a_model_refuses_and_says_why(self, tmp_path: Path) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire((), TWO_SIDES, 1))
        async with server(tmp_path) as running:
            with pytest.raises(Refused, match="no speech model"):
                await play(running, file)

    @pytest.mark.parametrize("rep", ["Dana", "Speaker 3"])
    async def test_a_speaker_that_it_does_not_have_is_named(self, tmp_path: Path, rep: str) -> None:
        file = write_wav(tmp_path / "call.wav", TWO_SIDES, wire((), TWO_SIDES, 1))
        async with server(tmp_path) as running:
            with pytest.raises(UnusableInput, match=f"no speaker {rep} in this recording; it has Speaker 1 and"):
                await play(running, file, rep)
