"""A stage for every utterance: what it is about, whoever speaks, with other stages that could be defended."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from copilot.analysis.lexicon import Lexicon
from copilot.analysis.stage_features import Features, stage_features
from copilot.analysis.stage_weights import STAGE_WEIGHTS
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.ops import MarkStage
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

StagePass = Callable[[CallState, int], Sequence[MarkStage]]

_DEFENSIBLE = 1.0  # how far behind the best score another stage may be
_MOST_ALSO = 2


def stage_pass(playbook: Playbook, lexicon: Lexicon) -> StagePass:
    """A pass that marks the newest utterance. A playbook without one of the stages never marks it."""
    known = playbook.stage_ids

    def run(state: CallState, i: int) -> Sequence[MarkStage]:
        return (marked(i, stage_scores(stage_features(state, i, lexicon), known)),)

    return run


def stage_scores(features: Features, stages: Sequence[str]) -> dict[str, float]:
    """What all features together say for each stage."""
    scores = dict.fromkeys(stages, 0.0)
    for feature, amount in features.items():
        for stage, weight in STAGE_WEIGHTS.get(feature, {}).items():
            if stage in scores:
                scores[stage] += weight * amount
    return scores


def marked(i: int, scores: Mapping[str, float]) -> MarkStage:
    """The best stage, those close behind it, and how sure that is."""
    ranked = sorted(scores, key=lambda stage: (-scores[stage], stage != OTHER_STAGE, stage))
    best = scores[ranked[0]]
    also = tuple(stage for stage in ranked[1 : 1 + _MOST_ALSO] if best - scores[stage] <= _DEFENSIBLE)
    total = sum(math.exp(score - best) for score in scores.values())
    return MarkStage(i=i, stage=ranked[0], also=also, confidence=round(1 / total, 3))
