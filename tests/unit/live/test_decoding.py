from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest

from copilot.analysis.speech.shedding import Shed
from copilot.domain.audio import Decoded, DecodeRequest, Samples, Span
from copilot.errors import TranscriptionFailed
from copilot.live.decoding import Deadlines, Decoding
from tests.speech import Line, Oracle

pytestmark = pytest.mark.anyio

SECOND = 16000
WORDS = (Line(0, 0, 60, " ".join(f"word{n}" for n in range(60))),)


def request(start_s: int = 0, seconds: int = 1, *, final: bool = True, call_id: str = "call") -> DecodeRequest:
    return DecodeRequest(call_id, 0, Span(start_s * SECOND, (start_s + seconds) * SECOND), final)


def silence() -> Samples:
    return np.zeros(SECOND, dtype=np.int16)


def text(decoded: Decoded) -> str:
    return " ".join(segment.text for segment in decoded.segments)


@contextlib.asynccontextmanager
async def decoding(oracle: Oracle, smaller: Oracle | None = None, **deadlines: float) -> AsyncIterator[Decoding]:
    shared = Decoding(oracle, Deadlines(**deadlines), smaller)  # type: ignore[arg-type]  # tests give numbers
    running = asyncio.create_task(shared.run())
    try:
        yield shared
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


class TestGuesses:
    async def test_one_that_was_right_is_not_decoded_again(self) -> None:
        oracle = Oracle(WORDS)
        async with decoding(oracle) as shared:
            guess = await shared.guess(request(3), silence)
            decoded = await shared.final(request(3), silence, guess)

        assert text(decoded) == "word3"
        assert len(oracle.asked) == 1

    async def test_one_that_failed_is(self) -> None:
        oracle = Oracle(WORDS, troubles={0: "fail"})
        async with decoding(oracle) as shared:
            guess = await shared.guess(request(3), silence)
            await asyncio.wait([guess.done])
            decoded = await shared.final(request(3), silence, guess)

        assert text(decoded) == "word3"

    async def test_one_that_was_taken_back_is(self) -> None:
        oracle = Oracle(WORDS, delay_s=0.01)
        async with decoding(oracle) as shared:
            guess = await shared.guess(request(3), silence)
            guess.done.cancel()

            assert text(await shared.final(request(3), silence, guess)) == "word3"


