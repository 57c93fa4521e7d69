"""Made-up sound whose words are known, and a speech model that knows them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from copilot.analysis.speech.frames import packed
from copilot.analysis.speech.pcm import encoded_mulaw
from copilot.domain.audio import RATE_HZ, AudioFormat, Decoded, DecodeRequest, Samples, Segment, Span, Word
from copilot.domain.call import Role
from copilot.errors import TranscriptionFailed

TWO_SIDES = AudioFormat(encoding="pcm_s16le", sample_rate_hz=16000, channels=(Role.REP, Role.CUSTOMER))
LOUD = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """Words and when they are said, on one channel."""

    channel: int
    start_s: float
    end_s: float
    text: str

    def words(self) -> list[Word]:
        """Spread evenly over the time."""
        said = self.text.split()
        each_s = (self.end_s - self.start_s) / len(said)
        return [Word(w, self.start_s + i * each_s, self.start_s + (i + 1) * each_s) for i, w in enumerate(said)]


A_TALK = (
    Line(0, 0.5, 2.1, "how long does it take"),
    Line(1, 3.0, 5.4, "about nine days from order to truck"),
    Line(0, 5.0, 5.5, "really"),
    Line(1, 6.6, 9.0, "and we lose two of them waiting"),
    Line(0, 10.0, 11.5, "what does that cost you"),
    Line(1, 12.5, 14.0, "forty thousand euros every"),  # the line goes dead in the middle of a sentence
)


def wire(lines: Sequence[Line], audio: AudioFormat, length_s: float, *, seed: int = 1) -> bytes:
    """The call as a sender would send it: noise where somebody speaks, and silence elsewhere."""
    rate_hz = audio.sample_rate_hz
    noise = np.random.default_rng(seed)
    samples = np.zeros((round(length_s * rate_hz), len(audio.channels)), dtype=np.int16)
    for line in lines:
        voice = samples[round(line.start_s * rate_hz) : round(line.end_s * rate_hz), line.channel]
        voice[:] = noise.normal(0, LOUD, len(voice)).clip(-32000, 32000)
    flat = samples.reshape(-1)
    return encoded_mulaw(flat) if audio.encoding == "mulaw" else flat.astype("<i2").tobytes()


def frames(payload: bytes, audio: AudioFormat, *, frame_s: float = 0.1) -> list[bytes]:
    """The numbered frames of a call."""
    size = round(frame_s * audio.sample_rate_hz) * audio.sample_bytes
    pieces = [payload[at : at + size] for at in range(0, len(payload), size)]
    return [packed(number, piece) for number, piece in enumerate(pieces)]


class LoudnessDetector:
    """Takes whatever is loud for speech."""

    def listen(self) -> LoudnessDetector:
        return self

    def probability(self, frame: Samples) -> float:
        return float(np.abs(frame.astype(np.float32)).mean() > LOUD / 10)


@dataclass
class Oracle:
    """Answers with the words that are said within the stretch it is asked about.

    `troubles` says what goes wrong, by the number of the request, counted from 0: `fail`, `hang` until it is cancelled,
    `loop`, or be `unsure`. `asked` are the requests it has had.
    """

    lines: Sequence[Line] | Mapping[str, Sequence[Line]]
    troubles: Mapping[int, str] = field(default_factory=dict)
    failure_rate: float = 0.0
    delay_s: float = 0.0
    at_once: int = 1
    seed: int = 1
    name: str = "oracle"
    language: str | None = "en"
    asked: list[DecodeRequest] = field(default_factory=list)
    killed: int = 0

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311

    async def transcribe(self, samples: Samples, request: DecodeRequest) -> Decoded:
        assert len(samples) == len(request.span)
        trouble = self.troubles.get(len(self.asked))
        self.asked.append(request)
        try:
            await asyncio.sleep(self.delay_s * self._chance.uniform(0.5, 1.5))
            if trouble == "hang":
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.killed += 1
            raise
        if trouble == "fail" or self._chance.random() < self.failure_rate:
            raise TranscriptionFailed("it was told to fail")
        words = self._said(request)
        if trouble == "loop":
            words = [Word("so", 0, 0.1)] * 40
        logprob = -2.0 if trouble == "unsure" else -0.2
        if not words:
            return Decoded((), self.language)
        text = " ".join(word.text for word in words)
        segment = Segment(text, words[0].start_s, words[-1].end_s, logprob, 0.01, tuple(words))
        return Decoded((segment,), self.language)

    def _said(self, request: DecodeRequest) -> list[Word]:
        lines = self.lines[request.call_id] if isinstance(self.lines, Mapping) else self.lines
        span: Span = request.span
        return [
            Word(word.text, word.start_s - span.start_s, word.end_s - span.start_s)
            for line in lines
            if line.channel == request.channel
            for word in line.words()
            if span.start <= (word.start_s + word.end_s) / 2 * RATE_HZ < span.end
        ]


def texts(lines: Sequence[Line], channel: int) -> list[str]:
    """What is said on a channel, in order."""
    return [line.text for line in sorted(lines, key=lambda line: line.start_s) if line.channel == channel]
