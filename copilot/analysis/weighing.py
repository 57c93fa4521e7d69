"""Signs weighed against each other: what each adds to the logarithm of the odds was fitted to labelled calls."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Weights = Mapping[str, float]


def weighed(signs: Mapping[str, float], weights: Weights) -> float:
    """How likely it is, in (0, 1), by all signs together. A sign without a weight says nothing."""
    return 1 / (1 + math.exp(-_odds(signs, weights)))


def chosen(candidates: Sequence[Mapping[str, float]], weights: Weights) -> list[float]:
    """How likely each candidate is the one, by the signs of all of them; what is missing to 1 is for none."""
    odds = [math.exp(_odds(signs, weights)) for signs in candidates]
    return [one / (1 + sum(odds)) for one in odds]


def weights_of(table: str) -> Weights:
    """A table of lines that each hold a weight and, after it, the sign."""
    rows = (line.split(maxsplit=1) for line in table.strip().splitlines())
    return {sign: float(weight) for weight, sign in rows}


def _odds(signs: Mapping[str, float], weights: Weights) -> float:
    return sum(amount * weights.get(sign, 0.0) for sign, amount in signs.items())
