"""Days that people write down, within bounds that keep a slip of the keyboard out of every sum over time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


def plausible(day: date) -> date:
    """The day itself; raises ValueError where it lies outside the years that anybody can mean."""
    if not FIRST <= day <= LAST:
        raise ValueError(f"{day.isoformat()} is not within {FIRST.year} to {LAST.year}")
    return day


Day = Annotated[date, AfterValidator(plausible)]
