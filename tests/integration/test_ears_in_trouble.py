"""Calls with sound where something breaks: the model, the disk, the server."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.shedding import Shed
from copilot.domain.audio import Decoded, DecodeRequest, Samples
from copilot.errors import StoreUnavailable, TranscriptionFailed
from copilot.live.calls import Calls, Limits
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.integration.hearing import (
    LENGTH_S,
    PATIENCE_S,
    OnlyTogether,
    begun,
    calls_with,
    check_accounts,
    ears_with,
    heard,
    play,
    until,
)
from tests.speech import A_TALK, TWO_SIDES, Line, Oracle, frames, texts, wire

pytestmark = pytest.mark.anyio


class TestWhenDecodingFails:
    async def test_it_is_tried_again(self, tmp_path: Path) -> None:
        call, _ = await play(Oracle(A_TALK, troubles={0: "fail", 3: "fail"}), tmp_path)

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    async def test_one_that_hangs_is_killed_and_tried_again(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, troubles={0: "hang", 2: "hang"})
        ears = ears_with(oracle, tmp_path, deadline_s=0.05)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES):
                listening.take(frame)
            await calls.end(call, "sender")

        assert oracle.killed == 2
        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    @pytest.mark.parametrize(("trouble", "reason"), [("loop", "loop"), ("unsure", "unsure")])
    async def test_what_is_made_up_is_left_out_and_counted(self, tmp_path: Path, trouble: str, reason: str) -> None:
        call, listening = await play(Oracle(A_TALK, troubles=dict.fromkeys(range(100), trouble)), tmp_path)

        assert call.state.utterances == ()
        assert listening.rejected[reason] == len(A_TALK)  # type: ignore[index]
        check_accounts(listening)


class TestWhenTheDiskFails:
    async def test_the_sender_is_told_and_goes_on_with_what_is_safe(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: SpoolFile) -> None:
            raise StoreUnavailable("the disk is full")

        ears = ears_with(Oracle(A_TALK), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            sent = frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES)
            for frame in sent[:60]:
                listening.take(frame)
            async for number in listening.acks():
                if number == 59:
                    break
            monkeypatch.setattr(SpoolFile, "sync", fail)
            listening.take(sent[60])
            with pytest.raises(StoreUnavailable):
                async for _ in listening.acks():
                    pass
            with pytest.raises(StoreUnavailable):
                listening.take(sent[61])
            assert (call.status.asr, "the disk is full" in str(call.status.reason)) == ("off", True)
            monkeypatch.undo()
            _, again = await begun(calls, ears)
            assert again.safe_frame is not None
            for frame in sent[again.safe_frame + 1 :]:
                again.take(frame)
            await calls.end(call, "sender")

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]


class TestAfterARestart:
    async def test_what_was_pending_is_finished_without_a_sender(self, tmp_path: Path) -> None:
        store = MemoryStore()
        stuck = Oracle(A_TALK, troubles=dict.fromkeys(range(100), "hang"))
        ears = ears_with(stuck, tmp_path)
        async with calls_with(ears, store) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES):
                listening.take(frame)
            await until(lambda: len(stuck.asked) > 0 and listening.safe_frame == 139)
        assert call.state.utterances == ()

        ears = ears_with(Oracle(A_TALK), tmp_path)
        async with calls_with(ears, store) as calls:
            call = await calls.get("call")
            await until(lambda: len(call.state.utterances) == len(A_TALK) - 1)
            await calls.end(call, "silence")

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    async def test_what_was_pending_on_one_channel_is_decoded_at_once(self, tmp_path: Path) -> None:
        store, lines = MemoryStore(), [line for line in A_TALK if line.channel == 1]
        stuck = Oracle(lines, troubles=dict.fromkeys(range(100), "hang"))
        ears = ears_with(stuck, tmp_path)
        async with calls_with(ears, store) as calls:
            _, listening = await begun(calls, ears, language="en")
            for frame in frames(wire(lines, TWO_SIDES, LENGTH_S), TWO_SIDES):
                listening.take(frame)
            await until(lambda: len(stuck.asked) > 0 and listening.safe_frame == 139)

        ears = ears_with(OnlyTogether(lines, at_once=2), tmp_path)
        async with calls_with(ears, store) as calls:
            call = await calls.get("call")
            await until(lambda: len(call.state.utterances) == len(lines) - 1)
            await calls.end(call, "silence")

        assert heard(call, 1) == texts(lines, 1)

    async def test_what_was_pending_is_no_reason_to_leave_anything_out(self, tmp_path: Path) -> None:
        store, lines = MemoryStore(), [Line(1, 1.5 * n, 1.5 * n + 0.6, f"word{n} follows") for n in range(28)]
        stuck = Oracle(lines, troubles=dict.fromkeys(range(100), "hang"))
        ears = ears_with(stuck, tmp_path)
        async with calls_with(ears, store) as calls:
            _, listening = await begun(calls, ears, language="en")
            for frame in frames(wire(lines, TWO_SIDES, 42.0), TWO_SIDES):
                listening.take(frame)
            await until(lambda: len(listening.channels[1].stretches) == len(lines))

        ears = ears_with(Oracle(lines, delay_s=0.1), tmp_path, look_every_s=0.02)
        shed: set[Shed] = set()
        async with calls_with(ears, store) as calls:
            call = await calls.get("call")

            def all_told() -> bool:
                shed.add(ears._decoding.shed)
                return len(call.state.utterances) == len(lines)

            await until(all_told)
            assert ears._decoding.capacity.load(time.monotonic()) == 0
            await calls.end(call, "silence")

        assert shed == {Shed.NOTHING}
        assert heard(call, 1) == texts(lines, 1)

    async def test_the_sound_of_a_call_that_is_over_is_deleted(self, tmp_path: Path) -> None:
        SpoolFolder(tmp_path).make("other", TWO_SIDES).append(0, bytes(4000))
        async with calls_with(ears_with(Oracle(()), tmp_path), MemoryStore()):
            assert SpoolFolder(tmp_path).there() == []


class TestWhenTheModelIsGone:
    async def test_a_call_is_not_ended_before_its_sound_was_heard(self, tmp_path: Path) -> None:
        oracle = Oracle(A_TALK, failure_rate=1.0)
        ears = ears_with(oracle, tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES):
                listening.take(frame)
            with pytest.raises(TranscriptionFailed):
                await calls.end(call, "sender")
            assert not call.state.ended
            assert all(channel.account.totals()[Fate.FAILED] > 16000 for channel in listening.channels)
            check_accounts(listening)
            oracle.failure_rate = 0.0
            await calls.end(call, "sender")

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]

    async def test_a_stretch_that_alone_cannot_be_decoded_does_not_hold_it_up(self, tmp_path: Path) -> None:
        class Poisoned(Oracle):
            async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
                if request.channel == 0 and request.span.start < 16000 < request.span.end:
                    raise TranscriptionFailed("it always does here")
                return await super().transcribe(samples, request)

        call, listening = await play(Poisoned(A_TALK), tmp_path)

        assert heard(call, 0) == texts(A_TALK, 0)[1:]
        assert listening.failed_s > 1
        check_accounts(listening)

    async def test_without_a_model_silence_does_not_end_a_call_whose_sound_waits(self, tmp_path: Path) -> None:
        store = MemoryStore()
        ears = ears_with(Oracle(A_TALK), tmp_path)
        async with calls_with(ears, store) as calls:
            _, listening = await begun(calls, ears)
            listening.take(frames(wire(A_TALK, TWO_SIDES, 1), TWO_SIDES)[0])
        waiting = SpoolFolder(tmp_path).there()
        limits = Limits(silence_s=-1)
        deaf = Calls(store, ScriptedAnalyst(), PLAYBOOK, limits, unheard=waiting)
        await deaf.take_up()
        await deaf.end_silent()
        assert [call.id for call in deaf.live] == ["call"]
        await deaf.close()


class TestWhoeverAskedForTheEndHasGone:
    async def test_it_goes_through(self, tmp_path: Path) -> None:
        ears = ears_with(Oracle(A_TALK, delay_s=0.05), tmp_path)
        async with calls_with(ears, MemoryStore()) as calls:
            call, listening = await begun(calls, ears)
            for frame in frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES):
                listening.take(frame)
            asking = asyncio.create_task(calls.end(call, "sender"))
            await asyncio.sleep(0.02)
            asking.cancel()
            async with asyncio.timeout(PATIENCE_S):
                await call.over.wait()
            await until(lambda: ears.listening("call") is None)

        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]


@given(
    restarts=st.lists(st.integers(1, 139), max_size=3),
    pauses=st.sets(st.integers(0, 139), max_size=10),
    seed=st.integers(0, 1000),
    doubles=st.booleans(),
    frame_s=st.sampled_from([0.02, 0.1, 0.35]),
)
@settings(max_examples=15, deadline=None)
def test_nothing_is_lost_or_doubled_under_stalls_breaks_failures_and_restarts(
    restarts: list[int], pauses: set[int], seed: int, doubles: bool, frame_s: float
) -> None:
    sent = frames(wire(A_TALK, TWO_SIDES, LENGTH_S), TWO_SIDES, frame_s=frame_s)
    scale = len(sent) / 140

    async def run() -> None:
        store = MemoryStore()
        cuts = [*(int(cut * scale) for cut in sorted(restarts)), len(sent)]
        halts = {int(pause * scale) for pause in pauses}
        with tempfile.TemporaryDirectory() as folder:
            for cut in cuts:
                oracle = Oracle(A_TALK, failure_rate=0.1, delay_s=0.002, at_once=2, seed=seed)
                ears = ears_with(oracle, Path(folder), tries=6)
                async with calls_with(ears, store) as calls:
                    call, listening = await begun(calls, ears)
                    expected = 0 if listening.safe_frame is None else listening.safe_frame + 1
                    for number in range(max(expected - 5 * doubles, 0), cut):
                        listening.take(sent[number])
                        if number in halts:
                            await asyncio.sleep(0.01)
                            check_accounts(listening)
                    if cut == len(sent):
                        await calls.end(call, "sender")
                    check_accounts(listening)
        assert [heard(call, channel) for channel in (0, 1)] == [texts(A_TALK, 0), texts(A_TALK, 1)]
        assert len({utterance.id for utterance in call.state.utterances}) == len(A_TALK)
        assert [channel.account.totals()[Fate.PENDING] for channel in listening.channels] == [0, 0]

    asyncio.run(run())
