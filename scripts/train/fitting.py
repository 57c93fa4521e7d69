"""Fine-tunes an encoder on windows of labelled calls."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from copilot.adapters.encoder.wordpiece import WordPiece
from scripts.train.data import STAGES, TAGS, Example, Floats, Window, windows
from scripts.train.marks import PARTS
from scripts.train.measures import Run
from scripts.train.model import Encoder

_PADDING = 99  # the turn of what only fills up a window: nothing looks at it
_POOL = 16  # batches that are sorted by length together
_HEADS = ("stages", "tags", "parts")


@dataclass(frozen=True)
class Plan:
    """How to train. `stride`: how many utterances lie between the ends of an epoch's windows."""

    epochs: int = 7
    stride: int = 4
    batch: int = 16
    rate: float = 2e-4
    heads_rate: float = 1e-3
    decay: float = 0.01
    warmup: float = 0.1
    tags_weight: float = 1.0
    parts_weight: float = 4.0
    seed: int = 7


@dataclass(frozen=True)
class Batch:
    ids: Tensor
    turn_of: Tensor
    spread: Tensor
    stages: Tensor
    tags: Tensor
    parts: Tensor
    there: Tensor


def batched(found: Sequence[Window]) -> Batch:
    """Windows side by side, padded to the longest."""
    tokens, turns = max(len(w.packed.ids) for w in found), max(len(w.packed.spans) for w in found)
    ids = np.zeros((len(found), tokens), dtype=np.int64)
    spread = np.zeros((len(found), turns, tokens), dtype=np.float32)
    turn_of = np.full((len(found), tokens), _PADDING, dtype=np.int64)
    stages = np.zeros((len(found), turns, len(STAGES)), dtype=np.float32)
    tags = np.zeros((len(found), turns, len(TAGS)), dtype=np.float32)
    parts = np.full((len(found), tokens, len(PARTS)), np.nan, dtype=np.float32)
    there = np.zeros((len(found), turns), dtype=np.float32)
    for n, one in enumerate(found):
        ids[n, : len(one.packed.ids)] = one.packed.ids
        turn_of[n, : len(one.packed.ids)] = one.packed.turn_of
        for turn, (start, end) in enumerate(one.packed.spans):
            spread[n, turn, start:end] = 1 / (end - start)
        parts[n, : len(one.packed.ids)] = one.parts
        rows = len(one.packed.spans)
        stages[n, :rows], tags[n, :rows], there[n, :rows] = one.stages, one.tags, 1
    return Batch(*(torch.from_numpy(a) for a in (ids, turn_of, spread, stages, tags, parts, there)))


def fit(
    model: Encoder, examples: Sequence[Example], wordpiece: WordPiece, plan: Plan, say: Callable[[str], None]
) -> None:
    """Trains in place. The same plan on the same calls gives the same weights on the same machine."""
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)  # noqa: S311 - no secret
    epochs = [
        _batches(windows(examples, wordpiece, draw, stride=plan.stride), plan.batch, draw) for _ in range(plan.epochs)
    ]
    optimiser, schedule = _optimiser(model, plan, sum(map(len, epochs)))
    weights = _stage_weights(examples)
    model.train()
    for epoch, batches in enumerate(epochs):
        total = 0.0
        for found in batches:
            # Half the width of numbers is enough for the products, and takes a third of the time.
            with torch.autocast("cpu", torch.bfloat16):
                loss = _loss(model, batched(found), weights, plan)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        say(f"epoch {epoch + 1} of {plan.epochs}: loss {total / len(batches):.3f}")
    model.eval()


def run_of(model: Encoder) -> Run:
    """Runs a model in training on windows."""

    def run(window: Window) -> tuple[Floats, Floats, Floats]:
        ids, turn_of = torch.tensor([window.packed.ids]), torch.tensor(window.packed.turn_of)
        with torch.no_grad():
            stages, tags, parts = model.newest(ids, turn_of, torch.arange(*window.packed.spans[-1]))
        return stages[0].numpy(), tags[0].numpy(), parts[0].numpy()

    return run


def _batches(found: list[Window], size: int, draw: random.Random) -> list[list[Window]]:
    """In a drawn order, windows of like length together."""
    draw.shuffle(found)
    pools = (found[at : at + _POOL * size] for at in range(0, len(found), _POOL * size))
    ordered = (sorted(pool, key=lambda w: len(w.packed.ids)) for pool in pools)
    batches = [pool[at : at + size] for pool in ordered for at in range(0, len(pool), size)]
    draw.shuffle(batches)
    return batches


def _optimiser(
    model: Encoder, plan: Plan, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """The words' vectors stay as they are: the calls are too few to move them well."""
    model.words.requires_grad_(False)
    heads = [*model.stages.parameters(), *model.tags.parameters(), *model.parts.parameters()]
    body = [p for name, p in model.named_parameters() if p.requires_grad and name.split(".")[0] not in _HEADS]
    groups = [{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.heads_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=plan.decay)
    warm = max(1, int(plan.warmup * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    return optimiser, schedule


def _stage_weights(examples: Sequence[Example]) -> Tensor:
    """Rare stages count more, by the root of how rare they are."""
    often = np.concatenate([one.stages for one in examples]).sum(0) + 1
    weights = np.sqrt(often.mean() / often)
    return torch.tensor(weights, dtype=torch.float32)


def _loss(model: Encoder, batch: Batch, weights: Tensor, plan: Plan) -> Tensor:
    stages, tags, parts = model(batch.ids, batch.spread, batch.turn_of)
    wrong = -(batch.stages * weights * stages.log_softmax(-1)).sum(-1)
    missed = nn.functional.binary_cross_entropy_with_logits(tags, batch.tags, reduction="none").sum(-1)
    loss: Tensor = ((wrong + plan.tags_weight * missed) * batch.there).sum() / batch.there.sum()
    return loss + plan.parts_weight * _parts_loss(parts, batch.parts)


def _parts_loss(parts: Tensor, wanted: Tensor) -> Tensor:
    """The mean over the tokens of which it is known what they say, all parts added up."""
    known = ~wanted.isnan()
    missed = nn.functional.binary_cross_entropy_with_logits(parts, wanted.nan_to_num(), reduction="none")
    loss: Tensor = (missed * known).sum() / known[..., 0].sum().clamp(min=1)
    return loss
