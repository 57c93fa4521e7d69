"""What counts as a pitfall, from how much on, in which kind of call, and what to do instead."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, field_validator, model_validator

from copilot.domain.call import CallKind
from copilot.domain.conversation import Text
from copilot.domain.templates import uses_only
from copilot.domain.value import Value


class PitfallKind(StrEnum):
    """In the order of the playbooks: discovery and demo, reviews of delivered value, any call."""

    FEATURE_DUMPING = "feature_dumping"
    VAGUE_OUTCOME = "vague_outcome"
    UNMAPPED_CAPABILITY = "unmapped_capability"
    ASSUMED_ROI_MODELING = "assumed_roi_modeling"
    VANITY_METRIC = "vanity_metric"
    FEATURE_USAGE_REPORT = "feature_usage_report"
    VENDOR_CENTRIC_METRIC = "vendor_centric_metric"
    UNSUBSTANTIATED_CLAIM = "unsubstantiated_claim"
    GENERIC_BENCHMARK = "generic_benchmark"
    INFLATED_CLAIM = "inflated_claim"
    PAST_ONLY = "past_only"
    SINGLE_DIMENSION = "single_dimension"
    MISSING_CUSTOMER_VALIDATION = "missing_customer_validation"
    LONG_MONOLOGUE = "long_monologue"
    STACKED_QUESTIONS = "stacked_questions"
    IGNORED_CUE = "ignored_cue"


class Shows(StrEnum):
    """Where a pitfall is told: as a notice during the call, within the value map, or in the review alone."""

    LIVE = "live"
    MAP = "map"
    REVIEW = "review"


FACT_PLACEHOLDERS = ("count", "seconds", "words", "turns", "level", "cue")

Fact = Annotated[str, Field(min_length=1), AfterValidator(uses_only(*FACT_PLACEHOLDERS))]


class Threshold(Value):
    """One limit; a number of its own for kinds of call that differ. In a file a bare number will do."""

    default: float = Field(gt=0)
    discovery: float | None = Field(default=None, gt=0)
    demo: float | None = Field(default=None, gt=0)
    qbr: float | None = Field(default=None, gt=0)
    other: float | None = Field(default=None, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _from_bare_number(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"default": data}
        if not isinstance(data, dict | Threshold):
            raise ValueError(  # noqa: TRY004  (pydantic reports only these)
                f"{data!r} is no threshold; write a number above 0, or {{default: 3, demo: 4}}"
            )
        return data

    def of(self, kind: CallKind) -> float:
        own: float | None = getattr(self, kind.value)
        return self.default if own is None else own


class Thresholds(Value):
    """The limits that detectors read; each pitfall uses those that mean something for it."""

    features: Threshold | None = Field(default=None, description="Features named in one run.")
    rep_turns: Threshold | None = Field(default=None, description="Turns of the rep's that may pass.")
    seconds: Threshold | None = Field(default=None, description="Seconds of unbroken talk.")
    warn_seconds: Threshold | None = Field(default=None, description="From here on the panel shows the running time.")
    words: Threshold | None = Field(default=None, description="Words of unbroken talk, where times are unknown.")
    warn_words: Threshold | None = None
    questions: Threshold | None = Field(default=None, description="Separate questions in one turn.")
    usage_figures: Threshold | None = Field(default=None, description="Counts of use offered as value.")
    sure: Threshold | None = Field(default=None, description="How likely it has to be, up to 1, to be told.")
    likely: Threshold | None = Field(
        default=None, description="How likely a small model has to find it, up to 1, where what is meant tells it."
    )
    value_statements: Threshold | None = Field(default=None, description="Claims of value before the whole is judged.")


class PitfallRule(Value):
    calls: tuple[CallKind, ...] = Field(description="Kinds of call it is watched for in; none switches it off.")
    title: str = Field(min_length=1, max_length=22)
    fact: Fact
    fact_without_times: Fact | None = None
    shows: Shows
    what: Text
    instead: Text
    thresholds: Thresholds = Thresholds()

    def threshold(self, name: str, kind: CallKind) -> float | None:
        """The limit for a kind of call, or None where this pitfall has none by that name."""
        limit: Threshold | None = getattr(self.thresholds, name)
        return None if limit is None else limit.of(kind)


class Notices(Value):
    """How often a panel may be told of a pitfall. Seconds."""

    at_most_every_s: float = Field(gt=0)
    too_late_after_s: float = Field(gt=0)
    stands_s: float = Field(gt=0)


class PitfallRules(Value):
    version: int = Field(ge=1)
    changed: Text
    notices: Notices
    pitfalls: dict[PitfallKind, PitfallRule]

    @field_validator("pitfalls")
    @classmethod
    def _has_every_kind(cls, pitfalls: dict[PitfallKind, PitfallRule]) -> dict[PitfallKind, PitfallRule]:
        missing = next((kind for kind in PitfallKind if kind not in pitfalls), None)
        if missing:
            raise ValueError(f"{missing} is missing; to switch it off, give it `calls: []`")
        return pitfalls
