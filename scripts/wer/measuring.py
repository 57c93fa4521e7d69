"""How far the words that are heard are from those that were said."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import jiwer

from copilot.domain.call import Transcript, Utterance
from copilot.errors import UnreadableTranscript
from scripts.wer.references import Reference, Said
from scripts.wer.wording import compared

Transcribe = Callable[[Path], Awaitable[Transcript]]


@dataclass(frozen=True, slots=True)
class Errors:
    """Counted in words; summed over recordings, so that long ones weigh more."""

    words: int = 0
    substituted: int = 0
    inserted: int = 0
    deleted: int = 0

    @property
    def rate(self) -> float | None:
        """None where nothing was said."""
        return (self.substituted + self.inserted + self.deleted) / self.words if self.words else None

    def __add__(self, other: Self) -> Errors:
        return Errors(
            self.words + other.words,
            self.substituted + other.substituted,
            self.inserted + other.inserted,
            self.deleted + other.deleted,
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """One recording. `in_silence` are words heard where nobody speaks, None where the reference has no times."""

    name: str
    seconds: float
    took_s: float
    by_channel: dict[int, Errors]
    in_silence: int | None
    terms_said: int = 0
    terms_heard: int = 0
    errors: Errors = field(default_factory=Errors)


async def measure(reference: Reference, transcribe: Transcribe, length_s: float, terms: Sequence[str]) -> Measured:
    """Have one recording transcribed as a call would be, channel by channel."""
    began = time.monotonic()
    try:
        heard = (await transcribe(reference.recording)).utterances
    except UnreadableTranscript:  # not a word was heard
        heard = ()
    took_s = time.monotonic() - began
    by_channel = {
        channel: errors(reference.text(channel), _heard_on(channel, heard, reference)) for channel in reference.channels
    }
    said, found = _terms(reference, heard, terms)
    return Measured(
        reference.recording.name,
        length_s,
        took_s,
        by_channel,
        _in_silence(reference, heard) if reference.has_times else None,
        said,
        found,
        sum(by_channel.values(), Errors()),
    )


def errors(said: str, heard: str) -> Errors:
    """How many words it takes to make one of the other."""
    reference, hypothesis = compared(said), compared(heard)
    if not reference:
        return Errors(inserted=len(hypothesis))
    counted = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    return Errors(len(reference), counted.substitutions, counted.insertions, counted.deletions)


def _channel(utterance: Utterance) -> int:
    """A recording of two channels has `Speaker 1` on the left."""
    return 1 if utterance.speaker == "Speaker 2" else 0


def _heard_on(channel: int, heard: Sequence[Utterance], reference: Reference) -> str:
    mixed = len(reference.channels) == 1
    return " ".join(utterance.text for utterance in heard if mixed or _channel(utterance) == channel)


def _in_silence(reference: Reference, heard: Sequence[Utterance]) -> int:
    return sum(
        len(compared(utterance.text))
        for utterance in heard
        if not any(_overlap(said, utterance) for said in reference.said if said.channel == _channel(utterance))
    )


def _overlap(said: Said, utterance: Utterance) -> bool:
    starts = (said.start_s or 0.0, utterance.start_s or 0.0)
    ends = (said.end_s or 0.0, utterance.end_s or 0.0)
    return max(starts) < min(ends)


def _terms(reference: Reference, heard: Sequence[Utterance], terms: Sequence[str]) -> tuple[int, int]:
    """How often these words are said, and how many of those times they are heard."""
    said = _counted(" ".join(each.text for each in reference.said), terms)
    found = _counted(" ".join(each.text for each in heard), terms)
    return said.total(), (said & found).total()


def _counted(text: str, terms: Sequence[str]) -> Counter[str]:
    words = f" {' '.join(compared(text))} "
    return Counter({term: words.count(f" {' '.join(compared(term))} ") for term in terms})
