"""How mature a company's own value work is, over HTTP: the map, what people place, the plan, and it all as files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, BeforeValidator, Field, model_validator

from copilot.afterwards.maturity import Maturity
from copilot.domain.accounts import Name, Quoted, Words
from copilot.domain.blueprint import Level
from copilot.domain.maturity import AssessmentClosed, DimensionPlaced, StepTaken, StepTicked
from copilot.review.maturity import MaturityMap
from copilot.review.maturity.exports import as_csv
from copilot.review.maturity.telling import as_markdown
from copilot.web.api import Wired, known_form
from copilot.web.messages import clean
from copilot.web.scorecard_api import CLEANED, Signed

router = APIRouter(prefix="/api/maturity", tags=["maturity"])


def maturity(wired: Wired) -> Maturity:
    blueprint = wired.playbook.value_blueprint
    return Maturity(wired.store, blueprint, wired.scorekeeper, wired.accounts, lambda: datetime.now(UTC))


def _words_or_none(text: object) -> object:
    return (clean(text) or None) if isinstance(text, str) else text


Known = Annotated[Maturity, Depends(maturity)]
BLANK_IS_NONE = BeforeValidator(_words_or_none)
Since = Annotated[
    str | None,
    Query(alias="from", max_length=64, description="A point to compare with: one of `points`, by its id."),
]
Until = Annotated[str, Query(alias="to", max_length=64, description="The later point.")]


class PlacedBody(BaseModel):
    """Where a dimension stands and what that rests on; with `level` null it is not assessed, after all."""

    level: Level | None
    why: Annotated[Words | None, BLANK_IS_NONE] = None
    said: Quoted | None = Field(default=None, description="Words of a call, verbatim.")
    on: date
    by: Signed

    @model_validator(mode="after")
    def _rests_on_something(self) -> PlacedBody:
        if self.level is not None and self.why is None and self.said is None:
            raise ValueError("a level needs a note or a quote that it rests on")
        return self


class TakenBody(BaseModel):
    """Who sees to a step, and by when; with `owner` null nobody does any more."""

    owner: Annotated[Name | None, BLANK_IS_NONE]
    due: date | None = None
    by: Signed


class TickedBody(BaseModel):
    """The day on which a step was done; null: it was not, after all."""

    on: date | None
    by: Signed


class ClosedBody(BaseModel):
    """A name for what stands by a day."""

    name: Annotated[Name, CLEANED]
    on: date
    by: Signed


@router.get("")
async def get_maturity(
    known: Known,
    response: Response,
    since: Since = None,
    until: Until = "now",
    download: Annotated[bool, Query(description="As a file.")] = False,
) -> MaturityMap:
    """Every dimension with its level, the gap to the next and what the calls show; the plan; progress."""
    if download:
        response.headers["Content-Disposition"] = 'attachment; filename="maturity.json"'
    return await known.map(since=since, until=until)


@router.get(".csv", response_class=Response)
async def get_csv(known: Known) -> Response:
    """A line for every dimension, then one for every step."""
    return _file(as_csv(await known.map()), "text/csv", "maturity.csv")


@router.get(".md", response_class=Response)
async def get_markdown(known: Known, since: Since = None, until: Until = "now") -> Response:
    """The map, the plan and the progress as Markdown."""
    return _file(as_markdown(await known.map(since=since, until=until)), "text/markdown", "maturity.md")


@router.get("/notes")
async def get_notes(known: Known) -> dict[str, Any]:
    """The journal: everything that was written down, the oldest first."""
    written = await known.journal()
    return {"notes": [{"seq": n.seq, "at": n.at, **n.note.model_dump(mode="json")} for n in written]}


@router.post("/dimensions/{dimension}", status_code=201)
async def place(dimension: str, body: PlacedBody, known: Known) -> MaturityMap:
    """Place a dimension at a level, with a note or a quote; what was placed before stays in its history."""
    if body.said is not None:
        known_form(body.said.call)
    await known.write(DimensionPlaced(dimension=dimension[:200], **dict(body)))
    return await known.map()


@router.post("/steps/{from_level}/{step}/owner", status_code=201)
async def take(from_level: Level, step: str, body: TakenBody, known: Known) -> MaturityMap:
    """Take a step on, or give it up."""
    await known.write(StepTaken(from_level=from_level, step=step[:200], **dict(body)))
    return await known.map()


@router.post("/steps/{from_level}/{step}/done", status_code=201)
async def tick(from_level: Level, step: str, body: TickedBody, known: Known) -> MaturityMap:
    """Tick a step as done, or untick it."""
    await known.write(StepTicked(from_level=from_level, step=step[:200], **dict(body)))
    return await known.map()


@router.post("/assessments", status_code=201)
async def close(body: ClosedBody, known: Known) -> MaturityMap:
    """Close an assessment: what stands by that day can be compared under its name from now on."""
    await known.write(AssessmentClosed(**dict(body)))
    return await known.map()


def _file(content: str, kind: str, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=named)
