"""Runs the small model, on one thread, with nothing but what stands beside this file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from copilot.adapters.encoder.packing import pack, stretches
from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Part, Tag, Turn, word_places

MODEL, VOCABULARY, HEADS = "model.onnx", "vocabulary.txt", "heads.json"
_HERE = Path(__file__).parent
_NEVER = -20.0  # the score of what was not read

Scores = NDArray[np.float32]


class Heads(NamedTuple):
    """What the columns of the model's three outputs mean. Scores are divided by the temperature: it was fitted so that
    what is given 0.8 is right in 8 of 10 cases."""

    stages: tuple[str, ...]
    tags: tuple[Tag, ...]
    parts: tuple[Part, ...]
    temperature: float
    tag_temperature: float


class _Heard(NamedTuple):
    """Scores of a turn's stages and tags, and of its words: (words, parts)."""

    stages: Scores
    tags: Scores
    words: Scores


class Encoder:
    """Reads talk. Everything is loaded when it first reads, which takes some tenths of a second."""

    def __init__(self, folder: Path = _HERE) -> None:
        self._folder = folder

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        """An impression of the last turn in the light of those before it, as many as there is room for.

        The same turns always give the same impression. Raises IndexError where there is no turn.
        """
        earlier, newest = turns[:-1], stretches(self._wordpiece, turns[-1])
        heard = [self._heard([*earlier, *newest[: n + 1]], kind) for n in range(len(newest))]
        return self._impression(heard, [len(word_places(turn.text)) for turn in newest])

    def _heard(self, turns: Sequence[Turn], kind: CallKind) -> _Heard:
        """The scores of the last turn, and of each of its words."""
        packed = pack(self._wordpiece, turns, kind)
        given = {
            "ids": np.array([packed.ids], dtype=np.int64),
            "turns": np.array(packed.turn_of, dtype=np.int64),
            "rows": np.arange(*packed.spans[-1], dtype=np.int64),
        }
        stages, tags, parts = self._session.run(["stages", "tags", "parts"], given)
        words = np.full((len(word_places(turns[-1].text)), parts.shape[-1]), _NEVER, dtype=np.float32)
        for word, place in packed.first_pieces.items():
            words[word] = parts[0, place]
        return _Heard(stages[0], tags[0], words)

    def _impression(self, heard: Sequence[_Heard], lengths: Sequence[int]) -> Impression:
        """One impression of all stretches of a turn: its stages by their lengths, its tags where they are likeliest."""
        heads = self._heads
        stages = np.average(
            [_softmax(one.stages / heads.temperature) for one in heard], axis=0, weights=np.maximum(lengths, 1)
        )
        tags = _sigmoid(np.max([one.tags for one in heard], axis=0) / heads.tag_temperature)
        parts = _sigmoid(np.concatenate([one.words for one in heard]))
        return Impression(
            stages=dict(zip(heads.stages, map(float, stages), strict=True)),
            tags=dict(zip(heads.tags, map(float, tags), strict=True)),
            parts={part: tuple(map(float, parts[:, n])) for n, part in enumerate(heads.parts)},
        )

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(self._folder / MODEL, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _wordpiece(self) -> WordPiece:
        return WordPiece((self._folder / VOCABULARY).read_text("utf-8").splitlines())

    @cached_property
    def _heads(self) -> Heads:
        told = json.loads((self._folder / HEADS).read_text("utf-8"))
        return Heads(
            tuple(told["stages"]),
            tuple(Tag(tag) for tag in told["tags"]),
            tuple(Part(part) for part in told["parts"]),
            told["temperature"],
            told["tag_temperature"],
        )


def _softmax(scores: Scores) -> Scores:
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), dtype=np.float32)


def _sigmoid(scores: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-scores)), dtype=np.float32)
