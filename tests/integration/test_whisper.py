from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copilot.adapters.asr import whisper_process
from copilot.adapters.asr.whisper import Whisper, WhisperTerms, open_whisper
from copilot.domain.audio import RATE_HZ, DecodeRequest, Samples, Span
from copilot.errors import TranscriptionFailed
from tests.whisper import LANGUAGES, make_whisper

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_whisper(tmp_path_factory.mktemp("whisper"))


@pytest.fixture
async def whisper(folder: Path) -> AsyncIterator[Whisper]:
    async with open_whisper(folder, "random", WhisperTerms(at_once=1)) as opened:
        yield opened


def noise(seconds: float) -> Samples:
    return np.random.default_rng(3).normal(0, 3000, round(seconds * RATE_HZ)).astype(np.int16)


def request(seconds: float, *, final: bool = True, language: str | None = "en", quick: bool = False) -> DecodeRequest:
    span = Span(0, round(seconds * RATE_HZ))
    return DecodeRequest("call", 0, span, final, language=language, terms=("Brouwer", "Lintel"), quick=quick)


def process_of(whisper: Whisper) -> int:
    (process,) = whisper._free
    return process._process.pid


class TestWhisper:
    async def test_answers_with_segments_and_how_sure_it_is(self, whisper: Whisper) -> None:
        decoded = await whisper.transcribe(noise(2), request(2))

        assert decoded.language == "en"
        assert decoded.segments
        for segment in decoded.segments:
            assert segment.avg_logprob is not None
            assert segment.avg_logprob < 0
            assert segment.no_speech_prob is not None
            assert 0 <= segment.no_speech_prob <= 1

    async def test_finals_have_the_times_of_their_words_unless_it_has_to_go_quickly(self, whisper: Whisper) -> None:
        careful, quick = [await whisper.transcribe(noise(8), request(8, quick=quick)) for quick in (False, True)]

        words = [word for segment in careful.segments for word in segment.words]
        assert words
        assert all(0 <= word.start_s <= word.end_s <= 8.1 for word in words)
        assert not any(segment.words for segment in quick.segments)

    async def test_times_of_words_cost_no_second_decode(self, whisper: Whisper, folder: Path) -> None:
        """The library would go on behind the last word, as long as there is sound."""
        model = whisper_process._load(str(folder), "cpu", "int8", 1)
        encoded, encode = [], model.encode

        def counted(features: Any) -> Any:
            encoded.append(features.shape)
            return encode(features)

        model.encode = counted
        whisper_process._transcribed(model, whisper._options(request(8)), noise(8).tobytes())

        assert len(encoded) == 1

    async def test_the_same_sound_gives_the_same_answer(self, whisper: Whisper) -> None:
        first, second = [await whisper.transcribe(noise(2), request(2, quick=True)) for _ in range(2)]

        assert first == second

    @pytest.mark.parametrize("seconds", [0.2, 12.0])
    async def test_takes_short_stretches_and_long_ones(self, whisper: Whisper, seconds: float) -> None:
        assert (await whisper.transcribe(noise(seconds), request(seconds, final=False))).language == "en"

    @pytest.mark.parametrize(("given", "found"), [("de-AT", {"de"}), ("EN", {"en"}), (None, set(LANGUAGES))])
    async def test_takes_the_language_as_it_is_given_or_finds_one(
        self, whisper: Whisper, given: str | None, found: set[str]
    ) -> None:
        assert (await whisper.transcribe(noise(1), request(1, language=given))).language in found

    async def test_a_language_that_it_does_not_know_is_found_out(self, whisper: Whisper) -> None:
        assert (await whisper.transcribe(noise(1), request(1, language="tlh"))).language in LANGUAGES

    async def test_keeps_its_model_from_one_request_to_the_next(self, whisper: Whisper) -> None:
        await whisper.transcribe(noise(1), request(1))
        first = process_of(whisper)
        await whisper.transcribe(noise(1), request(1))

        assert process_of(whisper) == first


class TestWhenItDoesNotAnswer:
    async def test_being_cancelled_kills_it_and_the_next_request_starts_another(self, whisper: Whisper) -> None:
        await whisper.transcribe(noise(1), request(1))
        stuck = process_of(whisper)
        os.kill(stuck, signal.SIGSTOP)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await whisper.transcribe(noise(1), request(1))

        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)
        assert (await whisper.transcribe(noise(1), request(1))).language == "en"

    async def test_a_process_that_dies_is_told_and_replaced(self, whisper: Whisper) -> None:
        await whisper.transcribe(noise(1), request(1))
        os.kill(process_of(whisper), signal.SIGKILL)
        with pytest.raises(TranscriptionFailed, match="process has ended"):
            await whisper.transcribe(noise(1), request(1))

        assert (await whisper.transcribe(noise(1), request(1))).language == "en"

    async def test_a_model_that_cannot_be_loaded_is_told(self, folder: Path, tmp_path: Path) -> None:
        for file in folder.iterdir():  # noqa: ASYNC240
            (tmp_path / file.name).write_bytes(file.read_bytes()[:1000])  # cut off while it was copied
        async with open_whisper(tmp_path, "cut", WhisperTerms(at_once=1)) as whisper:
            with pytest.raises(TranscriptionFailed, match="cannot be loaded"):
                await whisper.transcribe(noise(1), request(1))

    async def test_leaves_no_process_behind(self, folder: Path) -> None:
        async with open_whisper(folder, "random", WhisperTerms(at_once=2)) as whisper:
            await asyncio.gather(*(whisper.transcribe(noise(1), request(1)) for _ in range(2)))
            processes = [process._process.pid for process in whisper._free]
            assert len(set(processes)) == 2

        for process in processes:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)
