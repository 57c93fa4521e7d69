"""What the plots show of an evaluation, chart by chart, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.analysis.scoring import Evaluation, Tally
from copilot.analysis.scoring.evaluation import EVERY_KIND
from copilot.analysis.scoring.figures import FIGURES, Interval, intervals
from copilot.analysis.scoring.tally import ITEM_KINDS, Bin
from copilot.domain.playbook import Playbook

HEAT_FROM = (0.0, 0.05, 0.2, 0.5, 0.8)
"""Least share of a row for each degree of heat."""
FEW = 5  # a share of fewer says little
SCORED = ("stages, macro-F1", *(f"{kind.replace('_', ' ')}, F1" for kind in (*ITEM_KINDS, "links", "pitfalls")))
FOLLOWED = tuple(name for name in SCORED if name not in ("stages, macro-F1", "links, F1"))
UNMARKED = "None"


@dataclass(frozen=True, slots=True)
class Cell:
    """Utterances of one label that were given one stage; `share` of all that have the label."""

    n: int
    share: float
    right: bool

    @property
    def heat(self) -> int:
        """0 for nothing at all, else 1 to 5."""
        return sum(self.share >= least for least in HEAT_FROM) if self.n else 0


@dataclass(frozen=True, slots=True)
class Confusion:
    """`columns`: the stages that were given; `rows`: per label its name, how many have it, and a cell per column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Utterances whose stage was given with a confidence from `low` to `high`."""

    low: float
    high: float
    n: int
    confidence: float
    right: float

    @property
    def few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class Course:
    """A figure as it stands after each part of the call."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    value: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """Pitfalls of one kind where times are known: the false ones, also per hour, and the share of labels found."""

    title: str
    false: int
    per_hour: float
    found: int
    labelled: int


@dataclass(frozen=True, slots=True)
class Plotted:
    """`hours` counts calls with known times only; `false_alarms` is empty where there are none."""

    calls: int
    utterances: int
    hours: float
    kinds: Mapping[str, int]
    confusion: Confusion
    calibration_error: float | None
    buckets: tuple[Bucket, ...]
    parts: tuple[str, ...]
    courses: tuple[Course, ...]
    scores: tuple[Score, ...]
    baselines: Mapping[str, float | None]
    false_per_hour: Score
    false_alarms: tuple[FalseAlarms, ...]


def plotted(evaluation: Evaluation, playbook: Playbook) -> Plotted:
    """Of an evaluation with everything in it."""
    total = evaluation.by_kind[EVERY_KIND]
    trust = intervals(evaluation.by_call)
    return Plotted(
        calls=total.calls,
        utterances=sum(total.stages.values()),
        hours=total.seconds / 3600,
        kinds={kind: tally.calls for kind, tally in evaluation.by_kind.items() if kind != EVERY_KIND},
        confusion=_confusion(total.stages, playbook),
        calibration_error=total.calibration_error,
        buckets=_buckets(total.confidence),
        parts=tuple(evaluation.over_the_call),
        courses=tuple(_course(name, [*evaluation.over_the_call.values()]) for name in FOLLOWED),
        scores=tuple(_score(name, total, trust) for name in SCORED),
        baselines={name: tally.stage_macro_f1 for name, tally in evaluation.baselines.items()},
        false_per_hour=_score("false pitfalls per hour", total, trust),
        false_alarms=_false_alarms(total, playbook),
    )


def _confusion(pairs: Counter[tuple[str, str | None]], playbook: Playbook) -> Confusion:
    names = {stage: playbook.stage(stage).short_name for stage in playbook.stage_ids}
    met = sorted({stage for pair in pairs for stage in pair if stage is not None} - names.keys())
    names.update({stage: stage for stage in met})  # labels may be after another playbook
    given: tuple[str | None, ...] = (*names, None) if any(got is None for _, got in pairs) else (*names,)
    rows = []
    for label, name in names.items():
        n = sum(pairs[label, got] for got in given)
        cells = (Cell(pairs[label, got], pairs[label, got] / n if n else 0.0, got == label) for got in given)
        rows.append((name, n, tuple(cells)))
    return Confusion(tuple(UNMARKED if got is None else names[got] for got in given), tuple(rows))


def _buckets(bins: Mapping[str, Bin]) -> tuple[Bucket, ...]:
    """A bin is named after where it begins."""
    return tuple(
        Bucket(float(name), float(name) + 0.1, b.of, b.confidence / b.of, b.right / b.of)
        for name, b in sorted(bins.items())
    )


def _course(name: str, tallies: Sequence[Tally]) -> Course:
    return Course(_plain(name), tuple(FIGURES[name](tally) for tally in tallies))


def _score(name: str, total: Tally, trust: Mapping[str, Interval]) -> Score:
    return Score(_plain(name), FIGURES[name](total), trust.get(name))


def _plain(name: str) -> str:
    return name.removesuffix(", F1").removesuffix(", macro-F1").capitalize()


def _false_alarms(total: Tally, playbook: Playbook) -> tuple[FalseAlarms, ...]:
    """The most frequent first."""
    if not total.seconds:
        return ()
    titles = {str(kind): rule.title for kind, rule in playbook.pitfalls.pitfalls.items()}
    found = [
        FalseAlarms(
            title=titles.get(kind, kind),
            false=counts.false,
            per_hour=counts.false * 3600 / total.seconds,
            found=counts.matched,
            labelled=counts.labelled,
        )
        for kind, counts in total.timed_pitfalls.items()
    ]
    return tuple(sorted(found, key=lambda alarms: (-alarms.false, alarms.title)))
