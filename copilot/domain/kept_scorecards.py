"""What a call's scorecard journal holds: how it was scored, time and again, and what people answered in its place."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from copilot.domain.call import CallKind
from copilot.domain.journal import Note, Subject
from copilot.domain.scorecards import Moment, Scorecard, Verdict
from copilot.domain.value import Value

Engine = Literal["embedded", "llm"]
Signature = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class ScorecardKept(Note):
    """The automatic scorecard as it came out then. `models` are the language models that had a say."""

    type: Literal["scored"] = "scored"
    scorecard: Scorecard
    engine: Engine
    models: tuple[str, ...] = ()


class PitfallSeen(Value):
    """`wrong`: a person said that it was none."""

    kind: str
    wrong: bool = False
    moment: Moment


class CallCounted(Note):
    """What a team's figures need of a call beside its scorecard. Without `reps` nobody knows who held it."""

    type: Literal["counted"] = "counted"
    reps: tuple[str, ...] = ()
    talk_ratio: float | None = None
    talk_s: float = Field(default=0.0, description="Seconds of talk, all sides.")
    pitfalls: tuple[PitfallSeen, ...] = ()


class AnswerOverridden(Note):
    """A person's answer to one criterion. `automatic` is the answer that they had before them."""

    type: Literal["overridden"] = "overridden"
    rubric: str
    criterion: str
    automatic: Verdict
    verdict: Verdict
    reason: Reason
    by: Signature


class OverrideWithdrawn(Note):
    """The automatic answer counts again."""

    type: Literal["withdrawn"] = "withdrawn"
    rubric: str
    criterion: str
    by: Signature


ScorecardNote = ScorecardKept | CallCounted | AnswerOverridden | OverrideWithdrawn
SCORECARD_NOTES: TypeAdapter[ScorecardNote] = TypeAdapter(Annotated[ScorecardNote, Field(discriminator="type")])


class Coached(Note):
    """Somebody has spoken with a rep about a criterion, or takes back that they had."""

    type: Literal["coached"] = "coached"
    rep: str
    kind: CallKind
    criterion: str
    done: bool = True


COACHED: TypeAdapter[Coached] = TypeAdapter(Coached)
COACHING = Subject("team", "coaching")
