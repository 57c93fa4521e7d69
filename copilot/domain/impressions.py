"""What a small model makes of talk: how likely each stage is, and what a turn states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from copilot.domain.call import Role

_WORD = re.compile(r"\S+")


class Tag(StrEnum):
    """What a turn may do, several at once."""

    OUTCOME = "outcome"  # states or confirms a business result that is wanted
    CAPABILITY = "capability"  # states or confirms something that must be in place
    METRIC = "metric"  # states a measure, its value, owner or cadence
    PAIN = "pain"  # the customer tells what the present way costs; learnt, and no pass asks for it
    NEXT_STEP = "next_step"  # states or accepts what somebody will do after the call
    NEW_OUTCOME = "new_outcome"  # is where the call first states one of them
    NEW_CAPABILITY = "new_capability"
    NEW_METRIC = "new_metric"
    NEW_NEXT_STEP = "new_next_step"
    UNMAPPED_CAPABILITY = "unmapped_capability"  # requires something for its own sake
    FEATURE_DUMPING = "feature_dumping"  # runs through what is on offer
    IGNORED_CUE = "ignored_cue"  # goes past what was just told
    INFLATED_CLAIM = "inflated_claim"  # claims more than the call bears out


class Part(StrEnum):
    """What words of a turn may say."""

    OUTCOME = "outcome"
    CAPABILITY = "capability"
    METRIC = "metric"
    NEXT_STEP = "next_step"
    BASELINE = "baseline"
    TARGET = "target"
    OWNER = "owner"
    CADENCE = "cadence"
    STEP_OWNER = "step_owner"
    DUE = "due"


class Turn(NamedTuple):
    role: Role
    text: str


@lru_cache(maxsize=1024)
def word_places(text: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a turn begin and end: what stands between blanks, marks and all."""
    return tuple(match.span() for match in _WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Impression:
    """Probabilities for one turn. Those of `stages` sum to 1; the `tags` are independent of each other.

    `parts` has one for every word of the turn, in the order of `word_places`.
    """

    stages: Mapping[str, float]
    tags: Mapping[Tag, float]
    parts: Mapping[Part, tuple[float, ...]]
