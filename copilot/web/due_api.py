"""Which day somebody means who types when a next step is due."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from copilot.analysis.numbers.due_days import due_day
from copilot.web.api import Wired, known_form

router = APIRouter(prefix="/api/calls/{call_id}", tags=["calls"])


@router.get("/due")
async def get_due(
    call_id: str,
    said: Annotated[str, Query(max_length=500, description="When it is due, as it was put.")],
    wired: Wired,
) -> dict[str, date | None]:
    """The one day that these words mean, counted from the day of the call; null where they name none."""
    call = await wired.calls.get(known_form(call_id))
    return {"day": due_day(said, call.record.held_on)}
