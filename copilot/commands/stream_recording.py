"""`copilot stream` with a recording: its sound goes to a running server, as fast as it was spoken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from websockets.asyncio.client import ClientConnection

from copilot.analysis.speech.frames import packed
from copilot.commands.stream import Listening, Session, Target, played
from copilot.domain.audio import AudioFormat, Recording, with_sides

FRAME_S = 0.1


async def stream_recording(
    open_recording: Callable[[], Recording],
    to: Target,
    *,
    call: Mapping[str, str | None],
    reps: Collection[str] = (),
    speed: float,
) -> None:
    """Play the whole recording; returns when the server has wrapped the call up. It is opened for every connection.

    `call`: its title, account and kind, as far as they are known. `reps` may hold `Speaker 1` or `Speaker 2`, for the
    channels of a recording that has two.
    """
    first = await asyncio.to_thread(open_recording)
    audio = with_sides(first.audio, reps, first.name)

    async def play(socket: ClientConnection) -> str:
        recording = await asyncio.to_thread(open_recording)
        return await _Session(socket).play(recording, audio, call, speed)

    await played(to, play)


class _Session(Session):
    """Plays a recording."""

    async def play(self, recording: Recording, audio: AudioFormat, call: Mapping[str, str | None], speed: float) -> str:
        start = {"type": "start", "protocol": 1, "call": call, "audio": audio.model_dump(mode="json")}

        async def say(ready: dict[str, Any], listening: Listening) -> int:
            safe = ready["audio_frame"]
            return await self._speak(recording, 0 if safe is None else int(safe) + 1, speed, listening)

        sent = await self.converse(start, say)
        return f"{sent * FRAME_S:.0f} s of sound are"

    async def _speak(self, recording: Recording, first: int, speed: float, listening: Listening) -> int:
        """The frames from `first` on, each at its time; how many frames there are in all."""
        clock = asyncio.get_running_loop()
        began = clock.time()
        frames = islice(_frames(recording), first, None)
        number = first
        while (payload := await asyncio.to_thread(next, frames, None)) is not None:
            if listening.done():
                await listening  # an error the server told us, or the socket's end
            if speed:
                due = began + (number - first + 1) * FRAME_S / speed
                await asyncio.sleep(max(due - clock.time(), 0))
            await self.send(packed(number, payload))
            number += 1
        return number


def _frames(recording: Recording) -> Iterator[bytes]:
    """The sound in frames of a tenth of a second; the last may be shorter."""
    size = round(FRAME_S * recording.audio.sample_rate_hz) * recording.audio.sample_bytes
    held = bytearray()
    for piece in recording.pieces:
        held += piece
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)
