"""A stage for every utterance: what it is about, whoever speaks, with other stages that could be defended.

Words alone say little: an answer is about what was asked, and talk stays on its subject. So the latest utterances are
judged together, as paths through the stages, and a mark is revised when what follows shows it wrong. What our own rules
say of an utterance and what a reader makes of it count alike: each knows what the other misses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.reader import Impressions
from copilot.analysis.stages.features import stage_features
from copilot.analysis.stages.weights import ANSWER, ASKED_ANEW, REPLY, SAME_SIDE, STAGE_FLOW, STAGE_WEIGHTS
from copilot.domain.call import CallKind, Role, Utterance
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.impressions import Impression
from copilot.domain.ops import MarkStage
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

StagePass = Callable[[CallState, int], Sequence[MarkStage]]
Scores = Mapping[str, float]

_LOOK_BACK = 14  # utterances judged together, backchannels left out
_REVISED = 8  # of these, the latest whose marks may change
_DEFENSIBLE = 1.0  # how far behind the best score another stage may be
_MOST_ALSO = 2
_OPENING = 6  # utterances; calls begin with greetings
_UNTHINKABLE = 1e-4  # no stage is less likely than that, whatever a reader says


def stage_pass(playbook: Playbook, lexicon: Lexicon, impressions: Impressions) -> StagePass:
    """A pass that marks the newest utterance, and the latest ones anew. Stages the playbook lacks are never marked."""
    known = playbook.stage_ids

    @lru_cache(maxsize=1024)
    def scores_of(text: str, role: Role) -> Scores:
        return stage_scores(stage_features(text, role, lexicon), known)

    def scores_at(state: CallState, i: int) -> Scores:
        utterance = state.utterances[i]
        scores = dict(scores_of(utterance.text, utterance.role))
        around = {"opening": max(0.0, 1 - i / _OPENING), _kind(state, utterance.role): 1.0}
        for more in (stage_scores(around, known), read_scores(impressions.of(state, i), known)):
            for stage in scores:
                scores[stage] += more[stage]
        return scores

    def run(state: CallState, i: int) -> Sequence[MarkStage]:
        if is_backchannel(state.utterances[i].text):
            return (_listening(state, i),)
        spoken = _latest(state.utterances, i)
        judged = _judged_together(
            [scores_at(state, k) for k in spoken],
            [_holds(state.utterances[a], state.utterances[b]) for a, b in pairwise(spoken)],
        )
        marks = [marked(k, scores) for k, scores in zip(spoken, judged, strict=True)][-_REVISED:]
        return tuple(mark for mark in marks if mark.i == i or mark.stage != state.stage_of(mark.i))

    return run


def stage_scores(features: Mapping[str, float], stages: Sequence[str]) -> dict[str, float]:
    """What all features together say for each stage."""
    scores = dict.fromkeys(stages, 0.0)
    for feature, amount in features.items():
        for stage, weight in STAGE_WEIGHTS.get(feature, {}).items():
            if stage in scores:
                scores[stage] += weight * amount
    return scores


def read_scores(impression: Impression, stages: Sequence[str]) -> dict[str, float]:
    """What a reader says for each stage, as logarithms; of a stage that it does not know it says neither yes nor no."""
    share = 1 / len(impression.stages)
    return {stage: math.log(max(_UNTHINKABLE, impression.stages.get(stage, share))) for stage in stages}


def marked(i: int, scores: Scores) -> MarkStage:
    """The best stage, those close behind it, and how sure that is."""
    ranked = sorted(scores, key=lambda stage: (-scores[stage], stage != OTHER_STAGE, stage))
    best = scores[ranked[0]]
    also = tuple(stage for stage in ranked[1 : 1 + _MOST_ALSO] if best - scores[stage] <= _DEFENSIBLE)
    total = sum(math.exp(score - best) for score in scores.values())
    return MarkStage(i=i, stage=ranked[0], also=also, confidence=round(1 / total, 3))


def _listening(state: CallState, i: int) -> MarkStage:
    """A listening noise is about nothing; the running stage could be defended."""
    before = _latest(state.utterances, i - 1)[-1:] if i else []
    running = state.stage_of(before[0]) if before else None
    also = (running,) if running and running != OTHER_STAGE else ()
    return MarkStage(i=i, stage=OTHER_STAGE, also=also)


def _kind(state: CallState, role: Role) -> str:
    kind = state.call.kind if state.call else CallKind.OTHER
    return f"{'rep' if role is Role.REP else 'customer'}@{kind.value}"


def _latest(utterances: Sequence[Utterance], i: int) -> list[int]:
    """Indices of the latest utterances up to `i` that are more than a listening noise, ascending."""
    found: list[int] = []
    for k in range(i, -1, -1):
        if not is_backchannel(utterances[k].text):
            found.append(k)
            if len(found) == _LOOK_BACK:
                break
    return found[::-1]


def _holds(before: Utterance, after: Utterance) -> float:
    """How much speaks for the second being about the same as the first."""
    if before.role is after.role:
        return SAME_SIDE
    if asks(before.text):
        return ANSWER
    return ASKED_ANEW if asks(after.text) else REPLY


def _judged_together(scores: Sequence[Scores], holds: Sequence[float]) -> list[Scores]:
    """For every utterance and stage, the weight of all paths through it; `holds` stand between the utterances."""
    moves = [_moves(tuple(scores[0]), hold) for hold in holds]
    there: list[Scores] = [scores[0]]
    for own, move in zip(scores[1:], moves, strict=True):
        before = there[-1]
        there.append({b: own[b] + _sum_of([before[a] + move[a][b] for a in before]) for b in own})
    onward: list[Scores] = [dict.fromkeys(scores[0], 0.0)]
    for own, move in zip(reversed(scores[1:]), reversed(moves), strict=True):
        ahead = {b: own[b] + onward[-1][b] for b in own}
        onward.append({a: _sum_of([move[a][b] + ahead[b] for b in own]) for a in own})
    return [{stage: a[stage] + b[stage] for stage in a} for a, b in zip(there, reversed(onward), strict=True)]


@lru_cache(maxsize=16)
def _moves(stages: tuple[str, ...], hold: float) -> Mapping[str, Scores]:
    """What speaks for going from one stage to another."""
    return {a: {b: STAGE_FLOW.get(a, {}).get(b, 0.0) + hold * (a == b) for b in stages} for a in stages}


def _sum_of(logs: Sequence[float]) -> float:
    """The logarithm of a sum, from the logarithms of what is added up."""
    most = max(logs)
    return most + math.log(sum([math.exp(log - most) for log in logs]))
