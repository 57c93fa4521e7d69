"""One call judged by a rubric: the answers with their moments, what they add up to, and what to coach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from copilot.domain.call import CallKind
from copilot.domain.prose import Sentence
from copilot.domain.value import Value

Standing = Literal["scored", "not_observed", "not_applicable"]
Verdict = Literal["met", "partly", "not_met", "not_observed", "not_applicable"]
"""An answer in one word, whatever its type: a share of 1, one between, 0, or none at all."""

SHARES: Mapping[Verdict, float] = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
"""What a person's verdict earns of the criterion's weight; the other verdicts earn no share."""


class Moment(Value):
    """Words of the call, and where they stand; `start_s` is None where times are not known."""

    utterance: int
    quote: str
    speaker: str | None = None
    start_s: float | None = None


class Override(Value):
    """A person's answer. It counts in place of the automatic one, which stays beside it."""

    verdict: Verdict
    reason: str
    by: str
    at: datetime


class Answer(Value):
    """What was found for one criterion. `share` of its weight are its points; None where it was not scored.

    No moment, no score: `not_observed` is neither 0 nor `not_applicable`. Title and question are kept as they were, so
    that an old scorecard stays readable. `standing`, `answer` and `share` are the automatic ones, overridden or not.
    """

    criterion: str
    title: str
    question: str
    type: Literal["yes_no", "scale", "number"]
    weight: float
    critical: bool
    standing: Standing
    answer: str
    means: str | None = None
    share: float | None = Field(default=None, ge=0, le=1)
    why: str
    moments: tuple[Moment, ...] = ()
    by: Literal["automatic"] = "automatic"
    override: Override | None = None

    @property
    def automatic(self) -> Verdict:
        if self.standing != "scored":
            return self.standing
        return "met" if self.share == 1 else "not_met" if self.share == 0 else "partly"

    @property
    def verdict(self) -> Verdict:
        """The one that counts: a person's where there is one."""
        return self.override.verdict if self.override else self.automatic

    @property
    def counted_share(self) -> float | None:
        """The share that counts; None where the verdict that counts earns none."""
        return SHARES.get(self.override.verdict) if self.override else self.share

    @property
    def points(self) -> float:
        return self.weight * (self.counted_share or 0.0)


class SectionScore(Value):
    """`failed_by` is the critical criterion that took the section's points, where one did."""

    id: str
    title: str
    points: float
    possible: float
    failed_by: str | None = None
    answers: tuple[Answer, ...]


class Praise(Value):
    criterion: str
    text: str
    moment: Moment


class WorkOn(Value):
    criterion: str
    text: str
    moment: Moment
    better_question: str


class Coaching(Value):
    """`account` is what a language model wrote for the rep, where one did; the rest does not depend on it."""

    account: tuple[Sentence, ...] = ()
    well: tuple[Praise, ...] = Field(default=(), max_length=2)
    work_on: WorkOn | None = None


class Scorecard(Value):
    """`score` is points ÷ possible, with what does not apply left out of both; None where nothing applies.

    `could_be` is the score if all that was not observed had been done: the rubric cannot tell from this call.
    """

    rubric: str
    playbook: str | None
    kind: CallKind
    call_id: str | None
    title: str
    notice: str
    points: float
    possible: float
    score: float | None
    could_be: float | None
    not_observed: int
    not_applicable: int
    sections: tuple[SectionScore, ...]
    coaching: Coaching

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(answer for section in self.sections for answer in section.answers)
