"""Writes what the program runs: the model as ONNX with eight-bit weights, and its vocabulary."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from scripts.train.data import Floats, Window
from scripts.train.fitting import batched
from scripts.train.measures import Run
from scripts.train.model import Encoder

_OPSET = 17


def write_model(model: Encoder, target: Path) -> None:
    """One window at a time.

    `ids` (1, tokens) and `spread` (1, turns, tokens) go in; `stages` and `tags`, (1, turns, stages or tags), and
    `parts`, (1, tokens, parts), come out.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _write_plain(model, plain)
        # Seven of the eight bits: processors without VNNI add pairs of products in sixteen, and eight would overflow.
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    onnx.checker.check_model(onnx.load(target))


def _write_plain(model: Encoder, target: Path) -> None:
    ids, spread = torch.ones(1, 12, dtype=torch.int64), torch.full((1, 3, 12), 1 / 12)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter calls itself old; the new one needs packages more
        torch.onnx.export(
            model.eval(),
            (ids, spread),
            str(target),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["ids", "spread"],
            output_names=["stages", "tags", "parts"],
            dynamic_axes={
                "ids": {1: "tokens"},
                "spread": {1: "turns", 2: "tokens"},
                "stages": {1: "turns"},
                "tags": {1: "turns"},
                "parts": {1: "tokens"},
            },
        )


def run_of_file(file: Path) -> Run:
    """Runs a written model on windows."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def run(window: Window) -> tuple[Floats, Floats, Floats]:
        batch = batched([window])
        given = {"ids": batch.ids.numpy(), "spread": batch.spread.numpy()}
        stages, tags, parts = session.run(["stages", "tags", "parts"], given)
        return np.asarray(stages[0]), np.asarray(tags[0]), np.asarray(parts[0])

    return run
