"""Whether sound can become words, for `copilot doctor`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import numpy as np

from copilot.domain.audio import RATE_HZ, DecodeRequest, Span
from copilot.domain.findings import Finding
from copilot.errors import CopilotError
from copilot.ports import Transcriber
from copilot.settings import SpeechSettings

OpenTranscriber = Callable[[str], AbstractAsyncContextManager[Transcriber | None]]
"""The speech model of this name, or None where it has not been fetched yet; raises NoSpeechModel."""


async def speech_models(settings: SpeechSettings, open_transcriber: OpenTranscriber) -> list[Finding]:
    """Has each model that is set listen to a second of nothing."""
    if settings.model is None:
        says = "no model is set, and calls come in as text; COPILOT_SPEECH__MODEL=base.en is one to begin with"
        return [Finding("speech", None, says, setting="COPILOT_SPEECH__MODEL=base.en")]
    findings = [await _model("speech", settings.model, settings, open_transcriber)]
    if settings.smaller_model is not None:
        findings.append(await _model("smaller speech model", settings.smaller_model, settings, open_transcriber))
    return findings


async def _model(part: str, name: str, settings: SpeechSettings, open_transcriber: OpenTranscriber) -> Finding:
    try:
        async with open_transcriber(name) as transcriber:
            if transcriber is None:
                return Finding(part, None, f"{name} is fetched when the server starts for the first time")
            async with asyncio.timeout(settings.deadline_s):
                return Finding(part, True, await _tried(transcriber, settings.server_url or settings.device))
    except TimeoutError:
        return Finding(
            part, False, f"{name} did not answer within {settings.deadline_s:g} s, which speech.deadline_s is"
        )
    except CopilotError as problem:
        return Finding(part, False, str(problem))


async def _tried(transcriber: Transcriber, where: str) -> str:
    second = np.zeros(RATE_HZ, dtype=np.int16)
    request = DecodeRequest("doctor", 0, Span(0, RATE_HZ), final=True, language="en", quick=True)
    await transcriber.transcribe(second, request)  # which loads it, too
    began = time.monotonic()
    await transcriber.transcribe(second, request)
    took_s = time.monotonic() - began
    return (
        f"{transcriber.name} takes {took_s:.1f} s for an utterance on {where}, and is at {transcriber.at_once} at once"
    )
