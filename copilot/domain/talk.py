"""What was counted of the talk itself. Each figure says what it is a share of; None is unknown, never 0."""

from __future__ import annotations

from pydantic import Field

from copilot.domain.call import Role
from copilot.domain.value import Value


class RunningMonologue(Value):
    """The stretch that one side is in the middle of."""

    role: Role
    seconds: float | None = Field(description="None where times are not known.")
    words: int
    since_s: float | None = None


class TalkStats(Value):
    """Computed by `copilot.analysis.talk_stats`; seconds are seconds of talk, not of the call."""

    rep_s: float = 0.0
    customer_s: float = 0.0
    unknown_s: float = 0.0
    rep_words: int = 0
    customer_words: int = 0
    unknown_words: int = 0
    talk_ratio: float | None = Field(
        default=None, description="Rep's share of the talk time whose side is known, in [0, 1]."
    )
    longest_monologue_s: float | None = Field(default=None, description="The rep's, unbroken but for backchannels.")
    longest_monologue_words: int = 0
    longest_customer_story_s: float | None = None
    patience_s: float | None = Field(
        default=None, description="Median silence the rep leaves after the customer; overlap is negative."
    )
    rep_questions: int = 0
    customer_questions: int = 0
    switches_per_minute: float | None = Field(default=None, description="Changes of side per minute of the call.")
    running: RunningMonologue | None = None
    estimated: bool = Field(default=False, description="Some times were bounded, not given.")
