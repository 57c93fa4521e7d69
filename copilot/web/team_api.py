"""What a manager sees of many calls, over HTTP. It is worked out from what was kept; no call's log is read."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from copilot.afterwards.scorekeeping import MOST_CALLS
from copilot.domain.call import CallKind
from copilot.domain.kept_scorecards import Coached
from copilot.review.sheets import BYTE_ORDER_MARK, csv_lines
from copilot.review.team.calls import Filters, TeamCall, compared, team_calls
from copilot.review.team.moments import CallBehind, behind
from copilot.review.team.overview import Overview, criteria_of, overview
from copilot.review.team.table import HEADINGS, rows
from copilot.web.api import Wired
from copilot.web.scorecard_api import Signed
from copilot.web.services import Services

router = APIRouter(prefix="/api/team", tags=["team"])

Name = Annotated[str | None, Query(max_length=200)]


def asked_for(
    since: Annotated[date | None, Query(alias="from", description="The first day, UTC.")] = None,
    until: Annotated[date | None, Query(alias="to", description="The last day, UTC.")] = None,
    kind: Annotated[CallKind | None, Query(description="By default the kind that most calls are of.")] = None,
    rep: Annotated[str | None, Query(max_length=200, description="Empty: calls whose rep is not known.")] = None,
    account: Name = None,
    criterion: Name = None,
    rubric: Annotated[str | None, Query(max_length=200, description="By default the newest.")] = None,
) -> Filters:
    return Filters(
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        kind=kind,
        rep=rep,
        account=account,
        criterion=criterion,
        rubric=rubric,
    )


Chosen = Annotated[Filters, Depends(asked_for)]


@router.get("")
async def get_team(wired: Wired, chosen: Chosen) -> Overview:
    """Whom to coach in what, how each criterion is met, trends, talk ratios, pitfalls, and how far to trust it all.

    Only calls of one kind that were scored by one version of the rubric are compared; `left_out` says what is not.
    """
    coached, calls = await wired.scorekeeper.coached(), await _calls(wired)
    older = max(0, await wired.store.count() - len(calls))
    # Of many calls it takes a while, during which the live ones have to go on.
    return await asyncio.to_thread(
        overview, calls, chosen, coached, playbook=wired.playbook, rubrics=wired.scorecards, older=older
    )


@router.get("/calls")
async def get_calls_behind(
    wired: Wired,
    chosen: Chosen,
    pitfall: Annotated[str | None, Query(max_length=64)] = None,
    call: Annotated[str | None, Query(max_length=64)] = None,
) -> list[CallBehind]:
    """What a figure rests on: the calls with their answers to a criterion, or with a pitfall, or one call."""
    together = compared(await _calls(wired), chosen)
    return list(behind(together, criterion=chosen.criterion, pitfall=pitfall, call=call))


@router.get(".csv", response_class=Response)
async def get_csv(wired: Wired, chosen: Chosen) -> Response:
    """A row per call and criterion, with both answers; safe to open in a spreadsheet."""
    together = compared(await _calls(wired), chosen)
    criteria = [line.id for line in criteria_of(together) if chosen.criterion in (None, line.id)]
    named = {"Content-Disposition": 'attachment; filename="team.csv"'}
    content = BYTE_ORDER_MARK + "".join(csv_lines([HEADINGS, *rows(together, criteria)]))
    return Response(content, media_type="text/csv; charset=utf-8", headers=named)


class CoachedBody(BaseModel):
    """That somebody was coached, or with `done` false that this is taken back."""

    rep: str = Field(min_length=1, max_length=200)
    kind: CallKind
    criterion: str = Field(min_length=1, max_length=200)
    by: Signed
    done: bool = True


@router.post("/coached", status_code=204)
async def mark_coached(marked: CoachedBody, wired: Wired) -> None:
    """Note that a rep was coached in a criterion: it leaves the queue until later calls miss it again."""
    await wired.scorekeeper.note_coached(Coached(**marked.model_dump()))


async def _calls(wired: Services) -> list[TeamCall]:
    records, keepings = await wired.store.records(MOST_CALLS), await wired.scorekeeper.of_all()
    return await asyncio.to_thread(team_calls, records, keepings)
