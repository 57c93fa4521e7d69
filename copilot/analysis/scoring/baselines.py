"""What stages score that need no understanding: a figure means something only beside these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.scoring.calls import score_call
from copilot.analysis.scoring.tally import Tally
from copilot.domain.conversation import OTHER_STAGE, StageCues
from copilot.domain.labelled import AnalysedCall, Analysis, LabelledCall, LabelledUtterance, StageLabel

ANYBODY = "anybody"


def majority(calls: Sequence[LabelledCall]) -> Tally:
    """Always the stage that is labelled most often in these calls."""
    counted = Counter(label.stage for call in calls for label in call.labels.stages)
    most = max(sorted(counted), key=counted.__getitem__, default=OTHER_STAGE)
    return _scored(calls, [[most] * len(call.utterances) for call in calls])


def last_stage(calls: Sequence[LabelledCall]) -> Tally:
    """Always the stage that the utterance before was labelled with, which no program knows."""
    return _scored(calls, [_shifted(call) for call in calls])


def keywords(calls: Sequence[LabelledCall], cues: StageCues) -> Tally:
    """The stage of which the most phrases occur in an utterance, strong and weak alike; without any, `other`.

    Where as many point to two stages, the first of the playbook. Nothing is weighed, and nothing said before counts.
    """
    lexicon = _phrases(cues)
    return _scored(calls, [[_most_named(u, cues, lexicon) for u in call.utterances] for call in calls])


def _phrases(cues: StageCues) -> Lexicon:
    sides = {ANYBODY: cues.stages, "customer": cues.customer, "rep": cues.rep}
    return Lexicon(
        {f"{side}.{stage}": (*c.strong, *c.weak) for side, stages in sides.items() for stage, c in stages.items()}
    )


def _most_named(utterance: LabelledUtterance, cues: StageCues, lexicon: Lexicon) -> str:
    sides = (ANYBODY, utterance.role.value)
    counted = {s: lexicon.count(utterance.text, *(f"{side}.{s}" for side in sides)) for s in cues.stages}
    most = max(counted, key=counted.__getitem__, default=OTHER_STAGE)
    return most if counted.get(most) else OTHER_STAGE


def _shifted(call: LabelledCall) -> list[str]:
    labelled = {label.i: label.stage for label in call.labels.stages}
    return [labelled.get(u.i - 1, OTHER_STAGE) for u in call.utterances]


def _scored(calls: Sequence[LabelledCall], stages: Sequence[Sequence[str]]) -> Tally:
    found = (
        AnalysedCall(
            call=call.call,
            utterances=call.utterances,
            labels=Analysis(stages=tuple(StageLabel(i=i, stage=stage) for i, stage in enumerate(guessed))),
        )
        for call, guessed in zip(calls, stages, strict=True)
    )
    return sum((score_call(call, guess) for call, guess in zip(calls, found, strict=True)), Tally())
