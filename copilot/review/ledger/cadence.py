"""How often a figure is to be looked at, as people say it, and when the next look is due."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal, NamedTuple

from copilot.analysis.numbers.words import ONES

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_PERIODS: dict[str, tuple[int, Literal["days", "months"]]] = {
    "day": (1, "days"),
    "week": (7, "days"),
    "fortnight": (14, "days"),
    "month": (1, "months"),
    "quarter": (3, "months"),
    "year": (12, "months"),
    **dict.fromkeys(_DAYS, (7, "days")),
}
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "biweekly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "qbr": "quarter",
    "annually": "year",
    "annual": "year",
    "yearly": "year",
}
_WORD = re.compile(r"[a-z]+|\d+")
_EVERY = frozenset(("every", "each", "per", "a", "an", "once", "the"))
_COUNTED = {"other": 2, "second": 2, "third": 3, **{word: n for word, n in ONES.items() if n > 1}}
_LONGEST = 500


class Cadence(NamedTuple):
    every: int
    unit: Literal["days", "months"]

    def after(self, day: date) -> date:
        """The day that is one period later; the last of the month where the month is shorter."""
        if self.unit == "days":
            return day + timedelta(days=self.every)
        months = day.year * 12 + day.month - 1 + self.every
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def cadence_of(text: str) -> Cadence | None:
    """How often: "monthly", "every two weeks", "on Mondays", "twice a quarter" (taken as once); None where unsaid.

    The first period that is named decides.
    """
    words = _WORD.findall(text[:_LONGEST].casefold())
    for i, word in enumerate(words):
        if word in _ADVERBS:
            return Cadence(*_PERIODS[_ADVERBS[word]])
        period = _PERIODS.get(word) or _PERIODS.get(word.removesuffix("s"))
        if period is None:
            continue
        earlier, before = words[max(0, i - 2) : i - 1], words[i - 1] if i else ""
        times = int(before) if before.isdigit() else _COUNTED.get(before, 0)
        counted = times > 1 and not _EVERY.isdisjoint(earlier)
        if before in _EVERY or counted or word.removesuffix("s") in _DAYS or "end" in words[max(0, i - 2) : i + 2]:
            return Cadence(max(1, min(times, 400)) * period[0], period[1])
    return None
