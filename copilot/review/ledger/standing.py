"""Where a promise stands, worked out from its figures and the way they were to go."""

from __future__ import annotations

import math
from collections.abc import Sequence

from copilot.analysis.numbers import find_changes
from copilot.domain.accounts import Figure
from copilot.review.ledger.entries import Standing
from copilot.review.ledger.figures import on_the_scale_of
from copilot.review.ledger.told import Direction, Reading, Scale, Told

Ends = tuple[float, float]


def yardstick(baseline: Told | None, target: Told | None, readings: Sequence[Reading]) -> Figure | None:
    """The figure that says what is counted, by which all others are placed; None while there is no figure."""
    figures = [told.figure for told in (baseline, target) if told is not None] + [r.figure for r in readings]
    counted = [figure for figure in figures if figure is not None and figure.kind is not None]
    return next((figure for figure in counted if figure.unit is not None), counted[0] if counted else None)


def scale_of(like: Figure, baseline: Told | None, target: Told | None, words: Sequence[str]) -> Scale:
    """The scale by this yardstick; `words`, those of the promise, tell the way that its figures are to go."""
    start = _ends(baseline, like)
    change = _relative(baseline, target, words)
    goal = _ends(target, like) if change is None else _moved_by(start, change)
    direction = change[1] if change is not None else _direction(start, goal, words)
    return Scale(
        unit=like.unit,
        per=like.per,
        kind=like.kind or "count",
        baseline=_favourable(start, direction),
        target=_favourable(goal, "down" if direction == "up" else "up"),
        calculated=change is not None and goal is not None,
        direction=direction,
    )


def placed(reading: Reading, like: Figure | None) -> Reading:
    """The reading with its place on the scale of a figure."""
    ends = None if like is None else on_the_scale_of(reading.figure, like)
    return reading if ends is None else reading.model_copy(update={"low": ends[0], "high": ends[1]})


def moved(
    scale: Scale | None, baseline: Told | None, target: Told | None, latest: Reading | None
) -> tuple[Standing, float | None]:
    """How far the figures have got, and the share of the way; a range counts by its less favourable end."""
    if baseline is None:
        return "no_baseline", None
    if target is None:
        return "no_target", None
    if baseline.ours or target.ours:
        return "claimed", None
    if latest is None:
        return "no_reading", None
    ends = (latest.low, latest.high)
    if scale is None or None in (*ends, scale.baseline, scale.target, scale.direction):
        return "unclear", None
    return _judged(scale, latest)


def _judged(scale: Scale, latest: Reading) -> tuple[Standing, float | None]:
    sign = 1.0 if scale.direction == "up" else -1.0
    start, goal = sign * (scale.baseline or 0.0), sign * (scale.target or 0.0)
    now = min(sign * (latest.low or 0.0), sign * (latest.high or 0.0))
    progress = round((now - start) / (goal - start), 6) if goal > start else None
    if now >= goal or math.isclose(now, goal, rel_tol=1e-9):
        return "reached", progress
    if math.isclose(now, start, rel_tol=1e-9):
        return "unmoved", progress
    return ("moved_away" if now < start else "on_the_way"), progress


def _ends(told: Told | None, like: Figure) -> Ends | None:
    return None if told is None or told.figure is None else on_the_scale_of(told.figure, like)


def _relative(baseline: Told | None, target: Told | None, words: Sequence[str]) -> tuple[float, Direction] | None:
    """The factor that the target asks for, where it tells a change ("by thirty per cent", "halved") and no level."""
    figure = target.figure if target else None
    if baseline is None or baseline.figure is None or figure is None or figure.low is None:
        return None
    told = [change for text in words for change in find_changes(text) if change.relative and change.target is not None]
    same = [c for c in told if c.target and math.isclose(c.target.low, figure.low) and c.target.kind == figure.kind]
    another_kind = figure.kind in ("percent", "multiple") and baseline.figure.kind not in ("percent", "ratio", None)
    if not same and not (another_kind and figure.unit == "percent"):
        return None
    direction = next((change.direction for change in (same or told) if change.direction), None)
    if direction is None:
        return None
    if figure.kind == "multiple":
        return figure.low, direction
    share = figure.low / 100 if figure.kind == "percent" else figure.low
    return (1 + share if direction == "up" else 1 - share), direction


def _moved_by(start: Ends | None, change: tuple[float, Direction]) -> Ends | None:
    return None if start is None else (start[0] * change[0], start[1] * change[0])


def _direction(start: Ends | None, goal: Ends | None, words: Sequence[str]) -> Direction | None:
    if start is not None and goal is not None and sum(start) != sum(goal):
        return "down" if sum(goal) < sum(start) else "up"
    return next((c.direction for text in words for c in find_changes(text) if c.direction), None)


def _favourable(ends: Ends | None, direction: Direction | None) -> float | None:
    """The end of a range that lies further this way."""
    if ends is None:
        return None
    return ends[1] if direction == "up" else ends[0]
