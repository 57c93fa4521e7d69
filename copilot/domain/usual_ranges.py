"""Talk stats as they usually are, per kind of call, each with whose figure it is and how far to trust it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copilot.domain.call import CallKind
from copilot.domain.conversation import Identifier, Text
from copilot.domain.value import Value


class UsualRange(Value):
    """Either end may be open, but not both. In the stat's own unit."""

    low: float | None = None
    high: float | None = None
    source: Text
    confidence: Literal["high", "medium", "low", "none"]

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a range needs `low` or `high`")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"`low` ({self.low:g}) is above `high` ({self.high:g})")
        return self


class TalkStat(Value):
    title: Text
    unit: Text
    meaning: Text
    ranges: dict[CallKind, UsualRange] = Field(default_factory=dict)
    findings: tuple[Text, ...] = ()


class UsualRanges(Value):
    """`least_talk_s` is how much talk there must be before any of it is shown."""

    version: int = Field(ge=1)
    changed: Text
    note: Text
    least_talk_s: float = Field(gt=0)
    stats: dict[Identifier, TalkStat]

    def of(self, stat: str, kind: CallKind) -> UsualRange | None:
        """The usual range, or None where nobody has published one for this stat and kind of call."""
        found = self.stats.get(stat)
        return None if found is None else found.ranges.get(kind)
