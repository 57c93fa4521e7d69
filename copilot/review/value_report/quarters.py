"""Quarters of the calendar, and how a period's sum is spread over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from copilot.domain.accounts import Period

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def quarter_of(day: date) -> str:
    """As in "2026-Q2"; such names sort by time."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def period_of(quarter: str) -> Period:
    year, number = int(quarter[:4]), int(quarter[-1])
    following = date(year + number // 4, number % 4 * 3 + 1, 1)
    return Period(start=date(year, number * 3 - 2, 1), end=following - timedelta(days=1))


def after(quarter: str) -> str:
    return quarter_of(period_of(quarter).end + timedelta(days=1))


def before(quarter: str) -> str:
    return quarter_of(period_of(quarter).start - timedelta(days=1))


def is_over(period: Period, today: date) -> bool:
    """Whether all of its days are past; on its last day it is not over yet."""
    return period.end < today


def span(first: str, last: str) -> Iterator[str]:
    """Every quarter from the first to the last."""
    while first <= last:
        yield first
        first = after(first)


@lru_cache(maxsize=4096)
def shares(period: Period) -> Mapping[str, Decimal]:
    """What part of a period lies in each quarter: by months where it has whole months only, else by days.

    The parts come to 1 exactly: the last takes what dividing leaves over.
    """
    count = _months_in if _is_whole_months(period) else _days_in
    sizes = {quarter: count(period, quarter) for quarter in span(quarter_of(period.start), quarter_of(period.end))}
    *earlier, last = sizes
    whole = Decimal(sum(sizes.values()))
    parts = {quarter: sizes[quarter] / whole for quarter in earlier}
    return MappingProxyType({**parts, last: 1 - sum(parts.values(), Decimal(0))})


def periods_called(per: str, period: Period) -> bool:
    """Whether a period is one of what a figure is "per": a month, a quarter, a year."""
    months = _whole_months(period)
    return {"month": 1, "quarter": 3, "year": 12}.get(per) == months if months else False


def day_text(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def quarter_text(quarter: str) -> str:
    return f"{quarter[-2:]} {quarter[:4]}"


def _is_whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1


def _whole_months(period: Period) -> int:
    """How many, where the period has nothing but whole ones; else 0."""
    return _month(period.end) - _month(period.start) + 1 if _is_whole_months(period) else 0


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _months_in(period: Period, quarter: str) -> int:
    inside = _overlap(period, quarter)
    return _month(inside.end) - _month(inside.start) + 1


def _days_in(period: Period, quarter: str) -> int:
    inside = _overlap(period, quarter)
    return (inside.end - inside.start).days + 1


def _overlap(period: Period, quarter: str) -> Period:
    whole = period_of(quarter)
    return Period(start=max(period.start, whole.start), end=min(period.end, whole.end))
