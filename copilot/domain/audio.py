"""Sound as it comes in, and what a speech model makes of a stretch of it.

Positions are counted in samples at 16 kHz from the first sample of a call, whatever rate the sender has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from copilot.domain.call import Role
from copilot.domain.value import Value
from copilot.errors import UnusableInput

RATE_HZ = 16_000  # what speech models and voice detectors listen to

Samples = NDArray[np.int16]  # of one channel

Encoding = Literal["pcm_s16le", "mulaw"]
WireRate = Literal[8000, 16000, 24000, 44100, 48000]


class AudioFormat(Value):
    """How a sender encodes its sound; `channels` says whose voice is on each, interleaved in this order."""

    encoding: Encoding
    sample_rate_hz: WireRate
    channels: tuple[Role, ...] = Field(min_length=1, max_length=2)

    @model_validator(mode="after")
    def _sides_differ(self) -> Self:
        known = [role for role in self.channels if role is not Role.UNKNOWN]
        if len(set(known)) < len(known):
            raise ValueError("two channels cannot be the same side of a call")
        return self

    @property
    def sample_bytes(self) -> int:
        """Bytes of one sample of all channels together."""
        return len(self.channels) * (2 if self.encoding == "pcm_s16le" else 1)


def with_sides(audio: AudioFormat, reps: Collection[str], name: str) -> AudioFormat:
    """A recording's format with the channel of the rep named, the other one being the customer's.

    `reps` may hold `Speaker 1` or `Speaker 2`; raises UnusableInput for others, and where one channel is all there is.
    """
    if not reps:
        return audio
    speakers = [f"Speaker {n}" for n in range(1, len(audio.channels) + 1)]
    if len(speakers) < 2 or len(reps) > 1 or not set(reps) <= set(speakers):
        has = "one channel, and nobody can be told apart" if len(speakers) < 2 else "Speaker 1 and Speaker 2"
        raise UnusableInput(f"{name}: there is no speaker {', '.join(sorted(reps))} in this recording; it has {has}")
    return audio.model_copy(
        update={"channels": tuple(Role.REP if speaker in reps else Role.CUSTOMER for speaker in speakers)}
    )


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of sound. `pieces` are its samples in order, decoded as they are asked for; `length_s` None: not told."""

    name: str
    audio: AudioFormat
    pieces: Iterator[bytes]
    length_s: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The samples from `start` up to, and without, `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def start_s(self) -> float:
        return self.start / RATE_HZ

    @property
    def end_s(self) -> float:
        return self.end / RATE_HZ

    @property
    def length_s(self) -> float:
        return len(self) / RATE_HZ

    def overlap(self, other: Span) -> int:
        """How many samples both have."""
        return max(min(self.end, other.end) - max(self.start, other.start), 0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its times in seconds from the start of what was decoded."""

    text: str
    start_s: float
    end_s: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """What a speech model wrote for a part of what it heard, and how sure it was.

    `avg_logprob` is the mean log probability of its tokens, `no_speech_prob` the model's own doubt that anybody spoke;
    None where an adapter cannot tell. `words` are empty where word times were not asked for.
    """

    text: str
    start_s: float
    end_s: float
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A model's answer for one stretch of sound; `language` as it was given or detected."""

    segments: tuple[Segment, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class DecodeRequest:
    """What is to be decoded, and how. `terms` are names and product words likely to be said.

    `recorded`: it is of a recording, and can wait until nothing does that is being said now.
    """

    call_id: str
    channel: int
    span: Span
    final: bool
    language: str | None = None
    terms: tuple[str, ...] = ()
    quick: bool = False  # greedy and without word times, when the machine is behind
    recorded: bool = False
