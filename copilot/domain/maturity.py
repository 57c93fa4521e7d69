"""What people write down about their own company's value work: where each dimension stands, and who takes which step.

The journal of `MATURITY` holds these notes and nothing else; what stands is their fold (`copilot.review.maturity`).
Dimensions and steps are those of the value blueprint, a step by the level that it leads on from and its own id.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from copilot.domain.accounts import Name, Quoted, Words
from copilot.domain.blueprint import Level
from copilot.domain.journal import Note, Subject
from copilot.domain.kept_scorecards import Signature

MATURITY = Subject("maturity", "own")


class DimensionPlaced(Note):
    """Where a dimension stood on a day, and by what that is seen; with `level` None it is not assessed, after all."""

    type: Literal["placed"] = "placed"
    dimension: Name
    level: Level | None
    why: Words | None = None
    said: Quoted | None = None
    on: date
    by: Signature

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if self.level is not None and self.why is None and self.said is None:
            raise ValueError(f"a place at {self.level} needs a note or a quote that it rests on")
        return self


class StepTaken(Note):
    """Who sees to a step, and by when; with `owner` None nobody does any more."""

    type: Literal["taken"] = "taken"
    from_level: Level
    step: Name
    owner: Name | None
    due: date | None = None
    by: Signature


class StepTicked(Note):
    """The day on which a step was done; None: it was not, after all."""

    type: Literal["ticked"] = "ticked"
    from_level: Level
    step: Name
    on: date | None
    by: Signature


class AssessmentClosed(Note):
    """What stands by then goes by this name from now on, whatever is placed later."""

    type: Literal["closed"] = "closed"
    name: Name
    on: date
    by: Signature


MaturityNote = Annotated[DimensionPlaced | StepTaken | StepTicked | AssessmentClosed, Field(discriminator="type")]
MATURITY_NOTE: TypeAdapter[MaturityNote] = TypeAdapter(MaturityNote)
