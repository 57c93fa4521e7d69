"""How far a share that was counted can be trusted, and how far two who answer the same agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

_Z = 1.959964  # 95 of 100


class Interval(NamedTuple):
    low: float
    high: float


def wilson(hits: int, n: int) -> Interval | None:
    """Where a share lies with a confidence of 95 %, given so many hits of n; None where n is 0.

    After Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927). Unlike the usual normal
    interval it stays within [0, 1] and says something sensible of few cases, and of none or all of them.
    """
    if not n:
        return None
    share, square = hits / n, _Z * _Z / n
    middle = (share + square / 2) / (1 + square)
    reach = _Z * sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def cohens_kappa(pairs: Mapping[tuple[str, str], int]) -> float | None:
    """Agreement beyond chance, counted by what either said: 1 is perfect, 0 what chance would give.

    None without a pair, and where both always say the same one thing: chance alone would agree then.
    After Cohen, "A Coefficient of Agreement for Nominal Scales" (1960).
    """
    total = sum(pairs.values())
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (a, b), n in pairs.items():
        first[a] += n
        second[b] += n
    if not total:
        return None
    seen = sum(n for (a, b), n in pairs.items() if a == b) / total
    chance = sum(first[answer] * second[answer] for answer in first) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else None
