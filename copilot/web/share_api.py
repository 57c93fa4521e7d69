"""Links to one call for somebody without the access token: making and ending them, and the pages they open."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from copilot.domain.call import Utterance
from copilot.domain.call_notes import LONGEST_SHARE_DAYS, Audience
from copilot.domain.items import Capability, Evidence, Metric
from copilot.domain.pitfall_rules import PitfallKind
from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.review.summary_email import as_html, write_letter
from copilot.web.access import SHARED
from copilot.web.api import Wired, known_form
from copilot.web.messages import CALL_ID, clean
from copilot.web.pages import STATIC, templates
from copilot.web.review_api import NOTHING_RUNS
from copilot.web.scorecard_api import CLEANED, Signed
from copilot.web.services import Services

router = APIRouter(prefix="/api/calls/{call_id}/shares", tags=["review"])
pages = APIRouter(prefix=SHARED.rstrip("/"), include_in_schema=False)

_NOT_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
_STYLES = ("tokens.css", "base.css", "shared.css")
_ENDED = "The call could be read until {day}. Ask whoever gave you the link for a new one."
_LAST = 9  # behind every priority


class ToShare(BaseModel):
    audience: Audience = Field(description="colleague: the review; customer: the email and nothing else.")
    label: Annotated[str, Field(max_length=200), CLEANED] = Field(default="", description="Whom it is for.")
    by: Signed | None = Field(default=None, description="Who shares it, as that person signs.")
    days: int | None = Field(
        default=None,
        ge=1,
        le=LONGEST_SHARE_DAYS,
        description="How long it opens the call; by default as the setting `share_days` says.",
    )


@router.get("")
async def list_shares(call_id: str, wired: Wired) -> dict[str, Any]:
    """Every link that was made to a call, those that have ended included; `days`: how long one opens it by default."""
    call = await wired.calls.get(known_form(call_id))
    return {"shares": await _view(call.id, wired), "days": wired.shares.days}


@router.post("", status_code=201)
async def share(call_id: str, given: ToShare, wired: Wired) -> dict[str, Any]:
    """Make a link. Its address is told this once: the server keeps no more than a hash of it.

    `origin`: what comes before its path, where the setting `public_url` says so.
    """
    call = await wired.calls.get(known_form(call_id))
    token = await wired.shares.make(call.id, given.audience, label=clean(given.label), by=given.by, days=given.days)
    path = f"{SHARED}{call.id}/{token}"
    return {"path": path, "origin": wired.public_url, "shares": await _view(call.id, wired)}


@router.delete("/{share_id}")
async def end_share(
    call_id: str, share_id: str, wired: Wired, by: Annotated[Signed | None, Query(description="Who ends it.")] = None
) -> dict[str, Any]:
    """End a link: from now on it opens nothing."""
    call = await wired.calls.get(known_form(call_id))
    await wired.shares.end(call.id, share_id, by=by)
    return {"shares": await _view(call.id, wired)}


@pages.get("/style.css")
def style() -> Response:
    """What the pages need of the stylesheets, which are otherwise behind the access token."""
    rules = "\n".join((STATIC / "css" / name).read_text(encoding="utf-8") for name in _STYLES)
    return Response(rules, media_type="text/css; charset=utf-8")


@pages.get("/{call_id}/{token}", response_model=None)
async def shared_page(request: Request, call_id: str, token: str, wired: Wired) -> Response:
    """The call as it stands now, for whom its link was made."""
    opened = await wired.shares.of_token(call_id, token) if CALL_ID.fullmatch(call_id) else None
    if opened is None:
        return _text(request, "No such link", "This link leads nowhere. Perhaps a part of its address was lost.", 404)
    if opened.ended is not None:
        return _text(request, "This link has ended", _ENDED.format(day=f"{opened.ended.day} {opened.ended:%B %Y}"), 410)
    state = (await wired.calls.get(call_id)).state
    if opened.audience == "customer":
        return await _email(request, call_id, state, wired)
    context = {"title": state.call.title if state.call else call_id, **_review(state, wired.playbook)}
    return templates.TemplateResponse(request, "shared.html", context, headers=_NOT_KEPT)


async def _email(request: Request, call_id: str, state: CallState, wired: Services) -> Response:
    """The email as it stands: as a person edited it, else with its layout."""
    letter, draft = write_letter(state), await wired.drafts.of_call(call_id)
    if draft is not None and draft.note.body is not None:
        return _text(request, draft.note.subject or letter.subject, draft.note.body)
    return HTMLResponse(as_html(letter), headers={**NOTHING_RUNS, **_NOT_KEPT})


def _text(request: Request, title: str, text: str, status: int = 200) -> Response:
    context = {"title": title, "text": text}
    return templates.TemplateResponse(request, "shared_text.html", context, status, headers=_NOT_KEPT)


async def _view(call_id: str, wired: Services) -> list[dict[str, Any]]:
    return [
        {
            "id": s.id,
            "audience": s.audience,
            "label": s.label,
            "by": s.by,
            "at": s.at,
            "until": s.until,
            "ended": s.ended,
        }
        for s in await wired.shares.of_call(call_id)
    ]


def _review(state: CallState, playbook: Playbook) -> dict[str, Any]:
    """What the page shows; whatever was set aside is no part of it."""
    outcomes = [outcome for outcome in state.outcomes.values() if outcome.stands]
    known = {outcome.id for outcome in outcomes}
    below: list[Capability | Metric] = [*state.capabilities.values(), *state.metrics.values()]
    standing = [item for item in below if item.stands]
    return {
        "state": state,
        "outcomes": sorted(outcomes, key=lambda outcome: outcome.priority or _LAST),
        "served": {o.id: [item for item in standing if o.id in item.outcomes] for o in outcomes},
        "loose": [item for item in standing if not known.intersection(item.outcomes)],
        "steps": [step for step in state.next_steps.values() if step.stands],
        "pitfalls": [(playbook.pitfall(PitfallKind(p.kind)), p) for p in state.pitfalls.values() if p.counts],
        "said": lambda piece: _moment(state.utterances, piece),
    }


def _moment(utterances: tuple[Utterance, ...], piece: Evidence) -> str:
    """Who said it, and when."""
    utterance = utterances[piece.utterance]
    who = utterance.speaker or {"rep": "Rep", "customer": "Customer"}.get(utterance.role, "Unknown")
    if utterance.start_s is None:
        return f"{who}, utterance {utterance.i + 1}"
    return f"{who}, {int(utterance.start_s) // 60}:{int(utterance.start_s) % 60:02}"
