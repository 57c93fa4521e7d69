"""The value blueprint: how mature a company's own value work is, dimension by dimension, and how it gets further."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from copilot.domain.conversation import Identifier, Text
from copilot.domain.value import Value


class Level(StrEnum):
    """The five levels of maturity, lowest first."""

    I = "I"  # noqa: E741  (the blueprint's own numeral)
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"


LEVELS = tuple(Level)


class MaturityLevel(Value):
    numeral: Level
    name: Text
    motto: Text
    equation: Text


class Dimension(Value):
    id: Identifier
    title: Text
    levels: dict[Level, Text]

    @model_validator(mode="after")
    def _has_every_level(self) -> Self:
        missing = [level for level in LEVELS if level not in self.levels]
        if missing:
            raise ValueError(f"level {missing[0]} is missing")
        return self


class DimensionGroup(Value):
    id: Identifier
    title: Text
    dimensions: tuple[Dimension, ...] = Field(min_length=1)


class TransitionStep(Value):
    """`parts` are the numbered points within a step, in order."""

    id: Identifier
    text: Text
    parts: tuple[Text, ...] = ()


class Transition(Value):
    from_level: Level
    to_level: Level
    steps: tuple[TransitionStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _goes_up_by_one(self) -> Self:
        if LEVELS.index(self.to_level) != LEVELS.index(self.from_level) + 1:
            raise ValueError(f"a transition leads to the next level, not from {self.from_level} to {self.to_level}")
        return self


class ValueBlueprint(Value):
    version: int = Field(ge=1)
    changed: Text
    levels: tuple[MaturityLevel, ...] = Field(min_length=5, max_length=5)
    groups: tuple[DimensionGroup, ...] = Field(min_length=1)
    transitions: tuple[Transition, ...]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return tuple(dimension for group in self.groups for dimension in group.dimensions)

    def steps_from(self, level: Level) -> tuple[TransitionStep, ...]:
        """The steps to the next level; none from the last."""
        return next((t.steps for t in self.transitions if t.from_level == level), ())
