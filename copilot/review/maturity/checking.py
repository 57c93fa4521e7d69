"""Whether a note can be written down: what it names is in the blueprint, its day has come, its quote was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from copilot.domain.accounts import Quoted
from copilot.domain.blueprint import ValueBlueprint
from copilot.domain.call import Utterance, number
from copilot.domain.journal import Written
from copilot.domain.maturity import AssessmentClosed, DimensionPlaced, MaturityNote, StepTaken, StepTicked
from copilot.errors import UnusableInput


class UnusableAssessment(UnusableInput):
    """Something that does not fit the blueprint, or the journal as it is. `why` is a clause."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"this cannot be taken up: {why}")


def check(note: MaturityNote, blueprint: ValueBlueprint, notes: Sequence[Written[MaturityNote]], today: date) -> None:
    """Raises UnusableAssessment. A quote is checked by `check_said`, since it takes a call to do so."""
    match note:
        case DimensionPlaced():
            dimensions = [dimension.id for dimension in blueprint.dimensions]
            if note.dimension not in dimensions:
                raise UnusableAssessment(f"there is no dimension {note.dimension!r}; there are {', '.join(dimensions)}")
            _has_come(note.on, today)
        case StepTaken() | StepTicked():
            steps = [step.id for step in blueprint.steps_from(note.from_level)]
            if note.step not in steps:
                there = ", ".join(steps) or "none, since it is the last"
                raise UnusableAssessment(f"level {note.from_level} has no step {note.step!r}; there are {there}")
            if isinstance(note, StepTicked) and note.on is not None:
                _has_come(note.on, today)
        case AssessmentClosed():
            _has_come(note.on, today)
            if not any(isinstance(n.note, DimensionPlaced) and n.note.on <= note.on for n in notes):
                raise UnusableAssessment(f"nothing had been placed by {note.on}")


def check_said(said: Quoted, utterances: Sequence[Utterance]) -> None:
    """Raises UnusableAssessment where the quote does not stand in the utterance that it names."""
    if said.utterance >= len(utterances) or said.quote not in utterances[said.utterance].text:
        raise UnusableAssessment(f"utterance {number(said.utterance)} of {said.call} does not say “{said.quote[:80]}”")


def _has_come(on: date, today: date) -> None:
    if on > today:
        raise UnusableAssessment(f"{on} has not come yet")
