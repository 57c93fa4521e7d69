from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.frames import FrameGap
from copilot.domain.audio import AudioFormat
from copilot.domain.call import Participant, Role
from copilot.live.call import CallOver
from copilot.live.ears import OtherAudio
from tests.integration.hearing import (
    LENGTH_S,
    begun,
    calls_with,
    check_accounts,
    ears_with,
    heard,
    play,
)
from tests.speech import A_TALK, TWO_SIDES, Oracle, frames, texts, wire

pytestmark = pytest.mark.anyio


class TestACall:
    async def test_every_utterance_comes_out_with_its_side_and_times(self, tmp_path: Path) -> None:
        people = (Participant(name="Dana", role=Role.REP), Participant(name="Luis", role=Role.CUSTOMER))
        call, listening = await play(Oracle(A_TALK), tmp_path, participants=people)

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]
        said = {u.text: u for u in call.state.utterances}
        first = said["how long does it take"]
        assert (first.speaker, first.role) == ("Dana", Role.REP)
        assert first.start_s == pytest.approx(0.5, abs=0.04)
        assert first.end_s == pytest.approx(2.1, abs=0.04)
        assert first.word_starts_s == pytest.approx([0.5 + n * 1.6 / 5 for n in range(5)], abs=0.01)
        check_accounts(listening)
        assert [channel.account.totals()[Fate.PENDING] for channel in listening.channels] == [0, 0]

    @pytest.mark.parametrize(
        ("encoding", "rate_hz"), [("mulaw", 8000), ("pcm_s16le", 8000), ("pcm_s16le", 44100), ("pcm_s16le", 48000)]
    )
    async def test_whatever_the_encoding_the_words_are_the_same(
        self, tmp_path: Path, encoding: str, rate_hz: int
    ) -> None:
        audio = AudioFormat.model_validate(
            {"encoding": encoding, "sample_rate_hz": rate_hz, "channels": ["rep", "customer"]}
        )
        call, listening = await play(Oracle(A_TALK), tmp_path, audio=audio)

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]
        check_accounts(listening)

    async def test_silence_gives_no_text_and_is_not_even_decoded(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK)
        call, listening = await play(oracle, tmp_path, lines=(), seconds=60)

        assert (call.state.utterances, oracle.asked) == ((), [])
        assert [channel.account.totals()[Fate.SILENCE] for channel in listening.channels] == [60 * 16000] * 2

    async def test_the_sound_is_deleted_once_the_call_is_over(self, tmp_path: Path) -> None:
        await play(Oracle(A_TALK), tmp_path)
        (size,) = [file.stat().st_size for file in tmp_path.iterdir()]  # noqa: ASYNC240

        assert size < 300

    async def test_names_are_hinted_at_and_the_language_is_kept(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, language="nl")
        await play(oracle, tmp_path, account="Brouwer", participants=(Participant(name="Mieke"),))

        assert oracle.asked[0].terms == ("Mieke", "Brouwer")
        assert (oracle.asked[0].language, oracle.asked[-1].language) == (None, "nl")

    async def test_the_language_that_the_sender_gives_is_taken(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, language="nl")
        await play(oracle, tmp_path, language="de")

        assert {request.language for request in oracle.asked} == {"de"}


class TestFrames:
    async def test_are_safe_before_they_are_acknowledged(self, tmp_path: Path) -> None:
        ears = ears_with(Oracle(()), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            _, listening = await begun(calls, ears)
            for frame in frames(wire((), TWO_SIDES, 1), TWO_SIDES):
                listening.take(frame)
            async for number in listening.acks():
                spool = SpoolFolder(tmp_path).find("call")
                assert spool is not None
                assert spool.last_frame is not None
                assert spool.last_frame >= number
                if number == 9:
                    break

    async def test_a_hole_is_refused_and_doubles_change_nothing(self, tmp_path: Path) -> None:
        ears = ears_with(Oracle(A_TALK), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            sent = frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES)
            for number, frame in enumerate(sent):
                with contextlib.suppress(FrameGap):
                    listening.take(sent[min(number + 2, len(sent) - 1)])
                listening.take(frame)
                listening.take(sent[number // 2])
            await calls.end(call, "sender")

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    async def test_another_format_is_refused(self, tmp_path: Path) -> None:
        ears = ears_with(Oracle(()), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, _ = await begun(calls, ears)
            with pytest.raises(OtherAudio, match="pcm_s16le at 16000 Hz"):
                await ears.open(call, TWO_SIDES.model_copy(update={"sample_rate_hz": 8000}))

    async def test_none_are_taken_once_the_call_is_being_ended(self, tmp_path: Path) -> None:
        ears = ears_with(Oracle(()), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            first, second = frames(wire((), TWO_SIDES, 0.2), TWO_SIDES)
            listening.take(first)
            await calls.end(call, "sender")
            with pytest.raises(CallOver):
                listening.take(second)
            sound = await ears.open(call, TWO_SIDES)

        assert sound is not None
        assert (sound.last_frame, sound.listening) == (0, None)
