"""Days that people write down, within bounds that keep a slip of the keyboard out of every sum over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator

from copilot.errors import UnusableInput

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


def plausible(day: date) -> date:
    """The day itself; raises ValueError where it lies outside the years that anybody can mean."""
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day.isoformat()} is not within {FIRST.year} to {LAST.year}")
    return day


class StillToCome(UnusableInput):
    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"{day.isoformat()} is still to come")


def check_begun(day: date | None, today: date) -> None:
    """Raises StillToCome for a day that has begun nowhere; `today` is that of UTC, and some are a day ahead of it."""
    if day is not None and day > today + timedelta(days=1):
        raise StillToCome(day)


Day = Annotated[date, AfterValidator(plausible)]
