"""The real program with a real Whisper, whose weights are random: what it writes is not believed, and so not shown."""

from __future__ import annotations

import json
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from tests.acceptance.programs import PATIENCE_S, Serving, copilot, copilot_here, serving
from tests.loopback import beside
from tests.speech import A_TALK, TWO_SIDES, frames, wire
from tests.transcription_server import TranscriptionServer
from tests.whisper import make_whisper

SENT = frames(wire(A_TALK, TWO_SIDES, 14), TWO_SIDES)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_whisper(tmp_path_factory.mktemp("whisper"))


def answer(socket: ClientConnection, *types: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(socket.recv(PATIENCE_S))
        if message["type"] in types:
            return message


@contextmanager
def speaking(server: Serving) -> Iterator[tuple[ClientConnection, dict[str, Any]]]:
    address = f"{server.address.replace('http', 'ws', 1)}/ws/calls/spoken/ingest"
    with connect(address, additional_headers={"Authorization": f"Bearer {server.token}"}) as socket:
        socket.send(json.dumps({"type": "start", "protocol": 1, "audio": TWO_SIDES.model_dump(mode="json")}))
        yield socket, answer(socket, "ready", "error")


class TestServing:
    def test_hears_a_call_through_a_kill_to_its_end(self, model: Path, tmp_path: Path) -> None:
        data, settings = tmp_path / "data", {"COPILOT_SPEECH__MODEL": str(model), "COPILOT_SPEECH__AT_ONCE": "1"}
        with serving(data, settings=settings) as server:
            with speaking(server) as (socket, ready):
                assert ready["audio_frame"] is None
                for frame in SENT[:80]:
                    socket.send(frame)
                while answer(socket, "ack")["audio_frame"] < 79:
                    pass
                server.kill()
        with serving(data, settings=settings) as server, speaking(server) as (socket, ready):
            assert ready["audio_frame"] == 79
            for frame in SENT[80:]:
                socket.send(frame)
            socket.send('{"type": "end"}')
            seen = [answer(socket, "ack", "ended", "error")]
            while seen[-1]["type"] != "ended":
                seen.append(answer(socket, "ack", "ended", "error"))

        assert {message["type"] for message in seen} == {"ack", "ended"}
        assert seen[-2]["audio_frame"] == len(SENT) - 1
        assert [file.stat().st_size < 300 for file in (data / "sound").iterdir()] == [True]

    def test_without_a_model_says_so_and_takes_words(self, tmp_path: Path) -> None:
        with serving(tmp_path / "data") as server, speaking(server) as (socket, refused):
            assert refused["code"] == "unsupported_audio"
            assert "copilot doctor" in refused["message"]
            socket.send('{"type": "start", "protocol": 1}')
            assert answer(socket, "ready", "error")["type"] == "ready"

    def test_with_a_model_that_is_not_there_says_so_and_takes_words(self, tmp_path: Path) -> None:
        settings = {"COPILOT_SPEECH__MODEL": str(tmp_path / "none")}
        with serving(tmp_path / "data", settings=settings) as server, speaking(server) as (_, refused):
            assert refused["code"] == "unsupported_audio"
            assert f"there is no folder {tmp_path / 'none'}" in server.output.read_text()


class TestDoctor:
    def line(self, tmp_path: Path, **settings: str) -> str:
        done = copilot_here("doctor", "--data", tmp_path / "data", "--port", "0", cwd=tmp_path, settings=settings)
        return next(line for line in done.stdout.splitlines() if "speech:" in line)

    def test_has_the_model_listen(self, model: Path, tmp_path: Path) -> None:
        line = self.line(tmp_path, COPILOT_SPEECH__MODEL=str(model), COPILOT_SPEECH__AT_ONCE="1")

        assert line.startswith(f"✓ speech: {model} takes 0.")

    def test_without_a_model_says_how_to_have_one(self, tmp_path: Path) -> None:
        line = self.line(tmp_path)

        assert line.startswith("– speech: no model is set")
        assert "COPILOT_SPEECH__MODEL=base.en" in line

    def test_says_that_one_is_still_to_be_fetched(self, tmp_path: Path) -> None:
        line = self.line(tmp_path, COPILOT_SPEECH__MODEL="base.en", HF_HUB_CACHE=str(tmp_path), HF_HUB_OFFLINE="1")

        assert line.startswith("– speech: base.en is fetched when the server starts")

    @pytest.mark.parametrize(("name", "says"), [("basic", "no speech model 'basic'"), ("./none", "there is no folder")])
    def test_says_what_is_wrong_with_the_setting(self, tmp_path: Path, name: str, says: str) -> None:
        line = self.line(tmp_path, COPILOT_SPEECH__MODEL=name)

        assert line.startswith("✗ speech")
        assert says in line


@contextmanager
def transcription_server(**more: Any) -> Iterator[TranscriptionServer]:
    """One on loopback that answers while this thread waits for programs."""
    loopback = TranscriptionServer(**more)
    with beside(loopback.listening()):
        yield loopback


class TestAServerThatTranscribes:
    def doctor(self, tmp_path: Path, url: str, **more: str) -> list[str]:
        settings = {"COPILOT_SPEECH__SERVER_URL": url, "COPILOT_SPEECH__MODEL": "whisper-small", **more}
        done = copilot_here("doctor", "--data", tmp_path / "data", "--port", "0", cwd=tmp_path, settings=settings)
        return [line for line in done.stdout.splitlines() if "speech" in line]

    def test_is_asked_by_the_doctor(self, tmp_path: Path) -> None:
        with transcription_server() as server:
            lines = self.doctor(tmp_path, server.base_url, COPILOT_SPEECH__SMALLER_MODEL="whisper-tiny")

            assert [received.fields["model"] for received in server.requests] == 2 * [["whisper-small"]] + 2 * [
                ["whisper-tiny"]
            ]
        assert lines[0].startswith("✓ speech: whisper-small takes 0.")
        assert f"on {server.base_url}, and is at 4 at once" in lines[0]
        assert lines[1].startswith("✓ smaller speech model: whisper-tiny takes 0.")

    def test_that_refuses_the_key_is_told_apart(self, tmp_path: Path) -> None:
        with transcription_server() as server:
            server.will("401")
            (line,) = self.doctor(tmp_path, server.base_url, COPILOT_SPEECH__SERVER_KEY="sk-wrong")

        assert line == "✗ speech: the speech model did not answer: the key is not accepted, HTTP 401, invalid_api_key"

    def test_that_does_not_answer_is_given_up(self, tmp_path: Path) -> None:
        with transcription_server() as server:
            server.will("hang")
            (line,) = self.doctor(tmp_path, server.base_url, COPILOT_SPEECH__DEADLINE_S="0.5")

        assert line == "✗ speech: whisper-small did not answer within 0.5 s, which speech.deadline_s is"

    def test_that_is_not_there(self, tmp_path: Path) -> None:
        (line,) = self.doctor(tmp_path, "http://127.0.0.1:9/v1")

        assert line == "✗ speech: the speech model did not answer: the provider cannot be reached"


class TestModels:
    def test_are_listed_with_what_is_here(self, model: Path, tmp_path: Path) -> None:
        settings = {"COPILOT_SPEECH__MODEL": str(model), "HF_HUB_CACHE": str(tmp_path)}
        done = copilot("models", cwd=tmp_path, settings=settings)
        first, *others = done.stdout.splitlines()

        assert done.returncode == 0
        assert first.startswith(f"* {model}")
        assert f"here, {round(sum(file.stat().st_size for file in model.iterdir()) / 1e6)} MB: {model}" in first
        assert any(line.startswith("  base.en ") and "145 MB" in line for line in others)
        assert "here" not in "".join(others).replace("There", "")

    def test_that_are_set_and_not_there_say_so(self, tmp_path: Path) -> None:
        done = copilot(
            "models", cwd=tmp_path, settings={"COPILOT_SPEECH__MODEL": "./none", "HF_HUB_CACHE": str(tmp_path)}
        )

        assert "* ./none" in done.stdout
        assert "there is no folder none" in done.stdout

    @pytest.mark.parametrize(
        ("name", "status", "says"),
        [
            ("base.en", 1, "'base.en' is not on this machine and cannot be fetched: the hub cannot be reached"),
            ("basic", 2, "there is no speech model 'basic'"),
        ],
    )
    def test_that_cannot_be_fetched_say_why(self, tmp_path: Path, name: str, status: int, says: str) -> None:
        settings = {"HF_HUB_CACHE": str(tmp_path), "HF_ENDPOINT": "http://127.0.0.1:9"}
        done = copilot("models", "fetch", name, cwd=tmp_path, settings=settings)

        assert (done.returncode, done.stdout) == (status, "")
        assert says in done.stderr.splitlines()[-1]
        assert "Traceback" not in done.stderr

    def test_one_that_is_here_is_not_fetched(self, model: Path, tmp_path: Path) -> None:
        done = copilot_here("models", "fetch", model, cwd=tmp_path)

        assert (done.returncode, done.stderr) == (0, "")
        assert f"{model} is in {model}" in done.stdout


class TestAnalysing:
    def recording(self, folder: Path) -> Path:
        file = folder / "call.wav"
        with wave.open(str(file), "wb") as wav:
            wav.setparams((2, 2, 16000, 0, "NONE", ""))
            wav.writeframes(wire(A_TALK, TWO_SIDES, 14))
        return file

    def test_a_recording_without_a_model_says_what_is_missing(self, tmp_path: Path) -> None:
        done = copilot_here("analyze", self.recording(tmp_path), cwd=tmp_path)

        assert done.returncode == 2
        assert done.stderr.startswith("copilot: call.wav is a recording, and no speech model is set")

    def test_a_recording_is_listened_to(self, model: Path, tmp_path: Path) -> None:
        settings = {"COPILOT_SPEECH__MODEL": str(model), "COPILOT_SPEECH__AT_ONCE": "1"}
        done = copilot("analyze", self.recording(tmp_path), cwd=tmp_path, settings=settings)

        assert done.returncode == 2
        assert "call.wav: there is not a word of speech in this recording" in done.stderr
