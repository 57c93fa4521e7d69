"""Whether sound can become words, for `copilot doctor`."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import numpy as np

from copilot.domain.audio import RATE_HZ, DecodeRequest, Span
from copilot.domain.findings import Finding
from copilot.errors import CopilotError
from copilot.ports import Transcriber
from copilot.settings import SpeechSettings

OpenTranscriber = Callable[[], AbstractAsyncContextManager[Transcriber | None]]
"""The speech model that is set, or None where it has not been fetched yet; raises NoSpeechModel."""


async def speech_model(settings: SpeechSettings, open_transcriber: OpenTranscriber) -> Finding:
    """Loads the model that is set and has it listen to a second of nothing."""
    if not settings.on:
        says = "no model is set, and calls come in as text; COPILOT_SPEECH__MODEL=base.en is one to begin with"
        return Finding("speech", None, says, setting="COPILOT_SPEECH__MODEL=base.en")
    try:
        async with open_transcriber() as transcriber:
            if transcriber is None:
                return Finding("speech", None, f"{settings.model} is fetched when the server starts for the first time")
            return Finding("speech", True, await _tried(transcriber, settings.device))
    except CopilotError as problem:
        return Finding("speech", False, str(problem))


async def _tried(transcriber: Transcriber, device: str) -> str:
    second = np.zeros(RATE_HZ, dtype=np.int16)
    request = DecodeRequest("doctor", 0, Span(0, RATE_HZ), final=True, language="en", quick=True)
    await transcriber.transcribe(second, request)  # which loads it, too
    began = time.monotonic()
    await transcriber.transcribe(second, request)
    took_s = time.monotonic() - began
    return (
        f"{transcriber.name} takes {took_s:.1f} s for an utterance on {device}, and is at {transcriber.at_once} at once"
    )
