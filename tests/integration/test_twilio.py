from __future__ import annotations

import asyncio
import contextlib
import json
import random
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from websockets.asyncio.client import ClientConnection, connect

from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.commands.serve import Running
from copilot.domain.audio import AudioFormat
from copilot.errors import StoreUnavailable
from copilot.live.ears import Ears
from copilot.web.services import TwilioTerms
from copilot.web.twilio_socket import signature
from tests.integration.servers import BEARER, PATIENCE_S, TOKEN, panel, server
from tests.speech import A_TALK, Line, LoudnessDetector, Oracle, texts, wire

pytestmark = pytest.mark.anyio

SID = "CA00000000000000000000000000000001"
ACCOUNT_TOKEN = "twilio-account-token"
SIDES = ("inbound", "outbound")  # the customer's voice comes in, the rep's goes out
LINE = AudioFormat.model_validate({"encoding": "mulaw", "sample_rate_hz": 8000, "channels": ["unknown"]})


def ears(folder: Path, lines: Sequence[Line] = ()) -> Ears:
    """The words of A_TALK: on channel 0, which is the inbound track, the customer's."""
    return Ears(Oracle(lines or swapped(A_TALK)), LoudnessDetector(), SpoolFolder(folder / "sound"))


def swapped(lines: Sequence[Line]) -> list[Line]:
    return [Line(1 - line.channel, line.start_s, line.end_s, line.text) for line in lines]


@dataclass
class Phone:
    """Twilio's end of a socket."""

    socket: ClientConnection
    number: int = 0

    async def send(self, event: str, **more: Any) -> None:
        message: dict[str, Any] = {"event": event, **more}
        if event != "connected":
            self.number += 1
            message |= {"sequenceNumber": str(self.number), "streamSid": "MZ1"}
        await self.socket.send(json.dumps(message))

    async def start(self, *, tracks: Sequence[str] = SIDES, encoding: str = "audio/x-mulaw", **given: str) -> None:
        await self.send("connected", protocol="Call", version="1.0.0")
        about = {
            "accountSid": "AC1",
            "callSid": SID,
            "streamSid": "MZ1",
            "tracks": list(tracks),
            "customParameters": given,
            "mediaFormat": {"encoding": encoding, "sampleRate": 8000, "channels": 1},
        }
        await self.send("start", start=about)

    async def stop(self) -> None:
        await self.send("stop", stop={"accountSid": "AC1", "callSid": SID})
        await self.closed()

    async def closed(self) -> int:
        async with asyncio.timeout(PATIENCE_S):
            await self.socket.wait_closed()
        return self.socket.close_code or 0


def media(lines: Sequence[Line], seconds: float) -> list[dict[str, Any]]:
    """The messages of both tracks in the order in which Twilio sends them, without their numbers."""
    sides = {}
    for channel, track in ((1, "inbound"), (0, "outbound")):
        own = [Line(0, line.start_s, line.end_s, line.text) for line in lines if line.channel == channel]
        sides[track] = wire(own, LINE, seconds)
    messages = []
    for n in range(round(seconds * 50)):
        for track, sound in sides.items():
            payload = b64encode(sound[n * 160 : (n + 1) * 160]).decode()
            messages.append({"track": track, "chunk": str(n + 1), "timestamp": str(20 * n), "payload": payload})
    return messages


@contextlib.asynccontextmanager
async def phone(running: Running, **headers: str) -> AsyncIterator[Phone]:
    address = f"{running.address.replace('http', 'ws', 1)}/ws/twilio"
    async with connect(address, additional_headers=headers) as socket:
        yield Phone(socket)


async def talk(running: Running, call_id: str = SID) -> dict[str, Any]:
    async with panel(running, call_id) as watching:
        state: dict[str, Any] = (await watching.next("snapshot"))["state"]
    return state


def of(state: dict[str, Any], role: str) -> list[str]:
    return [utterance["text"] for utterance in state["utterances"] if utterance["role"] == role]


