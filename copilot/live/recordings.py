"""Transcribes a recording as if it were heard live, as fast as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from copilot.analysis.hearing import Pass, WrapUpPass
from copilot.domain.audio import Recording
from copilot.domain.call import CallInfo, Participant, Transcript
from copilot.errors import TranscriptionFailed, UnreadableTranscript, WorkFailed
from copilot.live.call import LiveCall
from copilot.live.calls import Calls, Limits
from copilot.live.ears import Ears
from copilot.live.listening import Listening
from copilot.ports import Store

LOOK_EVERY_S = 0.5
AHEAD_S = 120.0  # of sound that is decoded before what is before it has been transcribed


class _Nobody:
    """An analyst that makes nothing of what it hears."""

    passes: Sequence[Pass] = ()
    following_passes: Sequence[WrapUpPass] = ()
    wrap_up_passes: Sequence[WrapUpPass] = ()


async def transcribed(recording: Recording, ears: Ears, store: Store, progress: Callable[[float], None]) -> Transcript:
    """What is said in a recording, in order. `progress` is told how many seconds of it are done, now and then.

    Goes on where an earlier run was broken off, if the store and the ears' spools still hold what it made.
    Raises UnreadableTranscript where nobody says anything, and WorkFailed where a part could not be decoded.
    """
    call = await Calls(store, _Nobody(), "", Limits()).begin(CallInfo(id="recording"))
    sound = await ears.open(call, recording.audio)
    if sound is None or sound.listening is None:
        raise WorkFailed(f"{recording.name}: there is no room for its sound")
    listening = sound.listening

    async def tell() -> None:
        while True:
            progress(listening.done_s)
            await asyncio.sleep(LOOK_EVERY_S)

    telling = asyncio.create_task(tell(), name="progress")
    try:
        await hear(recording, listening)
        await ears.finish(call)
    except TranscriptionFailed as failed:
        raise WorkFailed(f"{recording.name} could not be transcribed: {failed.reason}") from failed
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
        await ears.close()
    if listening.failed_s:
        raise WorkFailed(f"{recording.name}: {listening.failed_s:.0f} s of it could not be transcribed")
    return _transcript(recording.name, call)


async def hear(recording: Recording, listening: Listening) -> None:
    """Everything beyond what an earlier run heard, not too far ahead of the words."""
    known = listening.received_bytes
    while (piece := await asyncio.to_thread(next, recording.pieces, None)) is not None:
        new = piece[known:]
        known = max(known - len(piece), 0)
        if new:
            listening.put(new)
            await listening.until_reached(listening.received_s - AHEAD_S)


def _transcript(name: str, call: LiveCall) -> Transcript:
    heard = sorted(call.state.utterances, key=lambda utterance: (utterance.start_s or 0.0, utterance.id))
    if not heard:
        raise UnreadableTranscript(name, "there is not a word of speech in this recording")
    speakers = sorted({utterance.speaker for utterance in heard if utterance.speaker})
    return Transcript(
        format="recording",
        participants=tuple(Participant(name=speaker) for speaker in speakers),
        utterances=tuple(utterance.model_copy(update={"i": i}) for i, utterance in enumerate(heard)),
    )
