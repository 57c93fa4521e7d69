"""How far two labellers of the same calls agree: no analysis can be measured more finely than that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.analysis.scoring.calls import score_call
from copilot.analysis.scoring.tally import Tally
from copilot.analysis.uncertainty import cohens_kappa
from copilot.domain.labelled import AnalysedCall, Analysis, LabelledCall

StagePairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`stages`: utterances by the stages that both labellers gave. `tally`: the second measured against the first."""

    stages: StagePairs
    tally: Tally

    @property
    def kappa(self) -> float | None:
        """Cohen's κ of the stages; 1 where both only ever gave the same one. `also` does not count."""
        kappa = cohens_kappa(self.stages)
        return 1.0 if kappa is None and any(self.stages.values()) else kappa


def agreement(first: Sequence[LabelledCall], second: Sequence[LabelledCall]) -> Agreement:
    """Over the calls, by id, that both have labelled."""
    again = {call.call.id: call for call in second}
    both = [(call, again[call.call.id]) for call in first if call.call.id in again]
    stages: Counter[tuple[str, str]] = Counter()
    tally = Tally()
    for one, other in both:
        theirs = {label.i: label.stage for label in other.labels.stages}
        stages.update((label.stage, theirs[label.i]) for label in one.labels.stages if label.i in theirs)
        tally += score_call(one, _as_analysis(other))
    return Agreement(stages, tally)


def _as_analysis(call: LabelledCall) -> AnalysedCall:
    labels = call.labels
    found = Analysis(
        stages=labels.stages,
        outcomes=labels.outcomes,
        capabilities=labels.capabilities,
        metrics=labels.metrics,
        pitfalls=labels.pitfalls,
        next_steps=labels.next_steps,
    )
    return AnalysedCall(call=call.call, participants=call.participants, utterances=call.utterances, labels=found)
