"""Calls with sound, and ears whose model knows the words."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from copilot.adapters.spool import SpoolFolder
from copilot.adapters.store.memory import MemoryStore
from copilot.domain.audio import AudioFormat, Decoded, DecodeRequest, Samples
from copilot.domain.call import CallInfo
from copilot.live.call import LiveCall
from copilot.live.calls import Calls, Limits
from copilot.live.decoding import Deadlines
from copilot.live.ears import Ears
from copilot.live.listening import Listening
from copilot.live.pace import Pace
from tests.builders import PLAYBOOK, ScriptedAnalyst
from tests.speech import A_TALK, TWO_SIDES, Line, LoudnessDetector, Oracle, frames, wire

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
