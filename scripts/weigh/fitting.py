"""Conditional logistic regression with small weights preferred, by Newton's method.

The candidates of a choice and none at all share the probability, after McFadden, "Conditional Logit Analysis of
Qualitative Choice Behavior" (1974). With one candidate it is logistic regression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from copilot.analysis.weighing import chosen
from scripts.weigh.examples import Choice

Floats = NDArray[np.float64]

_STEPS = 50
_PENALTY = 3.0  # half of it times the square of every weight is added to the loss
_LEAST = 0.05  # a smaller weight is left out
_LEVELS = (0.15, 0.2, 0.3, 0.4, 0.5, 0.6)


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """The weight of every sign. Where several candidates hold, each should be as likely as the others."""
    signs = sorted({sign for choice in choices for candidate in choice.candidates for sign in candidate})
    given = np.array([[c.get(sign, 0.0) for sign in signs] for choice in choices for c in choice.candidates])
    of = np.array([n for n, choice in enumerate(choices) for _ in choice.candidates])
    wanted = np.array([holds / max(1, sum(choice.hold)) for choice in choices for holds in choice.hold])
    weights = np.zeros(len(signs))
    for _ in range(_STEPS):
        odds = np.exp(given @ weights)
        likely = odds / (1 + np.bincount(of, odds, len(choices)))[of]
        mean = np.zeros((len(choices), len(signs)))
        np.add.at(mean, of, likely[:, None] * given)
        slope = given.T @ (likely - wanted) + _PENALTY * weights
        curve = (given.T * likely) @ given - mean.T @ mean + _PENALTY * np.eye(len(signs))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return dict(zip(signs, map(float, weights), strict=True))


def judged(choices: Sequence[Choice]) -> str:
    """How right the likeliest of what was found is, from some levels on, of writers that it was not fitted to."""
    found = [(choice, likely) for choice, likely in _unseen(choices) if choice.found]
    told = [max(zip(likely, choice.hold, strict=True), default=(0.0, False)) for choice, likely in found]
    total = sum(any(choice.hold) for choice, _ in found)
    return "; ".join(_judged(told, level, total) for level in _LEVELS)


def table(weights: Mapping[str, float]) -> str:
    rows = sorted((-round(weight, 2), sign) for sign, weight in weights.items() if abs(weight) >= _LEAST)
    return "\n".join(f"    {-weight:5.2f} {sign}" for weight, sign in rows)


def _judged(found: Sequence[tuple[float, bool]], level: float, total: int) -> str:
    told = [holds for likely, holds in found if likely >= level]
    precision = sum(told) / len(told) if told else 0.0
    return f"from {level}: {sum(told)} of {len(told)} right ({precision:.2f}), of {total} found {sum(told) / total:.2f}"


def _unseen(choices: Sequence[Choice]) -> Iterator[tuple[Choice, list[float]]]:
    for writer in sorted({choice.writer for choice in choices}):
        weights = fitted([choice for choice in choices if choice.writer != writer])
        for choice in choices:
            if choice.writer == writer:
                yield choice, chosen(choice.candidates, weights)