class TestTrouble:
    async def test_gives_up_after_so_many_tries_and_says_why(self) -> None:
        oracle = Oracle(WORDS, failure_rate=1.0)
        async with decoding(oracle, tries=3) as shared:
            with pytest.raises(TranscriptionFailed, match="told to fail"):
                await shared.final(request(), silence)

            assert len(oracle.asked) == 3
            assert "told to fail" in str(shared.trouble)

    async def test_is_over_with_the_next_success(self) -> None:
        async with decoding(Oracle(WORDS, troubles={0: "fail"})) as shared:
            await shared.final(request(), silence)

            assert shared.trouble is None

    async def test_a_decode_beyond_its_deadline_is_killed(self) -> None:
        oracle = Oracle(WORDS, troubles={0: "hang", 1: "hang"})
        async with decoding(oracle, deadline_s=0.02) as shared:
            with pytest.raises(TranscriptionFailed, match=r"0\.02 s"):
                await shared.final(request(), silence)

        assert oracle.killed == 2

    async def test_a_mistake_in_an_adapter_costs_one_stretch_and_is_logged_without_words(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        class Broken(Oracle):
            async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
                if request.span.start == 0:
                    raise KeyError("something that somebody said")
                return await super().transcribe(samples, request)

        async with decoding(Broken(WORDS)) as shared:
            with caplog.at_level(logging.ERROR), pytest.raises(TranscriptionFailed, match="KeyError"):
                await shared.final(request(0), silence)

            assert text(await shared.final(request(1), silence)) == "word1"
        assert "said" not in caplog.text


class TestRests:
    async def test_a_model_that_says_when_to_ask_again_is_left_alone_so_long(self) -> None:
        class Throttled(Oracle):
            async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
                if not self.asked:
                    self.asked.append(request)
                    raise TranscriptionFailed("too many requests", retry_after_s=0.2)
                return await super().transcribe(samples, request)

        clock = asyncio.get_running_loop()
        async with decoding(Throttled(WORDS)) as shared:
            began = clock.time()
            assert text(await shared.final(request(1), silence)) == "word1"
            assert clock.time() - began >= 0.2

    async def test_what_failed_is_told_once_and_not_wrapped(self) -> None:
        async with decoding(Oracle(WORDS, failure_rate=1.0)) as shared:
            with pytest.raises(TranscriptionFailed, match=r"^the speech model did not answer: it was told to fail$"):
                await shared.final(request(), silence)


class TestWarmingUp:
    async def test_loads_the_model_as_often_as_it_is_used_at_once_and_measures_it(self) -> None:
        oracle = Oracle(WORDS, at_once=2, delay_s=0.01)
        shared = Decoding(oracle)
        await shared.warm_up()

        assert len(oracle.asked) == 4
        assert shared.capacity.decode_s is not None

    async def test_says_what_is_wrong(self) -> None:
        shared = Decoding(Oracle(WORDS, failure_rate=1.0))
        await shared.warm_up()

        assert "told to fail" in str(shared.trouble)
        assert shared.capacity.decode_s is None


class TestFallingBehind:
    async def test_leaves_something_out_while_finals_wait_and_loses_none(self) -> None:
        oracle = Oracle(WORDS, troubles={0: "hang"})
        async with decoding(oracle, deadline_s=1.8, look_every_s=0.02) as shared:
            finals = [asyncio.create_task(shared.final(request(n), silence)) for n in range(5)]
            async with asyncio.timeout(10):
                while shared.shed is Shed.NOTHING:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            heard = [text(await final) for final in finals]

        assert heard == [f"word{n}" for n in range(5)]

    async def test_a_recording_that_waits_is_no_reason_to(self) -> None:
        oracle = Oracle(WORDS, troubles={0: "hang"})
        async with decoding(oracle, deadline_s=1.8, look_every_s=0.02) as shared:
            recorded = [replace(request(n), recorded=True) for n in range(3)]
            heard = await asyncio.gather(*(shared.final(each, silence) for each in recorded))
            await asyncio.sleep(0.05)

            assert shared.shed is Shed.NOTHING
        assert [text(each) for each in heard] == ["word0", "word1", "word2"]

    async def test_goes_over_to_the_smaller_model_for_finals_that_wait_and_back(self) -> None:
        usual, smaller = Oracle(WORDS), Oracle(WORDS, name="smaller")
        async with decoding(usual, smaller=smaller) as shared:
            shared._ladder.step = Shed.CARE
            await shared.final(request(1), silence)
            await shared.final(replace(request(2), recorded=True), silence)
            shared._ladder.step = Shed.GUESSED_ENDS
            await shared.final(request(3), silence)

            assert "a smaller model" in str(Shed.CARE.says(smaller=True))
        assert [(each.span.start_s, each.quick) for each in smaller.asked] == [(1, True)]
        assert [(each.span.start_s, each.quick) for each in usual.asked] == [(2, False), (3, False)]

    async def test_later_partials_leave_a_decode_free_for_what_shows_something_new(self) -> None:
        oracle = Oracle(WORDS, troubles={1: "hang"}, at_once=2)
        async with decoding(oracle) as shared:
            await shared.final(request(0), silence)
            stuck = await shared.partial(request(1, final=False), silence, first=False)
            while len(oracle.asked) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
            waits = await shared.partial(request(2, final=False, call_id="other"), silence, first=False)
            first = await shared.partial(request(4, final=False, call_id="third"), silence, first=True)

            assert text(await first) == "word4"
            assert text(await shared.final(request(3), silence)) == "word3"
            assert not waits.done()
            stuck.cancel()

    async def test_a_call_that_is_over_waits_no_longer(self) -> None:
        oracle = Oracle(WORDS, troubles={0: "hang"})
        async with decoding(oracle) as shared:
            first = asyncio.create_task(shared.final(request(call_id="one"), silence))
            second = asyncio.create_task(shared.final(request(call_id="two"), silence))
            await asyncio.sleep(0.01)
            shared.forget("two")
            with pytest.raises(asyncio.CancelledError):
                await second
            first.cancel()
            await asyncio.gather(first, return_exceptions=True)
