from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from copilot.adapters.asr.server import ServerTerms, TranscriptionServer, open_server
from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Span
from copilot.domain.call import CallInfo
from copilot.errors import TranscriptionFailed
from copilot.live.calls import Calls, Limits
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from copilot.live.pace import Pace
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import TWO_SIDES, Line, LoudnessDetector, frames, wire
from tests.transcription_server import Play
from tests.transcription_server import TranscriptionServer as Loopback

pytestmark = pytest.mark.anyio

NOISE = np.random.default_rng(3).normal(0, 3000, 2 * RATE_HZ).astype(np.int16)


@contextlib.asynccontextmanager
async def asked_at(loopback: Loopback, key: str | None = "a-key") -> AsyncIterator[TranscriptionServer]:
    async with loopback.listening(), open_server("whisper-small", ServerTerms(loopback.base_url, key)) as server:
        yield server


def request(
    *, final: bool = True, quick: bool = False, seconds: float = 2, language: str | None = "de-AT"
) -> DecodeRequest:
    span = Span(0, round(seconds * RATE_HZ))
    return DecodeRequest("call", 0, span, final, language=language, terms=("Brouwer", "Lintel"), quick=quick)


async def answer(loopback: Loopback, *requests: DecodeRequest, samples: Samples = NOISE) -> list[Decoded]:
    async with asked_at(loopback) as server:
        return [await server.transcribe(samples, each) for each in requests]


def forms(loopback: Loopback) -> list[tuple[str, list[str]]]:
    return [(each.form, each.fields.get("timestamp_granularities[]", [])) for each in loopback.requests]


