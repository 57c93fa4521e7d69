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

from copilot.adapters.encoder.packing import pack
from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Tag, Turn

MODEL, VOCABULARY, HEADS = "model.onnx", "vocabulary.txt", "heads.json"
_HERE = Path(__file__).parent

Scores = NDArray[np.float32]


class Heads(NamedTuple):
    """What the columns of the model's two outputs mean. Scores are divided by the temperature: it was fitted so that
    what is given 0.8 is right in 8 of 10 cases."""

    stages: tuple[str, ...]
    tags: tuple[Tag, ...]
    temperature: float
    tag_temperature: float


class Encoder:
    """Reads talk. Everything is loaded when it first reads, which takes some tenths of a second."""

    def __init__(self, folder: Path = _HERE) -> None:
        self._folder = folder

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        """An impression of the last turn in the light of those before it, as many as there is room for.

        The same turns always give the same impression. Raises IndexError where there is no turn.
        """
        packed = pack(self._wordpiece, turns, kind)
        start, end = packed.spans[-1]
        spread = np.zeros((1, 1, len(packed.ids)), dtype=np.float32)
        spread[..., start:end] = 1 / (end - start)
        ids = np.array([packed.ids], dtype=np.int64)
        stages, tags = self._session.run(["stages", "tags"], {"ids": ids, "spread": spread})
        return self._impression(stages[0, 0], tags[0, 0])

    def _impression(self, stages: Scores, tags: Scores) -> Impression:
        heads = self._heads
        likely = np.exp((stages - stages.max()) / heads.temperature)
        likely /= likely.sum()
        told = 1 / (1 + np.exp(-tags / heads.tag_temperature))
        return Impression(
            stages=dict(zip(heads.stages, map(float, likely), strict=True)),
            tags=dict(zip(heads.tags, map(float, told), strict=True)),
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
            tuple(told["stages"]), tuple(Tag(tag) for tag in told["tags"]), told["temperature"], told["tag_temperature"]
        )