class TestACall:
    async def test_is_heard_on_both_sides_and_ended_by_stop(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN, kind="discovery", customer="Luis", account="Brouwer")
                for message in media(A_TALK, 15):
                    await line.send("media", media=message)
                await line.send("dtmf", dtmf={"track": "inbound_track", "digit": "1"})
                await line.send("mark", mark={"name": "m"})
                await line.stop()
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))
        assert (state["call"]["kind"], state["call"]["account"], state["ended"]) == ("discovery", "Brouwer", True)
        assert {u["speaker"] for u in state["utterances"] if u["role"] == "customer"} == {"Luis"}

    async def test_doubles_disorder_and_holes_lose_nothing_else(self, tmp_path: Path) -> None:
        chance = random.Random(4)  # noqa: S311
        numbered = list(enumerate(media(A_TALK, 15), 2))
        quiet = [n for n, message in numbered if 110 < int(message["chunk"]) < 140]  # nobody speaks then
        lost = set(chance.sample(quiet, 20))
        doubled = [*numbered, *chance.sample(numbered, 60)]
        sent = sorted(doubled, key=lambda pair: pair[0] + chance.uniform(0, 8))
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN)
                for number, message in sent:
                    if number not in lost:
                        frame = {"event": "media", "sequenceNumber": str(number), "streamSid": "MZ1", "media": message}
                        await line.socket.send(json.dumps(frame))
                line.number = numbered[-1][0]
                await line.stop()
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))
        said = {utterance["text"]: utterance for utterance in state["utterances"]}
        for line_said in A_TALK:
            assert abs(said[line_said.text]["start_s"] - line_said.start_s) < 0.05

    async def test_one_track_alone_is_one_side(self, tmp_path: Path) -> None:
        customers = [Line(0, line.start_s, line.end_s, line.text) for line in A_TALK if line.channel == 1]
        async with server(tmp_path, ears=ears(tmp_path, customers)) as running:
            async with phone(running) as line:
                await line.start(tracks=["inbound"], token=TOKEN)
                for message in media(A_TALK, 15):
                    if message["track"] == "inbound":
                        await line.send("media", media=message)
                await line.stop()
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == ([], texts(A_TALK, 1))

    async def test_whose_voice_comes_in_can_be_said_for_each_call(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN, inbound="rep", call="on-another-line")
                for message in media(A_TALK, 15):
                    await line.send("media", media=message)
                await line.stop()
            state = await talk(running, "on-another-line")

        assert of(state, "rep") == texts(A_TALK, 1)

    async def test_a_stream_that_breaks_off_does_not_end_it_and_another_goes_on(self, tmp_path: Path) -> None:
        messages = media(A_TALK, 15)
        half = [message for message in messages if int(message["timestamp"]) < 6000]
        rest = [
            {**message, "timestamp": str(int(message["timestamp"]) - 6000)}
            for message in messages
            if int(message["timestamp"]) >= 6000
        ]
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN)
                for message in half:
                    await line.send("media", media=message)
            async with phone(running) as line:
                await line.start(token=TOKEN)
                for message in rest:
                    await line.send("media", media=message)
                await line.stop()
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))

    async def test_sound_waits_in_memory_while_the_disk_does_not_take_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        append = SpoolFile.append
        full = True

        def fail(self: SpoolFile, number: int, payload: bytes) -> None:
            if full and number >= 30:
                raise StoreUnavailable("the disk is full")
            append(self, number, payload)

        monkeypatch.setattr(SpoolFile, "append", fail)
        messages = media(A_TALK, 15)
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN)
                for n, message in enumerate(messages):
                    full = n < 1000
                    await line.send("media", media=message)
                await line.stop()
            state = await talk(running)

        assert (of(state, "rep"), of(state, "customer")) == (texts(A_TALK, 0), texts(A_TALK, 1))


class TestWhoMayCall:
    URL = "wss://calls.example.com/ws/twilio"
    TERMS = TwilioTerms(SecretStr(ACCOUNT_TOKEN), URL)

    def test_the_signature_is_made_as_twilio_makes_it(self) -> None:
        """The example that Twilio publishes: for a form, whose fields are added to the address; a socket has none."""
        address = "https://mycompany.com/myapp.php?foo=1&bar=2"
        form = "CallSidCA1234567890ABCDECaller+14158675309Digits1234From+14158675309To+18005551212"

        assert signature("12345", address + form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="

    async def test_with_a_valid_signature(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path), twilio=self.TERMS) as running:
            async with phone(running, **{"X-Twilio-Signature": signature(ACCOUNT_TOKEN, self.URL)}) as line:
                await line.start()
                await line.stop()
            assert (await talk(running))["ended"] is True

    async def test_the_address_is_the_one_that_was_asked_where_none_is_set(self, tmp_path: Path) -> None:
        terms = TwilioTerms(SecretStr(ACCOUNT_TOKEN))
        async with server(tmp_path, ears=ears(tmp_path), twilio=terms) as running:
            url = f"wss://{running.address.removeprefix('http://')}/ws/twilio"
            async with phone(running, **{"X-Twilio-Signature": signature(ACCOUNT_TOKEN, url)}) as line:
                await line.start()
                await line.stop()

    @pytest.mark.parametrize("headers", [{}, {"X-Twilio-Signature": signature("guess", URL)}])
    async def test_with_a_wrong_signature_nobody_may_even_with_the_token(
        self, tmp_path: Path, headers: dict[str, str]
    ) -> None:
        async with server(tmp_path, ears=ears(tmp_path), twilio=self.TERMS) as running:
            async with phone(running, **headers) as line:
                await line.start(token=TOKEN)
                assert await line.closed() == 4401

    @pytest.mark.parametrize("given", [{}, {"token": "guess"}])
    async def test_without_an_account_the_token_is_wanted(self, tmp_path: Path, given: dict[str, str]) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(**given)
                assert await line.closed() == 4401

    async def test_no_foreign_page_may(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running, Origin="https://evil.example", **BEARER) as line:
                assert await line.closed() == 4403


class TestWhatCannotBeTaken:
    async def test_without_a_speech_model_nothing_is(self, tmp_path: Path) -> None:
        async with server(tmp_path) as running, phone(running) as line:
            await line.start(token=TOKEN)
            assert await line.closed() == 4400

    async def test_another_encoding_is_not(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, phone(running) as line:
            await line.start(encoding="audio/x-l16", token=TOKEN)
            assert await line.closed() == 4400

    async def test_bad_messages_in_between_do_no_harm_and_many_in_a_row_end_it(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running, phone(running) as line:
            await line.start(token=TOKEN)
            bad: list[str | bytes] = [
                "{",
                "[]",
                b"binary",
                '{"event": "media", "sequenceNumber": "x"}',
                '{"event": "media", "media": {}}',
            ]
            for n, message in enumerate(media(A_TALK, 2)):
                await line.socket.send(bad[n % len(bad)])
                await line.send("media", media=message)
            for _ in range(10):
                await line.socket.send('{"event": "media", "sequenceNumber": "7", "media": {"payload": "§"}}')
            assert await line.closed() == 4400
        assert line.number == 201

    async def test_a_call_that_is_over_takes_no_other_stream(self, tmp_path: Path) -> None:
        async with server(tmp_path, ears=ears(tmp_path)) as running:
            async with phone(running) as line:
                await line.start(token=TOKEN)
                await line.stop()
            async with phone(running) as line:
                await line.start(token=TOKEN)
                assert await line.closed() == 4400
