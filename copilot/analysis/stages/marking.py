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
from operator import mul

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.reader import Impressions, Window, window_of
from copilot.analysis.stages.features import stage_features
from copilot.analysis.stages.weights import ANSWER, ASKED_ANEW, REPLY, SAME_SIDE, STAGE_FLOW, STAGE_WEIGHTS
from copilot.domain.call import Role, Utterance
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.impressions import Impression
from copilot.domain.ops import MarkStage
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState

StagePass = Callable[[CallState, int], Sequence[MarkStage]]
Weights = tuple[float, ...]  # one for each stage of the playbook

_LOOK_BACK = 14  # utterances judged together, backchannels left out
_REVISED = 8  # of these, the latest whose marks may change
_DEFENSIBLE = math.exp(-1)  # how likely beside the best another stage has to be
_MOST_ALSO = 2
_OPENING = 6  # utterances; calls begin with greetings
_UNTHINKABLE = 1e-4  # no stage is less likely than that, whatever a reader says


def stage_pass(playbook: Playbook, lexicon: Lexicon, impressions: Impressions) -> StagePass:
    """A pass that marks the newest utterance, and the latest ones anew. Stages the playbook lacks are never marked."""
    known = playbook.stage_ids

    @lru_cache(maxsize=1024)
    def weights_of(window: Window, opening: float) -> Weights:
        newest = window.turns[-1]
        side = "rep" if newest.role is Role.REP else "customer"
        said = stage_features(newest.text, newest.role, lexicon)
        around = {"opening": opening, f"{side}@{window.kind.value}": 1.0}
        read = read_scores(impressions.of_window(window), known)
        by_rules = zip(stage_scores(said, known).values(), stage_scores(around, known).values(), strict=True)
        scores = [a + b + read[stage] for stage, (a, b) in zip(known, by_rules, strict=True)]
        best = max(scores)
        return tuple(math.exp(score - best) for score in scores)

    def weights_at(state: CallState, i: int) -> Weights:
        return weights_of(window_of(state, i), max(0.0, 1 - i / _OPENING))

    def run(state: CallState, i: int) -> Sequence[MarkStage]:
        if is_backchannel(state.utterances[i].text):
            return (_listening(state, i),)
        spoken = _latest(state.utterances, i)
        holds = (_holds(state.utterances[a], state.utterances[b]) for a, b in pairwise(spoken))
        judged = _judged_together([weights_at(state, k) for k in spoken], [_moves(known, hold) for hold in holds])
        latest = list(zip(spoken, judged, strict=True))[-_REVISED:]
        marks = [marked(k, dict(zip(known, shares, strict=True))) for k, shares in latest]
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


def marked(i: int, shares: Mapping[str, float]) -> MarkStage:
    """The best stage, those close behind it, and how sure that is."""
    ranked = sorted(shares, key=lambda stage: (-shares[stage], stage != OTHER_STAGE, stage))
    least = shares[ranked[0]] * _DEFENSIBLE
    also = tuple(stage for stage in ranked[1 : 1 + _MOST_ALSO] if shares[stage] >= least)
    return MarkStage(i=i, stage=ranked[0], also=also, confidence=round(shares[ranked[0]] / sum(shares.values()), 3))


def _listening(state: CallState, i: int) -> MarkStage:
    """A listening noise is about nothing; the running stage could be defended."""
    before = _latest(state.utterances, i - 1)[-1:] if i else []
    running = state.stage_of(before[0]) if before else None
    also = (running,) if running and running != OTHER_STAGE else ()
    return MarkStage(i=i, stage=OTHER_STAGE, also=also)


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


def _judged_together(own: Sequence[Weights], moves: Sequence[Sequence[Weights]]) -> list[Weights]:
    """For every utterance and stage, the weight of all paths through it, up to a factor for each utterance; `moves`
    stand between the utterances. Weights are as likelihoods, their largest 1, so that no product comes near to nothing.
    """
    there = [own[0]]
    for weights, move in zip(own[1:], moves, strict=True):
        reached = [sum(map(mul, there[-1], to)) for to in zip(*move, strict=True)]
        there.append(_scaled(list(map(mul, weights, reached))))
    onward: list[Weights] = [(1.0,) * len(own[0])]
    for weights, move in zip(reversed(own[1:]), reversed(moves), strict=True):
        ahead = tuple(map(mul, weights, onward[-1]))
        onward.append(_scaled([sum(map(mul, onto, ahead)) for onto in move]))
    return [_scaled(list(map(mul, a, b))) for a, b in zip(there, reversed(onward), strict=True)]


def _scaled(weights: Sequence[float]) -> Weights:
    most = max(weights)
    return tuple(weight / most for weight in weights)


@lru_cache(maxsize=16)
def _moves(stages: tuple[str, ...], hold: float) -> tuple[Weights, ...]:
    """What speaks for going from one stage, in rows, to another."""
    return tuple(tuple(math.exp(STAGE_FLOW.get(a, {}).get(b, 0.0) + hold * (a == b)) for b in stages) for a in stages)
