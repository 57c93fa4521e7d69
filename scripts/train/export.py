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
from torch import Tensor, nn

from scripts.train.data import Floats, Window
from scripts.train.measures import Run
from scripts.train.model import Encoder

_OPSET = 17


def write_model(model: Encoder, target: Path) -> None:
    """One window at a time, read for its newest turn.

    `ids` (1, tokens), `turns` (tokens,), the turn of each, and `rows`, where the newest turn's are, go in; `stages` and
    `tags`, (1, stages or tags), and `parts`, (1, rows, parts), come out.
    """
    _check_newest(model.eval())
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _write_plain(model, plain)
        # Seven of the eight bits: processors without VNNI add pairs of products in sixteen, and eight would overflow.
        quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    onnx.checker.check_model(onnx.load(target))


def _check_newest(model: Encoder) -> None:
    """Raises ValueError where the newest turn alone is read otherwise than among all turns, as in training."""
    ids, turns, rows = _a_window()
    spread = torch.zeros(1, 1, ids.shape[1])
    spread[..., rows] = 1 / len(rows)
    with torch.no_grad():
        stages, tags, parts = model(ids, spread, turns)
        wanted = (stages[:, 0], tags[:, 0], parts[:, rows])
        read = model.newest(ids, turns, rows)
    alike = all(torch.allclose(a, b, atol=1e-4) for a, b in zip(read, wanted, strict=True))
    if not alike:
        raise ValueError("the newest turn is not read as it was in training")


def _a_window() -> tuple[Tensor, Tensor, Tensor]:
    """Ids, turns and rows of twelve tokens in two turns."""
    return torch.arange(1, 13)[None], torch.tensor([0, 0, 1, 1, *[2] * 8]), torch.arange(4, 11)


def _write_plain(model: Encoder, target: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter calls itself old; the new one needs packages more
        torch.onnx.export(
            _Newest(model),
            _a_window(),
            str(target),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["ids", "turns", "rows"],
            output_names=["stages", "tags", "parts"],
            dynamic_axes={"ids": {1: "tokens"}, "turns": {0: "tokens"}, "rows": {0: "rows"}, "parts": {1: "rows"}},
        )


class _Newest(nn.Module):
    """What is exported: of a model its reading of the newest turn."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, turns: Tensor, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.model.newest(ids, turns, rows)


def run_of_file(file: Path) -> Run:
    """Runs a written model on windows."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])

    def run(window: Window) -> tuple[Floats, Floats, Floats]:
        packed = window.packed
        given = {"ids": np.array([packed.ids]), "turns": np.array(packed.turn_of), "rows": np.arange(*packed.spans[-1])}
        stages, tags, parts = session.run(["stages", "tags", "parts"], given)
        return np.asarray(stages[0]), np.asarray(tags[0]), np.asarray(parts[0])

    return run
