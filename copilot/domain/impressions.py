"""What a small model makes of talk: how likely each stage is, and what a turn states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from copilot.domain.call import Role


class Tag(StrEnum):
    """What a turn may do, several at once."""

    OUTCOME = "outcome"  # states or confirms a business result that is wanted
    CAPABILITY = "capability"  # states or confirms something that must be in place
    METRIC = "metric"  # states a measure, its value, owner or cadence
    PAIN = "pain"  # the customer tells what the present way costs
    NEXT_STEP = "next_step"  # states or accepts what somebody will do after the call


class Turn(NamedTuple):
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Impression:
    """Probabilities for one turn. Those of `stages` sum to 1; the `tags` are independent of each other."""

    stages: Mapping[str, float]
    tags: Mapping[Tag, float]
