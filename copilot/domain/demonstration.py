"""How delivered value is shown: kinds of value, sums, stories, reports, and the answers to doubts."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copilot.domain.conversation import Identifier, Text
from copilot.domain.formulas import Formula, PyramidLevelId
from copilot.domain.value import Value


class PyramidLevel(Value):
    id: PyramidLevelId
    title: Text
    covers: tuple[Text, ...]
    example: Text
    who_cares: Literal["executives", "operations"]


class Practice(Value):
    """Something good or bad reviews do: what to say, what not to say, and why."""

    id: Identifier
    title: Text
    do: Text
    dont: Text
    why: Text


class StoryPart(Value):
    """A part of the IMPACT story: a frame to fill from evidence, and what to ask where there is none."""

    id: Identifier
    letter: str = Field(min_length=1, max_length=1)
    title: Text
    frame: Text
    ask: Text


class WorkedFigure(Value):
    id: Identifier
    title: Text
    value: float
    unit: Text


class WorkedStory(Value):
    title: Text
    parts: dict[Identifier, Text]
    figures: tuple[WorkedFigure, ...]

    def figure(self, figure_id: str) -> float:
        """Raises KeyError where the story has no such figure."""
        return {figure.id: figure.value for figure in self.figures}[figure_id]


class ReportRow(Value):
    id: Identifier
    title: Text
    cells: tuple[str, ...] = ()


class ReportSection(Value):
    id: Identifier
    title: Text
    columns: tuple[Text, ...] = ()
    rows: tuple[ReportRow, ...] = ()


class ReportTemplate(Value):
    title: Text
    roi_definition: Text
    sections: tuple[ReportSection, ...] = Field(min_length=1)


class Persona(Value):
    """A reader of a report. `opens_with` and `levels`, the pyramid's, say what comes first; figures never change."""

    id: Identifier
    title: Text
    focus: Text
    metrics: tuple[Text, ...]
    language: Text
    opens_with: Literal["story", "figures", "improvements"] = "figures"
    levels: tuple[PyramidLevelId, ...] = ()


class DocumentationPractice(Value):
    id: Identifier
    title: Text
    what: Text
    example: Text


class Answer(Value):
    """To a customer who doubts that something can be measured; `say` can be said aloud."""

    id: Identifier
    objection: Text
    strategy: Text
    say: Text


class StoryTechnique(Value):
    id: Identifier
    title: Text
    example: Text
    effect: Text


class Milestone(Value):
    """Days from the start of the contract; `to_day` None is open-ended."""

    id: Identifier
    title: Text
    from_day: int = Field(ge=0)
    to_day: int | None = None
    checkpoint: Text

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to_day is not None and self.to_day < self.from_day:
            raise ValueError(f"`to_day` ({self.to_day}) comes before `from_day` ({self.from_day})")
        return self


class AntiPattern(Value):
    id: Identifier
    title: Text
    what: Text
    pitfall: Identifier | None = Field(default=None, description="The event that watches for it, where there is one.")


class ValueDemonstration(Value):
    version: int = Field(ge=1)
    changed: Text
    summary: Text
    impact: Literal["critical", "high", "medium", "low"]
    tags: tuple[Text, ...] = ()
    pyramid: tuple[PyramidLevel, ...] = Field(min_length=1)
    formulas: tuple[Formula, ...] = Field(min_length=1)
    good: tuple[Practice, ...]
    bad: tuple[Practice, ...]
    story: tuple[StoryPart, ...] = Field(min_length=1)
    worked_story: WorkedStory
    report: ReportTemplate
    personas: tuple[Persona, ...]
    documentation: tuple[DocumentationPractice, ...]
    cannot_measure: tuple[Answer, ...]
    techniques: tuple[StoryTechnique, ...]
    milestones: tuple[Milestone, ...]
    anti_patterns: tuple[AntiPattern, ...]

    def formula(self, formula_id: str) -> Formula:
        """Raises KeyError where there is no such formula."""
        return {formula.id: formula for formula in self.formulas}[formula_id]

    def persona(self, persona_id: str) -> Persona:
        """Raises KeyError where there is no such reader."""
        return {persona.id: persona for persona in self.personas}[persona_id]
