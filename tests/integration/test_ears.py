from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.adapters.spool import SpoolFile, SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.analysis.speech.account import Fate
from copilot.analysis.speech.frames import FrameGap
from copilot.domain.audio import AudioFormat, Decoded, DecodeRequest, Samples
from copilot.domain.call import CallInfo, Participant, Role
from copilot.errors import StoreUnavailable, TranscriptionFailed
from copilot.live import meters
from copilot.live.call import CallOver, LiveCall
from copilot.live.calls import Calls, Limits
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears, OtherAudio
from copilot.live.feed import Feed, Partial
from copilot.live.listening import Listening
from copilot.live.pace import Pace
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, frames, texts, wire

pytestmark = pytest.mark.anyio

LENGTH_S = 14.0
QUICK = Pace(sync_s=0.0, far_side_s=0.2, store_retry_s=0.01)
PATIENCE_S = 20


def ears_with(oracle: Oracle, folder: Path, **more: float) -> Ears:
    return Ears(oracle, LoudnessDetector(), SpoolFolder(folder), deadlines=Deadlines(**more), pace=QUICK)  # type: ignore[arg-type]  # tests give numbers


@contextlib.asynccontextmanager
async def calls_with(ears: Ears, store: MemoryStore) -> AsyncIterator[Calls]:
    calls = Calls(store, ScriptedAnalyst(), PLAYBOOK, Limits(), ears=ears)
    await calls.take_up()
    try:
        yield calls
    finally:
        await calls.close()


async def begun(calls: Calls, ears: Ears, audio: AudioFormat = TWO_SIDES, **info: object) -> tuple[LiveCall, Listening]:
    call = await calls.begin(CallInfo(id="call", **info))  # type: ignore[arg-type]
    sound = await ears.open(call, audio)
    assert sound is not None
    assert sound.listening is not None
    return call, sound.listening


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110  what is waited for has no event of its own
            await asyncio.sleep(0.005)


def heard(call: LiveCall, channel: int) -> list[str]:
    return [u.text for u in call.state.utterances if u.id.startswith(f"a{channel}-")]


def check_accounts(listening: Listening) -> None:
    """Finals + silence + failed + pending = received, without a gap and without an overlap."""
    for channel in listening.channels:
        border = 0
        for span, _ in channel.account.stretches():
            assert span.start == border
            border = span.end
        assert border == channel.account.received
        assert sum(channel.account.totals().values()) == channel.account.received


async def play(
    oracle: Oracle,
    folder: Path,
    lines: Sequence[Line] = A_TALK,
    *,
    audio: AudioFormat = TWO_SIDES,
    seconds: float = LENGTH_S,
    **info: object,
) -> tuple[LiveCall, Listening]:
    """A whole call, sent as fast as it is taken."""
    ears = ears_with(oracle, folder)
    async with calls_with(ears, MemoryStore()) as calls:
        call, listening = await begun(calls, ears, audio, **info)
        for frame in frames(wire(lines, audio, seconds), audio):
            listening.take(frame)
            await asyncio.sleep(0)
        await calls.end(call, "sender")
    return call, listening


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


class OnlyTogether(Oracle):
    """Answers for finals once two of them are at work, for the later one first."""

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        decoded = await super().transcribe(samples, request)
        first = len(self.finals) == 1
        await until(lambda: not request.final or len(self.finals) > 1)
        await asyncio.sleep(0.02 * first)
        return decoded

    @property
    def finals(self) -> list[DecodeRequest]:
        return [request for request in self.asked if request.final]


class TestFinalsOfOneChannel:
    async def test_are_decoded_at_once_and_come_in_their_order(self, tmp_path: Path) -> None:
        """Where nobody could guess an end: their speaker goes on and on, and is cut."""
        lines = [Line(1, 0.5, 26.0, " ".join(f"word{n}" for n in range(60)))]
        oracle = OnlyTogether(lines, at_once=3)
        call, _ = await play(oracle, tmp_path, lines, seconds=27, language="en")

        starts = [request.span.start for request in oracle.finals]
        assert len(starts) == 3
        assert starts == sorted(starts)
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
