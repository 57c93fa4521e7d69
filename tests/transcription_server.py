"""A transcription server on loopback, in the shape that OpenAI publishes; it can be told to fail."""

from __future__ import annotations

import asyncio
import io
import json
import re
import wave
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.loopback import LoopbackServer

Play = Literal["answer", "500", "429", "401", "404", "hang", "nonsense", "html", "hang_up", "too_short"]
SEGMENT = {"avg_logprob": -0.2, "no_speech_prob": 0.01, "compression_ratio": 1.1, "temperature": 0.0, "tokens": [1]}


@dataclass
class Received:
    """What it was asked; `sound` as read from the file."""

    fields: dict[str, list[str]]
    headers: dict[str, str]
    sound: bytes
    rate_hz: int
    channels: int

    @property
    def form(self) -> str:
        return self.fields["response_format"][0]


@dataclass
class TranscriptionServer(LoopbackServer):
    """Does one play per request: those that it was told, in turn, and then answers.

    `forms` are the answers that it knows to give; `words` whether with times of words.
    """

    text: str = "nine days from order to truck"
    forms: Sequence[str] = ("json", "verbose_json")
    words: bool = True
    extra: dict[str, Any] = field(default_factory=dict)
    requests: list[Received] = field(default_factory=list)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    _plays: deque[Play] = field(default_factory=deque)

    def __post_init__(self) -> None:
        super().__init__()

    def will(self, *plays: Play) -> None:
        self._plays.extend(plays)

    async def serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers["content-length"]))
        assert first.startswith("POST /v1/audio/transcriptions "), first
        received = _received(headers, body)
        self.requests.append(received)
        play = self._plays.popleft() if self._plays else "answer"
        if play == "hang":
            await reader.read()
            self.hung_up.set()
            return False
        if play == "hang_up":
            return False
        status, more, content = self._answer(play, received)
        head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n{more}\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        return True

    def _answer(self, play: Play, received: Received) -> tuple[str, str, bytes]:
        match play:
            case "500":
                return "500 Broken", "", _error("something that was said: nine days")
            case "429":
                return "429 Too Many", "retry-after: 3\r\n", _error("slow down")
            case "401":
                return "401 No", "", _error("bad key", code="invalid_api_key")
            case "404":
                return "404 No", "", _error("no such model", code="model_not_found")
            case "too_short":
                return "400 Bad", "", _error("audio file is too short", code="audio_too_short")
            case "nonsense":
                return "200 OK", "", b'{"transcript": ["?"]}'
            case "html":
                return "200 OK", "", b"<html>welcome to the router</html>"
        asks_for_words = "word" in received.fields.get("timestamp_granularities[]", [])
        if received.form not in self.forms or (asks_for_words and not self.words):
            return "400 Bad", "", _error("this is not supported by this model", code="unsupported_value")
        return "200 OK", "", json.dumps(self._told(received, words=asks_for_words) | self.extra).encode()

    def _told(self, received: Received, *, words: bool) -> dict[str, Any]:
        if received.form == "json":
            return {"text": self.text}
        length_s = len(received.sound) / 2 / received.rate_hz
        each_s = length_s / len(self.text.split())
        told = {
            "task": "transcribe",
            "language": "english",
            "duration": length_s,
            "text": self.text,
            "segments": [{"id": 0, "seek": 0, "start": 0.0, "end": length_s, "text": f" {self.text}", **SEGMENT}],
        }
        if words:
            told["words"] = [
                {"word": word, "start": n * each_s, "end": (n + 1) * each_s} for n, word in enumerate(self.text.split())
            ]
        return told


def _error(message: str, code: str | None = None) -> bytes:
    return json.dumps({"error": {"message": message, "type": "error", "param": None, "code": code}}).encode()


def _received(headers: dict[str, str], body: bytes) -> Received:
    boundary = headers["content-type"].partition("boundary=")[2].encode()
    fields: dict[str, list[str]] = {}
    file = b""
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        named = re.search(rb'name="([^"]+)"', head)
        assert named is not None
        if b"filename=" in head:
            file = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        else:
            fields.setdefault(named[1].decode(), []).append(content.decode())
    with wave.open(io.BytesIO(file)) as sound:
        return Received(
            fields, headers, sound.readframes(sound.getnframes()), sound.getframerate(), sound.getnchannels()
        )
