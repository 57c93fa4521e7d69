"""How well an encoder reads labelled calls, and how sure it may be of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.analysis.scoring.tally import StagePair, Tally
from copilot.domain.impressions import word_places
from scripts.train.data import STAGES, TAGS, Example, Floats, Window, window
from scripts.train.marks import PARTS

_TEMPERATURES = np.arange(0.5, 4.01, 0.05)


@dataclass(frozen=True)
class Heard:
    """The scores of every utterance of one call at the moment it was the newest: (utterances, stages or tags).

    `parts` has those of the words, (words, parts), of every utterance; not-a-number where one did not fit.
    """

    example: Example
    stages: Floats
    tags: Floats
    parts: list[Floats]


Run = Callable[[Window], tuple[Floats, Floats, Floats]]


def heard(run: Run, examples: Sequence[Example], wordpiece: WordPiece, *, misheard: bool = False) -> list[Heard]:
    """`run` gives the scores of a window's newest turn, of stages and of tags, and those of its tokens."""
    found = []
    for one in examples:
        turns = one.turns(misheard=misheard)
        stages, tags, parts = [], [], []
        for end, turn in enumerate(turns):
            read = window(one, turns, end, wordpiece)
            of_turn, of_tags, of_tokens = run(read)
            stages.append(of_turn)
            tags.append(of_tags)
            words = np.full((len(word_places(turn.text)), len(PARTS)), np.nan, dtype=np.float32)
            for word, place in read.packed.first_pieces.items():
                words[word] = of_tokens[place]
            parts.append(words)
        found.append(Heard(one, np.stack(stages), np.stack(tags), parts))
    return found


def stage_tally(heard: Sequence[Heard]) -> Tally:
    """The likeliest stage against the label, where one that is defensible counts as the label."""
    pairs: Counter[StagePair] = Counter()
    for one in heard:
        likeliest = [STAGES[n] for n in one.stages.argmax(1)]
        for label in one.example.call.labels.stages:
            got = likeliest[label.i]
            pairs[label.stage, label.stage if got in label.also else got] += 1
    return Tally(stages=pairs)


def tag_precision(heard: Sequence[Heard]) -> dict[str, float | None]:
    """Average precision of every tag: the mean precision at the place of each true one, the likeliest first."""
    wanted, scores = np.concatenate([one.example.tags for one in heard]), np.concatenate([one.tags for one in heard])
    return {tag.value: _average_precision(wanted[:, n] > 0, scores[:, n]) for n, tag in enumerate(TAGS)}


def part_precision(heard: Sequence[Heard]) -> dict[str, float | None]:
    """The same of every part, word by word."""
    wanted = np.concatenate([words for one in heard for words in one.example.parts])
    scores = np.concatenate([words for one in heard for words in one.parts])
    known = ~np.isnan(scores)
    return {
        part.value: _average_precision(wanted[known[:, n], n] > 0, scores[known[:, n], n])
        for n, part in enumerate(PARTS)
    }


def stage_temperature(heard: Sequence[Heard]) -> float:
    """What to divide the scores by so that they are as likely as they say (Guo et al., "On Calibration", 2017)."""
    scores, wanted = (
        np.concatenate([one.stages for one in heard]),
        np.concatenate([one.example.stages for one in heard]),
    )
    return _best(lambda t: -(wanted * _log_softmax(scores / t)).sum())


def tag_temperature(heard: Sequence[Heard]) -> float:
    scores, wanted = np.concatenate([one.tags for one in heard]), np.concatenate([one.example.tags for one in heard])
    return _best(lambda t: np.logaddexp(0, scores / t).sum() - (wanted * scores / t).sum())


def _average_precision(wanted: NDArray[np.bool_], scores: Floats) -> float | None:
    hits = wanted[np.argsort(-scores, kind="stable")]
    if not hits.any():
        return None
    precision = hits.cumsum() / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def _log_softmax(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    away = scores - scores.max(1, keepdims=True)
    result: NDArray[np.floating] = away - np.log(np.exp(away).sum(1, keepdims=True))
    return result


def _best(loss: Callable[[float], float]) -> float:
    return round(float(min(_TEMPERATURES, key=loss)), 2)
