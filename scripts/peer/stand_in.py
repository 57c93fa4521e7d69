"""Makes a Whisper with random weights usable for a comparison, in whichever program it is installed in.

It decodes as any other would: sound through the encoder, tokens out of the decoder, the cost of it all. But nothing
tells such a model when to stop, so it is stopped after as many tokens as a trained one would write, and reads one
window and no more. Its text is replaced by words that are told apart in the sound itself, which is synthesised with
short silences between words: whoever hears the same word twice writes the same, and half a word is another one.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
GAP = RATE_HZ // 50  # samples of silence that end a word
QUIET = 3
PAUSE_S = 0.4  # between segments
TOKENS_PER_WORD = 1.4  # of English, by a trained model
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOME_TOKEN = 300


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of sound between silences, and what it is called, which depends on every sample of it."""

    word: str
    start: float
    end: float
    probability: float = 0.9


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    start: float
    end: float
    words: list[Word]
    avg_logprob: float = -0.2
    no_speech_prob: float = 0.01
    compression_ratio: float = 1.1
    temperature: float = 0.0


def words_in(sound: NDArray[np.float32]) -> list[Word]:
    """float32, mono, 16 kHz, in [-1, 1]."""
    samples = np.round(sound * 32768).astype(np.int16)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > QUIET)
    if not len(loud):
        return []
    borders = np.flatnonzero(np.diff(loud) > GAP)
    starts, ends = [loud[0], *loud[borders + 1]], [*loud[borders] + 1, loud[-1] + 1]
    return [
        Word(_name(samples[start:end]), float(start / RATE_HZ), float(end / RATE_HZ))
        for start, end in zip(starts, ends, strict=True)
    ]


def install() -> None:
    """From now on faster-whisper transcribes so in this process."""
    from faster_whisper import WhisperModel

    transcribe, split = WhisperModel.transcribe, WhisperModel._split_segments_by_timestamps

    def stopped(self: Any, audio: NDArray[np.float32], **options: Any) -> tuple[list[Segment], Any]:
        words = words_in(audio)
        pinned = {"temperature": [0.0], "max_new_tokens": 2 + round(len(words) * TOKENS_PER_WORD)}
        prompt = options.get("initial_prompt")
        if isinstance(prompt, str) and prompt:
            pinned["initial_prompt"] = [SOME_TOKEN] * round(len(prompt.split()) * TOKENS_PER_WORD)
        segments, info = transcribe(self, audio, **{**options, **pinned})
        for _ in segments:
            pass
        return segments_of(words), info

    def one_window(self: Any, *args: Any, **options: Any) -> tuple[Any, int, bool]:
        segments, _, single = split(self, *args, **options)
        return segments, options["seek"] + options["segment_size"], single

    WhisperModel.transcribe = stopped
    WhisperModel._split_segments_by_timestamps = one_window


def segments_of(words: list[Word]) -> list[Segment]:
    """As a trained model cuts them, between phrases; WhisperLiveKit lets go of sound by segments."""
    phrases: list[list[Word]] = []
    for word in words:
        if not phrases or word.start - phrases[-1][-1].end > PAUSE_S:
            phrases.append([])
        phrases[-1].append(Word(f" {word.word}", word.start, word.end))
    return [Segment("".join(w.word for w in said), said[0].start, said[-1].end, said) for said in phrases]


def _name(samples: NDArray[np.int16]) -> str:
    """Six letters: two words of the same name are hardly ever met."""
    number = zlib.crc32(samples.tobytes())
    return "".join(LETTERS[number // 26**n % 26] for n in range(6))
