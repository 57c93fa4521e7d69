"""What is still missing in a value map, and how to ask for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from copilot.domain.call import CallKind
from copilot.domain.conversation import ByKind, Identifier, Text, for_kind
from copilot.domain.templates import uses_only
from copilot.domain.value import Value


class Gap(StrEnum):
    """Something a careful colleague would still ask about."""

    OUTCOME_WITHOUT_METRIC = "outcome_without_metric"
    OUTCOME_WITHOUT_CAPABILITY = "outcome_without_capability"
    OUTCOME_UNRANKED = "outcome_unranked"
    METRIC_WITHOUT_BASELINE = "metric_without_baseline"
    METRIC_WITHOUT_TARGET = "metric_without_target"
    METRIC_WITHOUT_OWNER = "metric_without_owner"
    METRIC_WITHOUT_CADENCE = "metric_without_cadence"
    CAPABILITY_WITHOUT_OUTCOME = "capability_without_outcome"
    CAPABILITY_WITHOUT_PHASE = "capability_without_phase"
    PAIN_WITHOUT_SCALE = "pain_without_scale"
    PAIN_WITHOUT_OUTCOME = "pain_without_outcome"
    STAGE_UNTOUCHED = "stage_untouched"
    EARLY_SIGNAL_MISSING = "early_signal_missing"
    DECISION_WITHOUT_OWNER = "decision_without_owner"
    NEXT_STEP_WITHOUT_OWNER = "next_step_without_owner"
    NEXT_STEP_WITHOUT_DATE = "next_step_without_date"
    VALUE_WITHOUT_VALIDATION = "value_without_validation"
    VALUE_WITHOUT_BASELINE = "value_without_baseline"
    VALUE_WITHOUT_FIGURE = "value_without_figure"
    VANITY_TO_VALUE = "vanity_to_value"
    SINGLE_DIMENSION = "single_dimension"
    PAST_ONLY = "past_only"
    PROMISE_WITHOUT_READING = "promise_without_reading"
    ATTRIBUTION = "attribution"


GAP_PLACEHOLDERS = ("outcome", "other_outcome", "metric", "capability", "pain", "figure", "next_step", "stage")

Wording = Annotated[str, Field(min_length=1), AfterValidator(uses_only(*GAP_PLACEHOLDERS))]


class GapRule(Value):
    """How one kind of gap is asked about.

    `stage` is what the question opens or deepens; only `stage_untouched` has none, and asks what the stage itself asks.
    `ask` goes from the most to the least specific, and ends with wordings that need no value. A weight of 0: never.
    """

    stage: Identifier | None = None
    weight: ByKind
    ask: tuple[Wording, ...] = ()
    why: tuple[Wording, ...] = Field(min_length=1)

    def weight_in(self, kind: CallKind) -> float:
        return for_kind(self.weight, kind)


class StageQuestions(Value):
    """Wordings that open or deepen a stage, in all kinds of call or in those named."""

    calls: tuple[CallKind, ...] = tuple(CallKind)
    ask: tuple[Wording, ...] = Field(min_length=1)


class GapQuestions(Value):
    """`untouched_stages` says how much it matters, per kind of call, that a stage was not touched yet.

    `stage_questions` are wordings for stages that come before the stage's own.
    """

    version: int = Field(ge=1)
    changed: Text
    gaps: dict[Gap, GapRule]
    untouched_stages: dict[Identifier, ByKind] = Field(default_factory=dict)
    stage_questions: dict[Identifier, tuple[StageQuestions, ...]] = Field(default_factory=dict)

    @field_validator("gaps")
    @classmethod
    def _has_every_gap(cls, gaps: dict[Gap, GapRule]) -> dict[Gap, GapRule]:
        missing = next((gap for gap in Gap if gap not in gaps), None)
        if missing:
            raise ValueError(f"{missing} is missing; to switch it off, give it weights of 0")
        return gaps
