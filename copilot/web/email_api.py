"""The email of a call as it is edited, addressed and sent by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Annotated, Any
from unicodedata import category

from fastapi import APIRouter, Response
from pydantic import BaseModel, BeforeValidator, Field

from copilot.afterwards.drafts import DraftMovedOn
from copilot.afterwards.outbox import Mailing, checked_address
from copilot.domain.call import Participant
from copilot.domain.call_notes import LONGEST_BODY, LONGEST_SUBJECT, LONGEST_TO, EmailEdited
from copilot.domain.journal import Written
from copilot.domain.state import CallState
from copilot.errors import CopilotError, UnusableInput
from copilot.review.summary_email import Letter, as_edited_message, as_running_text, unsent, write_letter
from copilot.review.summary_email.editing import grounds, headings, offered
from copilot.review.summary_email.recipients import person_behind
from copilot.web.api import Wired, known_form
from copilot.web.scorecard_api import Signed
from copilot.web.services import Services

MOST_RECIPIENTS = 50

router = APIRouter(prefix="/api/calls/{call_id}/email", tags=["review"])


class NoMailServer(CopilotError):
    def __init__(self) -> None:
        super().__init__("no mail server is set up; the setting mail.host names one")


def _cleaned(text: object) -> object:
    """As it was typed, without control characters and lone surrogates; every line ends in the same way."""
    if not isinstance(text, str):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or category(c) not in {"Cc", "Cs"})


Typed = BeforeValidator(_cleaned)
To = Annotated[str, Field(max_length=LONGEST_TO), Typed]


class Edited(BaseModel):
    """An email as typed; a subject or body of null is the automatic one."""

    to: To = ""
    subject: Annotated[Annotated[str, Field(max_length=LONGEST_SUBJECT)] | None, Typed] = None
    body: Annotated[Annotated[str, Field(max_length=LONGEST_BODY)] | None, Typed] = None
    seq: int = Field(ge=0, description="The last event that the automatic text told when this one was begun from it.")
    by: Signed | None = Field(default=None, description="Who edits it, as that person signs.")


class ToSave(Edited):
    after: int = Field(ge=0, description="The version that was edited; 0 where there was none.")


class Recipients(BaseModel):
    to: To


@dataclass(frozen=True, slots=True)
class Standing:
    """The email of a call as it stands: the automatic letter, and what a person made of it."""

    call_id: str
    state: CallState
    letter: Letter
    draft: Written[EmailEdited] | None

    @property
    def people(self) -> Sequence[Participant]:
        return self.state.call.participants if self.state.call else ()

    def message(self, *, sender: str | None = None, to: Sequence[str] = ()) -> EmailMessage:
        edited = self.draft.note if self.draft else None
        subject, body = (edited.subject, edited.body) if edited else (None, None)
        return as_edited_message(self.letter, subject, body, sender=sender, to=to)


@router.get("/draft")
async def get_draft(call_id: str, wired: Wired) -> dict[str, Any]:
    """The email for an editor: the draft that was saved, the automatic one, and what each of its lines rests on."""
    return await _view(await _standing(call_id, wired), wired)


@router.put("/draft")
async def save_draft(call_id: str, given: ToSave, wired: Wired) -> dict[str, Any]:
    """Keep the email as it was typed; 409 `moved_on` where somebody else has saved it since."""
    call = await wired.calls.get(known_form(call_id))
    note = EmailEdited(to=given.to, subject=given.subject, body=given.body, seq=given.seq, by=given.by)
    await wired.drafts.save(call.id, note, after=given.after)
    return await _view(await _standing(call_id, wired), wired)


@router.get("/draft.eml", response_model=None)
async def get_draft_file(call_id: str, wired: Wired) -> Response:
    """The email as it stands, as a file that mail programs open for editing."""
    standing = await _standing(call_id, wired)
    to = [address for address in _split(standing.draft.note.to if standing.draft else "") if _is_address(address)]
    sender = wired.mailing.sender if wired.mailing else None
    named = {"Content-Disposition": f'attachment; filename="{standing.call_id}.eml"'}
    return Response(unsent(standing.message(sender=sender, to=to)), media_type="message/rfc822", headers=named)


@router.post("/recipients")
async def look_at_recipients(call_id: str, given: Recipients, wired: Wired) -> dict[str, Any]:
    """Everybody whom the email would go to, each with whoever of the call the address may be."""
    standing = await _standing(call_id, wired)
    mailing = _mailing(wired)
    return {
        "sender": mailing.sender,
        "recipients": [_recipient_view(address, standing.people) for address in _addresses(given.to)],
        "copies_to": mailing.copies_to,
    }


@router.post("/send")
async def send_email(call_id: str, given: ToSave, wired: Wired) -> dict[str, Any]:
    """Save the email as it is given, and send it; what became of it stands in `sent`, recipient by recipient.

    An automatic body goes out only as its reader knows it: 409 `moved_on` where the call has gone on beyond `seq`.
    """
    mailing, to = _mailing(wired), _addresses(given.to)
    call = await wired.calls.get(known_form(call_id))
    if given.body is None and given.seq != call.state.seq:
        raise DraftMovedOn(call.id, given.after)
    await save_draft(call_id, given, wired)
    standing = await _standing(call_id, wired)
    message = standing.message(sender=mailing.sender, to=to)
    await mailing.outbox.send(message, standing.call_id, [*to, *mailing.copies_to])
    return await _view(standing, wired)


async def _standing(call_id: str, wired: Services) -> Standing:
    call = await wired.calls.get(known_form(call_id))
    return Standing(call.id, call.state, write_letter(call.state), await wired.drafts.of_call(call.id))


async def _view(standing: Standing, wired: Services) -> dict[str, Any]:
    state, letter, draft = standing.state, standing.letter, standing.draft
    changed = await wired.drafts.changed_since(draft.note, state, letter) if draft else None
    sent = await wired.store.deliveries(standing.call_id)
    mailing = wired.mailing
    return {
        "call_id": standing.call_id,
        "seq": state.seq,
        "automatic": {"subject": letter.subject, "body": as_running_text(letter), "language": letter.words.language},
        "draft": {"at": draft.at, **draft.note.model_dump(mode="json", exclude={"v", "type"})} if draft else None,
        "version": draft.seq if draft else 0,
        "changed": asdict(changed) if changed else None,
        "grounds": [ground.model_dump(mode="json") for ground in grounds(letter)],
        "headings": headings(letter.words),
        "closing": [letter.words.correct_us, letter.words.regards],
        "not_in_the_email": [left.model_dump(mode="json") for left in offered(state, letter)],
        "mail": {"sender": mailing.sender, "copies_to": mailing.copies_to} if mailing else None,
        "sent": [delivery.model_dump(mode="json") for delivery in sent],
    }


def _recipient_view(address: str, people: Sequence[Participant]) -> dict[str, Any]:
    person = person_behind(address, people)
    return {"address": address, "name": person.name if person else None, "role": person.role if person else None}


def _mailing(wired: Services) -> Mailing:
    if wired.mailing is None:
        raise NoMailServer
    return wired.mailing


def _split(typed: str) -> list[str]:
    """Addresses as people write them in a row: commas, semicolons, lines or spaces between them."""
    return list(dict.fromkeys(typed.replace(",", " ").replace(";", " ").split()))


def _addresses(typed: str) -> list[str]:
    """Raises UnusableInput where there are none, too many, or something that is none."""
    found = [checked_address(address) for address in _split(typed)]
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise UnusableInput(f"an email goes to 1 to {MOST_RECIPIENTS} addresses; these are {len(found)}")
    return found


def _is_address(text: str) -> bool:
    try:
        return bool(checked_address(text))
    except UnusableInput:
        return False
