"""Counts that can be added up over calls, and the figures that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

ITEM_KINDS = ("outcomes", "capabilities", "metrics", "next_steps")
FIELDS = ("baseline", "target", "owner", "cadence")

StagePair = tuple[str, str | None]
"""The stage that was labelled, and the one that was predicted; None where an utterance was left unmarked."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    of: int = 0
    right: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.of + other.of, self.right + other.right)

    @property
    def value(self) -> float | None:
        """In [0, 1], or None of nothing."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Counts:
    """What was labelled, what was predicted, and how many of these are pairs."""

    labelled: int = 0
    predicted: int = 0
    matched: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.labelled + other.labelled, self.predicted + other.predicted, self.matched + other.matched)

    @property
    def precision(self) -> float | None:
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.matched / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """None where there was nothing to find and nothing was found."""
        either = self.labelled + self.predicted
        return 2 * self.matched / either if either else None

    @property
    def false(self) -> int:
        """Predicted, and paired with nothing."""
        return self.predicted - self.matched


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions made with about the same confidence: how many, how many were right, and their confidence added up."""

    of: int = 0
    right: int = 0
    confidence: float = 0.0

    def __add__(self, other: Bin) -> Bin:
        return Bin(self.of + other.of, self.right + other.right, self.confidence + other.confidence)

    @property
    def gap(self) -> float:
        """How far confidence and truth are apart, summed over the predictions."""
        return abs(self.confidence - self.right)


Addable = TypeVar("Addable", Share, Counts, Bin)


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything counted of one call, or of many. Pitfalls and items are pooled, so long calls weigh more.

    `links_between`: of the links those alone whose outcome is matched, too. `stage_or_next`: utterances whose label is
    the predicted stage or the next likely one. `withdrawn`: items that were shown and later taken back. `confidence`:
    how often stages were right, by the confidence they were given with.
    `seconds` and `timed_pitfalls` are of calls with known times alone, so that the one can be told per the other.
    """

    calls: int = 0
    seconds: float = 0.0
    stages: Counter[StagePair] = field(default_factory=Counter)
    items: Mapping[str, Counts] = field(default_factory=dict)
    links: Counts = Counts()
    links_between: Counts = Counts()
    fields: Mapping[str, Share] = field(default_factory=dict)
    pitfalls: Mapping[str, Counts] = field(default_factory=dict)
    timed_pitfalls: Mapping[str, Counts] = field(default_factory=dict)
    questions: Share = Share()
    grounding: Share = Share()
    stage_or_next: Share = Share()
    withdrawn: Share = Share()
    confidence: Mapping[str, Bin] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            calls=self.calls + other.calls,
            seconds=self.seconds + other.seconds,
            stages=self.stages + other.stages,
            items=_added(self.items, other.items, Counts()),
            links=self.links + other.links,
            links_between=self.links_between + other.links_between,
            fields=_added(self.fields, other.fields, Share()),
            pitfalls=_added(self.pitfalls, other.pitfalls, Counts()),
            timed_pitfalls=_added(self.timed_pitfalls, other.timed_pitfalls, Counts()),
            questions=self.questions + other.questions,
            grounding=self.grounding + other.grounding,
            stage_or_next=self.stage_or_next + other.stage_or_next,
            withdrawn=self.withdrawn + other.withdrawn,
            confidence=_added(self.confidence, other.confidence, Bin()),
        )

    @property
    def all_fields(self) -> Share:
        return sum(self.fields.values(), Share())

    @property
    def all_pitfalls(self) -> Counts:
        return sum(self.pitfalls.values(), Counts())

    @property
    def exact_stages(self) -> float | None:
        """Share of utterances whose stage is the label itself, or one that may stand for it."""
        total = sum(self.stages.values())
        return sum(n for (label, got), n in self.stages.items() if label == got) / total if total else None

    @property
    def stage_f1(self) -> dict[str, float]:
        """F1 per stage that was labelled or predicted."""
        labelled: Counter[str] = Counter()
        predicted: Counter[str] = Counter()
        for (label, got), n in self.stages.items():
            labelled[label] += n
            if got is not None:
                predicted[got] += n
        known = sorted(labelled.keys() | predicted.keys())
        return {s: 2 * self.stages[s, s] / (labelled[s] + predicted[s]) for s in known}

    @property
    def stage_macro_f1(self) -> float | None:
        scores = self.stage_f1
        return sum(scores.values()) / len(scores) if scores else None

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error of the stages, in [0, 1]: confidence against truth over ten bins.

        After Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning" (2015).
        """
        total = sum(b.of for b in self.confidence.values())
        return sum(b.gap for b in self.confidence.values()) / total if total else None

    @property
    def false_pitfalls_per_hour(self) -> float | None:
        """None where the calls' lengths are not known."""
        false = sum(counts.false for counts in self.timed_pitfalls.values())
        return false * 3600 / self.seconds if self.seconds else None


def _added(a: Mapping[str, Addable], b: Mapping[str, Addable], nothing: Addable) -> dict[str, Addable]:
    return {key: a.get(key, nothing) + b.get(key, nothing) for key in (*a, *(key for key in b if key not in a))}
