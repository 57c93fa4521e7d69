"""A call's scorecard over HTTP: the automatic answers, the people's beside them, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, Field

from copilot.afterwards.scorekeeping import NotScoredYet, verdicts_for
from copilot.domain.call import CallKind
from copilot.domain.journal import Written
from copilot.domain.kept_scorecards import AnswerOverridden, Reason, ScorecardKept, Signature
from copilot.domain.scorecards import Scorecard, Verdict
from copilot.errors import NoSuchCall
from copilot.review.scorecard import changes, rubric_for, score_call
from copilot.review.scorecard.keeping import Given
from copilot.review.team.counting import engine_of
from copilot.web.api import Wired, known_form
from copilot.web.messages import clean
from copilot.web.services import Services

router = APIRouter(prefix="/api/calls/{call_id}/scorecard", tags=["review"])


CLEANED = BeforeValidator(lambda text: clean(text) if isinstance(text, str) else text)
Signed = Annotated[Signature, CLEANED]


class PersonsAnswer(BaseModel):
    """What a person answers in the automatic answer's place; the same answer says that it is right."""

    verdict: Verdict
    reason: Annotated[Reason, CLEANED]
    by: Signed = Field(description="Who answers, as that person signs.")
    seen: int | None = Field(
        default=None, ge=0, description="The scorecard's `last_answer` as the writer saw it; 409 where answered since."
    )


@router.get("")
async def get_scorecard(call_id: str, wired: Wired) -> dict[str, Any]:
    """A call judged by the rubric for its kind; each answer with its moments and why, and a person's beside it.

    Once the call is over it is the scorecard that was kept, with what was different in the one before.
    """
    return await scorecard_view(known_form(call_id), wired)


@router.post("")
async def score_again(call_id: str, wired: Wired) -> dict[str, Any]:
    """Score a call that is over by the rubric as it is now; what was kept before stays in the history."""
    call = await wired.calls.get(known_form(call_id))
    if not call.state.wrapped_up:
        raise NotScoredYet(call.id)
    await wired.scorekeeper.score_again(call.state)
    return await scorecard_view(call_id, wired)


@router.post("/overrides/{criterion}")
async def override(call_id: str, criterion: str, given: PersonsAnswer, wired: Wired) -> dict[str, Any]:
    """Answer a criterion by hand. The automatic answer stays beside it, and so does what was answered before."""
    await wired.scorekeeper.override(
        known_form(call_id), criterion, given.verdict, reason=given.reason, by=given.by, seen=given.seen
    )
    return await scorecard_view(call_id, wired)


@router.delete("/overrides/{criterion}")
async def withdraw(
    call_id: str,
    criterion: str,
    wired: Wired,
    by: Annotated[Signed, Query(description="Who takes it back.")],
    seen: Annotated[int | None, Query(ge=0, description="As in an answer.")] = None,
) -> dict[str, Any]:
    """Take a person's answer back: the automatic one counts again. The history keeps both."""
    await wired.scorekeeper.withdraw(known_form(call_id), criterion, by=by, seen=seen)
    return await scorecard_view(call_id, wired)


async def scorecard_view(call_id: str, wired: Services) -> dict[str, Any]:
    """The scorecard for the kind of call that it is now; `as_other_kinds`: the last for each that it was before."""
    await wired.calls.at_rest(call_id)
    record = await wired.store.record(call_id)
    if record is None:
        raise NoSuchCall(call_id)
    keeping, kind = await wired.scorekeeper.of_call(call_id), record.info.kind
    kept = keeping.kept(kind)
    if kept is not None:
        card, engine = keeping.judged(kept.note.scorecard), kept.note.engine
    else:
        state = (await wired.calls.get(call_id)).state
        card, engine = score_call(state, rubric_for(state, wired.scorecards)), engine_of(state)
    now = wired.scorecards.get(card.kind)
    return {
        **_card_view(card),
        "engine": engine,
        "models": kept.note.models if kept else (),
        "kept": [_kept_view(entry) for entry in keeping.of_kind(kind)],
        "as_other_kinds": [_kept_view(entry) for k in CallKind if k is not kind and (entry := keeping.kept(k))],
        "changed": _changed(keeping.of_kind(kind)),
        "last_answer": max((given.seq for given in keeping.given), default=0),
        "history": [_given_view(given) for given in keeping.given],
        "newer_rubric": now.name if now and now.name != card.rubric else None,
    }


def _card_view(card: Scorecard) -> dict[str, Any]:
    view = card.model_dump(mode="json")
    for section, shown in zip(card.sections, view["sections"], strict=True):
        for answer, seen in zip(section.answers, shown["answers"], strict=True):
            seen.update(automatic=answer.automatic, verdict=answer.verdict, may_be=verdicts_for(answer))
    return view


def _kept_view(entry: Written[ScorecardKept]) -> dict[str, Any]:
    card = entry.note.scorecard
    figures = card.model_dump(mode="json", include={"rubric", "kind", "points", "possible", "score"})
    return {"at": entry.at, "engine": entry.note.engine, **figures}


def _changed(cards: Sequence[Written[ScorecardKept]]) -> dict[str, Any] | None:
    """What is different in the last scorecard; None for the first."""
    if len(cards) < 2:
        return None
    before, after = cards[-2:]
    different = changes(before.note.scorecard, after.note.scorecard)
    return {
        "from": _kept_view(before),
        "to": _kept_view(after),
        "answers": [change.model_dump(mode="json") for change in different],
    }


def _given_view(given: Given) -> dict[str, Any]:
    """A person's answer, or that it was taken back."""
    note = given.note
    told = {"criterion": note.criterion, "rubric": note.rubric, "by": note.by, "at": given.at}
    if isinstance(note, AnswerOverridden):
        return {**told, "verdict": note.verdict, "automatic": note.automatic, "reason": note.reason}
    return {**told, "verdict": None}