class TestWhatIsSent:
    async def test_is_the_sound_as_wav_with_model_language_and_hints(self) -> None:
        loopback = Loopback()
        await answer(loopback, request())

        (received,) = loopback.requests
        assert (received.rate_hz, received.channels) == (16000, 1)
        assert received.sound == NOISE.astype("<i2").tobytes()
        assert received.headers["authorization"] == "Bearer a-key"
        told = {name: values[0] for name, values in received.fields.items()}
        assert (told["model"], told["language"], told["prompt"]) == ("whisper-small", "de", "Brouwer, Lintel")

    async def test_a_short_stretch_comes_without_hints_and_an_unknown_language_without_one(self) -> None:
        loopback = Loopback()
        await answer(loopback, request(seconds=0.5, language=None), samples=NOISE[: RATE_HZ // 2])

        assert {"prompt", "language"} & set(loopback.requests[0].fields) == set()

    async def test_nothing_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_ORG_ID", "org")
        loopback = Loopback()
        async with asked_at(loopback, key=None) as server:
            await server.transcribe(NOISE, request())

        headers = loopback.requests[0].headers
        assert headers["authorization"] == "Bearer none"
        assert "openai-organization" not in headers


class TestWhatComesBack:
    async def test_is_text_with_doubts_and_times_of_words(self) -> None:
        (decoded,) = await answer(Loopback(text="nine days from order"), request())

        (segment,) = decoded.segments
        assert segment.text.strip() == "nine days from order"
        assert (segment.avg_logprob, segment.no_speech_prob) == (-0.2, 0.01)
        assert [(word.text, word.start_s) for word in segment.words] == [
            ("nine", 0.0),
            ("days", 0.5),
            ("from", 1.0),
            ("order", 1.5),
        ]
        assert decoded.language == "de-AT"

    async def test_a_code_for_the_language_is_taken_over(self) -> None:
        (decoded,) = await answer(Loopback(extra={"language": "FR"}), request(language=None))

        assert decoded.language == "fr"

    async def test_placeholders_for_doubts_are_none(self) -> None:
        """vLLM fills in -1 where it does not know."""
        segment = {"start": 0, "end": 2, "text": "okay", "avg_logprob": -1.0, "no_speech_prob": -1.0}
        (decoded,) = await answer(Loopback(extra={"segments": [segment]}), request())

        assert (decoded.segments[0].avg_logprob, decoded.segments[0].no_speech_prob) == (None, None)

    async def test_words_go_to_the_segment_that_they_are_said_in(self) -> None:
        segments = [{"start": 0, "end": 1, "text": "nine days"}, {"start": 1, "end": 2, "text": "from order"}]
        (decoded,) = await answer(Loopback(text="nine days from order", extra={"segments": segments}), request())

        assert [[word.text for word in segment.words] for segment in decoded.segments] == [
            ["nine", "days"],
            ["from", "order"],
        ]

    async def test_no_words_are_no_segments(self) -> None:
        (decoded,) = await answer(Loopback(extra={"text": " ", "segments": [], "words": []}), request())

        assert decoded.segments == ()


class TestAServerThatKnowsLess:
    async def test_is_asked_for_less_and_not_for_more_again(self) -> None:
        loopback = Loopback(forms=("json",))
        decoded = await answer(loopback, request(), request())

        assert [each.segments[0].text for each in decoded] == [loopback.text] * 2
        assert [form for form, _ in forms(loopback)] == ["verbose_json", "verbose_json", "json", "json"]

    async def test_without_times_of_words_still_tells_its_doubts(self) -> None:
        loopback = Loopback(words=False)
        first, second = await answer(loopback, request(), request())

        assert forms(loopback) == [("verbose_json", ["segment", "word"]), ("verbose_json", []), ("verbose_json", [])]
        assert (first.segments[0].words, second.segments[0].avg_logprob) == ((), -0.2)

    async def test_a_refusal_for_another_reason_changes_nothing(self) -> None:
        loopback = Loopback()
        loopback.will("too_short", "too_short", "too_short")
        async with asked_at(loopback) as server:
            with pytest.raises(TranscriptionFailed, match="HTTP 400, audio_too_short"):
                await server.transcribe(NOISE, request())
            decoded = await server.transcribe(NOISE, request())

        assert decoded.segments[0].words

    @pytest.mark.parametrize("less", [request(final=False), request(quick=True)])
    async def test_what_has_to_go_quickly_is_asked_for_without_times_of_words(self, less: DecodeRequest) -> None:
        loopback = Loopback()
        await answer(loopback, less, request())

        assert forms(loopback) == [("verbose_json", []), ("verbose_json", ["segment", "word"])]


class TestTrouble:
    @pytest.mark.parametrize(
        ("play", "says", "rests_s"),
        [
            ("500", "the provider has trouble, HTTP 500", 1.0),
            ("429", "too many requests, HTTP 429", 3.0),
            ("401", "the key is not accepted, HTTP 401, invalid_api_key", None),
            ("404", "no such model or address, HTTP 404, model_not_found", None),
            ("nonsense", "the server's answer is no transcription", None),
            ("html", "the server's answer is no transcription", None),
            ("hang_up", "the provider cannot be reached", 1.0),
        ],
    )
    async def test_is_told_apart_and_asked_only_once(self, play: Play, says: str, rests_s: float | None) -> None:
        loopback = Loopback()
        loopback.will(play)
        async with asked_at(loopback) as server:
            with pytest.raises(TranscriptionFailed) as failed:
                await server.transcribe(NOISE, request())

        assert (failed.value.reason, failed.value.retry_after_s) == (says, rests_s)
        assert len(loopback.requests) == 1
        assert failed.value.__cause__ is None

    async def test_a_server_that_is_not_there(self) -> None:
        async with open_server("whisper", ServerTerms("http://127.0.0.1:9/v1")) as server:
            with pytest.raises(TranscriptionFailed, match="cannot be reached"):
                await server.transcribe(NOISE, request())

    async def test_being_cancelled_hangs_up(self) -> None:
        loopback = Loopback()
        loopback.will("hang")
        async with asked_at(loopback) as server:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await server.transcribe(NOISE, request())
            async with asyncio.timeout(5):
                await loopback.hung_up.wait()


class TestACall:
    async def test_whatever_the_server_does_every_utterance_comes_and_no_sample_is_lost(self, tmp_path: Path) -> None:
        loopback = Loopback()
        loopback.will("hang", "500", "nonsense", "hang_up")
        lines = [Line(n % 2, 1 + 2 * n, 2 + 2 * n, loopback.text) for n in range(4)]
        async with asked_at(loopback) as server:
            deadlines = Deadlines(deadline_s=0.5, tries=4)
            ears = Ears(server, LoudnessDetector(), SpoolFolder(tmp_path), deadlines=deadlines, pace=Pace(sync_s=0.0))
            calls = Calls(MemoryStore(), ScriptedAnalyst(), PLAYBOOK, Limits(), ears=ears)
            call = await calls.begin(CallInfo(id="call"))
            sound = await ears.open(call, TWO_SIDES)
            assert sound is not None
            assert sound.listening is not None
            for frame in frames(wire(lines, TWO_SIDES, 10), TWO_SIDES):
                sound.listening.take(frame)
            await calls.end(call, "sender")
            await calls.close()

        assert [u.text for u in call.state.utterances] == [loopback.text] * 4
        assert all(len(u.word_starts_s) == len(u.text.split()) for u in call.state.utterances)
        assert sound.listening.failed_s == 0
