"""How far two labellers of the same calls agree: no analysis can be measured more finely than that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from copilot.analysis.scoring.calls import score_call
from copilot.analysis.scoring.tally import Tally
from copilot.domain.labelled import AnalysedCall, Analysis, LabelledCall

StagePairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`stages`: utterances by the stages that both labellers gave. `tally`: the second measured against the first."""

    stages: StagePairs
    tally: Tally

    @property
    def kappa(self) -> float | None:
        """Cohen's κ of the stages: 1 is perfect, 0 what chance would give. `also` does not count.

        After Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
        """
        total = sum(self.stages.values())
        first: Counter[str] = Counter()
        second: Counter[str] = Counter()
        for (a, b), n in self.stages.items():
            first[a] += n
            second[b] += n
        if not total:
            return None
        seen = sum(n for (a, b), n in self.stages.items() if a == b) / total
        chance = sum(first[stage] * second[stage] for stage in first) / total**2
        return (seen - chance) / (1 - chance) if chance < 1 else 1.0


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
