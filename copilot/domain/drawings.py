"""Where the marks of a chart stand, for whatever draws them."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.domain.documents import Chart
from copilot.domain.value import Value

WIDTH, HEIGHT = 640.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 8.0, 8.0, 28.0, 30.0
_NAMES, _FIGURES = 150.0, 80.0  # beside bars
_ROW = 34.0


class Mark(Value):
    """A column or a bar. `label` stands beside it."""

    x: float
    y: float
    width: float
    height: float
    firm: bool
    label: str
    label_x: float
    label_y: float
    anchor: str


class Name(Value):
    x: float
    y: float
    text: str
    anchor: str


class Drawing(Value):
    """In units of its own, from the top left; `axis` is a line from one point to another."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    axis: tuple[float, float, float, float]


def drawn(chart: Chart) -> Drawing:
    """Columns over time, or bars from the left. Gaps have no mark; sums below zero go the other way."""
    return _columns(chart) if chart.form == "columns" else _bars(chart)


def _columns(chart: Chart) -> Drawing:
    low, high = _extent(chart)
    step = (WIDTH - _LEFT - _RIGHT) / max(len(chart.categories), 1)
    thick = min(step * 0.55, 90.0)
    scale = (HEIGHT - _TOP - _BOTTOM) / (high - low)

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (value - low) * scale

    marks = [
        Mark(
            x=_LEFT + step * (n + 0.5) - thick / 2,
            y=min(y(a), y(b)),
            width=thick,
            height=abs(y(a) - y(b)),
            firm=firm,
            label=f"{value:,.0f}",
            label_x=_LEFT + step * (n + 0.5),
            label_y=min(y(a), y(b)) - 5,
            anchor="middle",
        )
        for n, a, b, value, firm in _stacked(chart)
    ]
    names = [
        Name(x=_LEFT + step * (n + 0.5), y=HEIGHT - 10, text=text, anchor="middle")
        for n, text in enumerate(chart.categories)
    ]
    axis = (_LEFT, y(0), WIDTH - _RIGHT, y(0))
    return Drawing(width=WIDTH, height=HEIGHT, marks=tuple(marks), names=tuple(names), axis=axis)


def _bars(chart: Chart) -> Drawing:
    low, high = _extent(chart)
    scale = (WIDTH - _NAMES - _FIGURES - _RIGHT) / (high - low)
    height = _ROW * len(chart.categories) + 8

    def x(value: float) -> float:
        return _NAMES + (value - low) * scale

    totals = _totals(chart)
    marks = [
        Mark(
            x=min(x(a), x(b)),
            y=4 + _ROW * n + 6,
            width=abs(x(a) - x(b)),
            height=_ROW - 12,
            firm=firm,
            label=f"{totals[n]:,.0f}" if b == totals[n] else "",
            label_x=max(x(a), x(b)) + 6,
            label_y=4 + _ROW * n + 22,
            anchor="start",
        )
        for n, a, b, _, firm in _stacked(chart)
    ]
    names = [Name(x=0, y=4 + _ROW * n + 22, text=text, anchor="start") for n, text in enumerate(chart.categories)]
    axis = (x(0), 4.0, x(0), height - 4)
    return Drawing(width=WIDTH, height=height, marks=tuple(marks), names=tuple(names), axis=axis)


def _stacked(chart: Chart) -> Iterator[tuple[int, float, float, float, bool]]:
    """Category, from, to, value, firm: those above zero on one another, those below it likewise."""
    for n in range(len(chart.categories)):
        up = down = 0.0
        for series in chart.series:
            value = series.values[n]
            if value is None:
                continue
            start = up if value >= 0 else down
            yield n, start, start + value, value, series.firm
            up, down = (start + value, down) if value >= 0 else (up, start + value)


def _totals(chart: Chart) -> list[float]:
    columns = zip(*(series.values for series in chart.series), strict=True)
    return [sum(value or 0 for value in column) for column in columns]


def _extent(chart: Chart) -> tuple[float, float]:
    ends = [end for _, a, b, _, _ in _stacked(chart) for end in (a, b)]
    low, high = min((0.0, *ends)), max((0.0, *ends))
    return (low, high) if high > low else (0.0, 1.0)
