"""When words of a call with sound come, and those that are shown meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from itertools import pairwise
from pathlib import Path

import pytest

from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.domain.audio import AudioFormat
from copilot.domain.call import Role
from copilot.live import meters
from copilot.live.ears import Ears
from copilot.live.feed import Feed, Partial
from copilot.live.listening import Listening
from copilot.live.pace import Pace
from tests.integration.hearing import (
    PATIENCE_S,
    OnlyTogether,
    begun,
    calls_with,
    ears_with,
    heard,
    play,
    until,
)
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, frames, wire

pytestmark = pytest.mark.anyio


class TestTurns:
    async def test_the_reps_words_do_not_wait_for_an_answer_that_comes_at_once(self, tmp_path: Path) -> None:
        """The answer's pre-roll reaches into the question, and it is not over yet."""
        lines = [Line(0, 1, 3, "how long does it take now"), Line(1, 3.1, 9, "that depends " * 8)]
        ears = Ears(
            Oracle(lines), LoudnessDetector(), SpoolFolder(tmp_path), pace=Pace(sync_s=0.0, far_side_s=PATIENCE_S + 10)
        )
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(lines, TWO_SIDES, 5), TWO_SIDES):
                listening.take(frame)
            await until(lambda: heard(call, 0) == ["how long does it take now"])


class TestFinalsOfOneChannel:
    async def test_are_decoded_at_once_and_come_in_their_order(self, tmp_path: Path) -> None:
        """Where nobody could guess an end: their speaker goes on and on, and is cut."""
        lines = [Line(1, 0.5, 26.0, " ".join(f"word{n}" for n in range(60)))]
        oracle = OnlyTogether(lines, at_once=3)
        call, _ = await play(oracle, tmp_path, lines, seconds=27, language="en")

        assert len(oracle.finals) == 3
        assert " ".join(heard(call, 1)) == lines[0].text


class TestLate:
    async def test_what_waits_long_is_told_with_how_late_it_is_and_so_is_what_comes(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, troubles={0: "hang"})
        late = meters.LATE_FINALS._value.get()
        ears = ears_with(oracle, tmp_path, deadline_s=5.1)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            call.take_over("a sender")
            for frame in frames(wire(A_TALK, TWO_SIDES, 8.2), TWO_SIDES):
                listening.take(frame)
            await until(lambda: "late" in (call.status.reason or ""))

            assert call.status.asr == "degraded"
            assert "Words come more than 5 s late." in str(call.status.reason)
            assert call.status.lag_s >= 5
            await until(lambda: bool(heard(call, 0)))
            assert call.status.lag_s > 5
            await until(lambda: "late" not in (call.status.reason or ""))
        assert meters.LATE_FINALS._value.get() > late


class TestPartials:
    async def test_are_shown_while_somebody_speaks_and_what_is_stable_stays(self, tmp_path: Path) -> None:
        long = (Line(1, 0.2, 8.0, "we lose two days every single week because somebody has to type it all again"),)
        ears = ears_with(Oracle(long), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            feed = await call.watch()
            shown: list[Partial] = []
            for frame in frames(wire(long, TWO_SIDES, 10), TWO_SIDES):
                listening.take(frame)
                await settled(listening)
                shown += await partials(feed)
            await calls.end(call, "sender")

        (utterance,) = call.state.utterances
        assert {p.utterance.id for p in shown} == {utterance.id}
        assert len(shown) >= 6
        for before, after in pairwise(shown):
            assert after.stable.startswith(before.stable)
            assert after.utterance.text.startswith(after.stable)
        assert "lose two days" in shown[-1].stable


async def settled(listening: Listening) -> None:
    """Until what was sent has been heard; a few turns of the loop let an oracle without delay answer."""
    await until(
        lambda: (
            all(c.heard + 512 + 60 > c.account.received for c in listening.channels) and not listening._arrived.is_set()
        )
    )
    await asyncio.sleep(0.01)


async def partials(feed: Feed) -> list[Partial]:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.005):
            return [item for item in await feed.next() if isinstance(item, Partial)]
    return []


class TestEcho:
    LINES = (
        Line(1, 1.0, 4.0, "we lose two days every single week"),
        Line(0, 1.1, 4.1, "we lose two days every single week"),
        Line(0, 6.0, 8.5, "you lose two days every single week"),
    )

    async def test_the_customers_voice_in_the_microphone_is_heard_once(self, tmp_path: Path) -> None:
        call, listening = await play(Oracle(self.LINES), tmp_path, self.LINES, seconds=10)

        assert heard(call, 1) == ["we lose two days every single week"]
        assert heard(call, 0) == ["you lose two days every single week"]
        assert listening.rejected["echo"] == 1

    async def test_the_reps_voice_in_the_customers_channel_stays(self, tmp_path: Path) -> None:
        swapped = AudioFormat(encoding="pcm_s16le", sample_rate_hz=16000, channels=(Role.CUSTOMER, Role.UNKNOWN))
        call, _ = await play(Oracle(self.LINES), tmp_path, self.LINES, audio=swapped, seconds=10)

        assert len(call.state.utterances) == 3

    async def test_words_that_were_shown_while_spoken_may_be_repeated_later(self, tmp_path: Path) -> None:
        repeated = (self.LINES[0], Line(0, 5.5, 8.5, self.LINES[0].text))
        ears = ears_with(Oracle(repeated), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(repeated, TWO_SIDES, 10), TWO_SIDES):
                listening.take(frame)
                await settled(listening)
            await calls.end(call, "sender")

        assert [heard(call, channel) for channel in (0, 1)] == [[self.LINES[0].text]] * 2
