"""What both programs hear: utterances of real words, with the sample at which each begins and ends."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from copilot.domain.audio import RATE_HZ, Samples
from scripts.peer.stand_in import words_in

VOCABULARY = (  # noqa: SIM905
    "nine days from order to truck seven forty thousand euros every month warehouse inventory forecast planning "
    "delivery supplier contract quarter revenue budget approval manual report number question customer service "
    "system project weekend holiday summer winter morning window table river mountain garden station market paper"
).split()
BETWEEN_WORDS = RATE_HZ // 25
QUIETEST = 0.4  # each word has a loudness of its own, so that none sounds like another


@dataclass(frozen=True, slots=True)
class Utterance:
    """When it is said, in seconds, and what the stand-in writes of it."""

    start_s: float
    end_s: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """One channel, int16 at 16 kHz."""

    samples: Samples
    utterances: tuple[Utterance, ...]


def talk(voice: Mapping[str, Samples], seed: int, length_s: float) -> Talk:
    """Somebody speaks for about half of the time, a few words up to a long sentence, with pauses between."""
    chance = random.Random(seed)  # noqa: S311  the same talk each time
    samples = np.zeros(round(length_s * RATE_HZ), dtype=np.int16)
    utterances: list[Utterance] = []
    at = round(chance.uniform(0.5, 2.0) * RATE_HZ)
    while True:
        spoken = _spoken(voice, chance, min(max(round(chance.lognormvariate(1.5, 0.6)), 2), 16))
        if at + len(spoken) > len(samples) - 3 * RATE_HZ:
            return Talk(samples, tuple(utterances))
        samples[at : at + len(spoken)] = spoken
        words = tuple(word.word for word in words_in((spoken / 32768).astype(np.float32)))
        utterances.append(Utterance(at / RATE_HZ, (at + len(spoken)) / RATE_HZ, words))
        at += len(spoken) + round(max(chance.expovariate(RATE_HZ / len(spoken)), 0.9) * RATE_HZ)


def _spoken(voice: Mapping[str, Samples], chance: random.Random, count: int) -> Samples:
    gap = np.zeros(BETWEEN_WORDS, dtype=np.int16)
    parts = [gap]
    for _ in range(count):
        parts += [_as_loud(voice[chance.choice(VOCABULARY)], chance.uniform(QUIETEST, 1.0)), gap]
    return np.concatenate(parts[1:-1])


def _as_loud(samples: Samples, share: float) -> Samples:
    """A word has no silence in it, however quiet: the stand-in would take it for two."""
    quieter = np.round(samples * share)
    return np.where(np.abs(quieter) < 5, np.where(samples < 0, -5, 5), quieter).astype(np.int16)
