"""Sends a transcript into a call from within the server: the demo, and uploaded files."""

from __future__ import annotations

from copilot.domain.call import Transcript
from copilot.live.call import LiveCall
from copilot.live.player import spoken


async def send(call: LiveCall, transcript: Transcript, *, speed: float) -> None:
    """Play the transcript into the call at `speed` times its pace (0: at once), and end the call.

    What the call has heard before is left out, so that a call can be gone on with.
    """
    call.take_over(transcript)
    begin = len(call.state.utterances)
    try:
        async for piece in spoken(transcript.utterances, speed=speed, begin=begin):
            if piece.final:
                await call.hear(piece.saying)
            else:
                call.partial(piece.saying)
        await call.end("sender")
    finally:
        if call.sender is transcript:
            call.take_over(None)
