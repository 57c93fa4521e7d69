"""A transcription server: whatever answers `POST /v1/audio/transcriptions` the way OpenAI does."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import openai
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from copilot.adapters.asr.whisper import LEAST_FOR_TERMS_S
from copilot.adapters.llm.failures import model_failed
from copilot.adapters.openai_client import open_client
from copilot.domain.audio import RATE_HZ, Decoded, DecodeRequest, Samples, Segment, Word
from copilot.errors import ModelFailed, TranscriptionFailed

AT_ONCE = 4  # requests, where nobody says how many the server is good for
REST_S = 1.0  # after trouble that passes by itself, where the server does not say how long
NO_KEY = "none"  # servers of one's own mostly ask for none, and the client sends something

Detail = Literal["words", "segments", "text"]
DETAILS: Sequence[Detail] = ("words", "segments", "text")
"""What is asked for, the most first. Servers differ in how much of it they can give."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, frozen=True)


class _ToldWord(_Told):
    word: str
    start: float
    end: float


class _ToldSegment(_Told):
    text: str
    start: float
    end: float
    avg_logprob: float | None = None
    no_speech_prob: float | None = None

    def doubts(self) -> dict[str, float | None]:
        """How sure the model was. A probability that is none is a placeholder, and so is what stands beside it."""
        if self.no_speech_prob is None or not 0 <= self.no_speech_prob <= 1:
            return {}
        return {"avg_logprob": self.avg_logprob, "no_speech_prob": self.no_speech_prob}


class _Answer(_Told):
    text: str
    language: str | None = None
    segments: list[_ToldSegment] | None = None
    words: list[_ToldWord] | None = Field(default=None)


_ANSWER = TypeAdapter(_Answer)


@dataclass(frozen=True, slots=True)
class ServerTerms:
    """`at_once`: how many requests the server is sent before it has answered one."""

    url: str
    key: str | None = None
    at_once: int = AT_ONCE


class TranscriptionServer:
    """Sends each stretch as a WAV file. What a server cannot answer with is not asked of it again."""

    def __init__(self, client: openai.AsyncOpenAI, name: str, at_once: int) -> None:
        self.name = name
        self.at_once = at_once
        self._client = client
        self._most: Detail = DETAILS[0]

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        """See `Transcriber`; cancelling it hangs up."""
        sound = as_wav(samples)
        wanted: Detail = "words" if request.final and not request.quick else "segments"
        details = DETAILS[max(DETAILS.index(wanted), DETAILS.index(self._most)) :]
        for detail in details:
            try:
                answer = await self._ask(sound, request, detail)
            except openai.APIStatusError as error:
                if detail != details[-1] and _is_too_much(error):
                    continue
                raise _failed(model_failed(error)) from None
            except openai.APIError as error:
                raise _failed(model_failed(error)) from None
            if detail != details[0]:
                self._most = detail
            return _decoded(answer, request)
        raise AssertionError("the last detail either answers or raises")

    async def _ask(self, sound: bytes, request: DecodeRequest, detail: Detail) -> bytes:
        asked: dict[str, Any] = {"response_format": "json" if detail == "text" else "verbose_json"}
        if detail == "words":
            asked["timestamp_granularities"] = ["segment", "word"]
        if request.language:
            asked["language"] = request.language.partition("-")[0].lower()
        if request.terms and request.span.length_s >= LEAST_FOR_TERMS_S:
            asked["prompt"] = ", ".join(request.terms)
        answer = await self._client.audio.transcriptions.with_raw_response.create(
            file=("utterance.wav", sound, "audio/wav"), model=self.name, temperature=0.0, **asked
        )
        content: bytes = answer.content
        return content


@asynccontextmanager
async def open_server(name: str, terms: ServerTerms) -> AsyncIterator[TranscriptionServer]:
    """The model that the server there knows by this name; nothing is sent before something is to be transcribed."""
    async with open_client(terms.url, terms.key or NO_KEY) as client:
        yield TranscriptionServer(client, name, terms.at_once)


def as_wav(samples: Samples) -> bytes:
    """One channel at 16 kHz as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)
        sound.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


def _is_too_much(error: openai.APIStatusError) -> bool:
    """Whether less may be had: a refusal of this form of answer looks like any other refusal, but one of the key."""
    return error.status_code in (400, 415, 422, 501)


def _failed(failure: ModelFailed) -> TranscriptionFailed:
    passes = failure.kind == "retryable"
    return TranscriptionFailed(failure.reason, retry_after_s=(failure.retry_after_s or REST_S) if passes else None)


def _decoded(answer: bytes, request: DecodeRequest) -> Decoded:
    try:
        told = _ANSWER.validate_json(answer)
    except ValidationError:
        raise TranscriptionFailed("the server's answer is no transcription") from None
    words = [Word(word.word.strip(), word.start, word.end) for word in told.words or []]
    language = told.language.lower() if told.language and re.fullmatch("[A-Za-z]{2,3}", told.language) else None
    if not told.segments:
        text = told.text.strip()
        whole = (Segment(text, 0.0, request.span.length_s, words=tuple(words)),) if text else ()
        return Decoded(whole, language or request.language)
    segments = [
        Segment(segment.text, segment.start, segment.end, **segment.doubts(), words=_within(segment, words, told))
        for segment in told.segments
    ]
    return Decoded(tuple(segments), language or request.language)


def _within(segment: _ToldSegment, words: Sequence[Word], told: _Answer) -> tuple[Word, ...]:
    """The words of a segment; they are told for all segments together."""
    if told.segments is not None and len(told.segments) == 1:
        return tuple(words)
    return tuple(word for word in words if segment.start <= (word.start_s + word.end_s) / 2 < segment.end)
