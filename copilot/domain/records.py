"""What is known of a call without reading its log: a line in the list of calls."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from copilot.domain.call import CallInfo
from copilot.domain.events import Coverage
from copilot.domain.value import Value


class CallFigures(Value):
    """Counts over a call's state; `gaps` and `pitfalls` are those still open."""

    utterances: int = 0
    duration_s: float | None = Field(
        default=None, description="End of the last utterance; None where times are unknown."
    )
    coverage: dict[str, Coverage] = Field(default_factory=dict)
    outcomes: int = 0
    gaps: int = 0
    pitfalls: int = 0


class CallRecord(Value):
    info: CallInfo
    started_at: datetime
    ended_at: datetime | None = None
    wrapped_up: bool = False
    figures: CallFigures = Field(default_factory=CallFigures)

    @property
    def held_on(self) -> date:
        """The day it took place, as far as is known: that on which it was taken in, unless somebody said another."""
        return self.info.held_on or self.started_at.date()
