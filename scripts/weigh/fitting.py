"""Logistic regression with small weights preferred, by Newton's method; each example may count for less than one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scripts.weigh.examples import Example

Floats = NDArray[np.float64]

_STEPS = 50
_PENALTY = 3.0  # half of it times the square of every weight is added to the loss
_LEAST = 0.05  # a smaller weight is left out
_LEVELS = (0.15, 0.3, 0.4, 0.5, 0.6)


def fitted(examples: Sequence[Example]) -> dict[str, float]:
    """The weight of every sign."""
    signs = sorted({sign for example in examples for sign in example.signs})
    given = np.array([[example.signs.get(sign, 0.0) for sign in signs] for example in examples])
    wanted = np.array([float(example.holds) for example in examples])
    counts = np.array([example.counts for example in examples])
    weights = np.zeros(len(signs))
    for _ in range(_STEPS):
        likely = _likely(given @ weights)
        slope = given.T @ (counts * (likely - wanted)) + _PENALTY * weights
        curve = (given.T * (counts * likely * (1 - likely))) @ given + _PENALTY * np.eye(len(signs))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip(signs, map(float, weights), strict=True))


def judged(examples: Sequence[Example]) -> str:
    """How right what is likely enough is, at some levels, of writers that the weights were not fitted to."""
    likely = dict(_unseen(examples))
    found = [(likely[n], example) for n, example in enumerate(examples) if example.counts == 1]
    total = sum(example.holds for _, example in found)
    return "; ".join(_judged(found, level, total) for level in _LEVELS)


def table(weights: Mapping[str, float]) -> str:
    rows = sorted((-round(weight, 2), sign) for sign, weight in weights.items() if abs(weight) >= _LEAST)
    return "\n".join(f"    {-weight:5.2f} {sign}" for weight, sign in rows)


def _judged(found: Sequence[tuple[float, Example]], level: float, total: int) -> str:
    told = [example.holds for likely, example in found if likely >= level]
    precision = sum(told) / len(told) if told else 0.0
    return f"from {level}: {sum(told)} of {len(told)} right ({precision:.2f}), of {total} found {sum(told) / total:.2f}"


def _unseen(examples: Sequence[Example]) -> Iterator[tuple[int, float]]:
    for writer in sorted({example.writer for example in examples}):
        weights = fitted([example for example in examples if example.writer != writer])
        for n, example in enumerate(examples):
            if example.writer == writer:
                odds = sum(amount * weights.get(sign, 0.0) for sign, amount in example.signs.items())
                yield n, float(_likely(np.array(odds)))


def _likely(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-odds)))
