"""What a call is, put right by a person: its title, kind, account and day."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, ConfigDict

from copilot.analysis.decisions import change_details
from copilot.domain.call import CallKind
from copilot.domain.days import Day, check_begun
from copilot.errors import UnusableInput
from copilot.review.ledger.carrying import Moving
from copilot.web.api import Wired, call_view, known_form
from copilot.web.messages import Name, clean

router = APIRouter(prefix="/api/calls/{call_id}", tags=["calls"])

Named = Annotated[Name | None, BeforeValidator(lambda text: (clean(text) or None) if isinstance(text, str) else text)]


class Details(BaseModel):
    """What is left out stays as it is. Without a `held_on`, the call counts from the day on which it was taken in."""

    model_config = ConfigDict(extra="forbid")

    title: Named = None
    kind: CallKind = CallKind.OTHER
    account: Named = None
    held_on: Day | None = None


@router.patch("")
async def change(call_id: str, given: Details, wired: Wired) -> dict[str, Any]:
    """Say what the call is; the call as the list has it then. With another kind it is worked out and scored anew.

    With another account, what was written down about the call's promises goes along, and counts there.
    """
    call = await wired.calls.get(known_form(call_id))
    check_begun(given.held_on, wired.accounts.today)
    wanted = given.model_dump(exclude_unset=True)
    if wanted.get("title", "") is None:
        raise UnusableInput("a call needs a title; leave it out to keep the one it has")
    before = call.record.info.account
    account = wanted.get("account")
    if account is not None:
        account = wanted["account"] = await wired.store.account_named(account) or account
        await wired.accounts.carry(call_id, account)
    try:
        await call.decide(lambda state: change_details(state, wanted))
    except Exception:
        if account is not None and before is not None:
            await wired.accounts.carry(call_id, before)
        raise
    return call_view(call.record)


@router.get("/moving")
async def moving(call_id: str, wired: Wired) -> Moving:
    """What would go along to another account, and what would stay with the call's own: how many notes of which kind."""
    return await wired.accounts.moving(known_form(call_id))
