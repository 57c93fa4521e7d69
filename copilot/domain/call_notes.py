"""What a call's own journal holds: what people write beside it once it has been understood."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from copilot.domain.journal import Note

LONGEST_SUBJECT = 500
LONGEST_BODY = 100_000
LONGEST_TO = 5000
LONGEST_SHARE_DAYS = 365


class EmailEdited(Note):
    """The email as a person has it, as typed. A subject or a body that is None is the automatic one, whatever it says.

    `seq` is the call's last event that the automatic text told when this one was begun from it.
    """

    type: Literal["email_edited"] = "email_edited"
    to: str = Field(default="", max_length=LONGEST_TO, description="Addresses as typed, commas between them.")
    subject: str | None = Field(default=None, max_length=LONGEST_SUBJECT)
    body: str | None = Field(default=None, max_length=LONGEST_BODY)
    seq: int = Field(ge=0)


Audience = Literal["colleague", "customer"]


class ReviewShared(Note):
    """Whoever has the token may read: a colleague the review, a customer the email. `token_hash` is all that is kept.

    `label` says whom the link was made for, `until` when it ends by itself; None in those from before links did.
    """

    type: Literal["shared"] = "shared"
    share: str
    audience: Audience
    token_hash: str
    label: str = Field(default="", max_length=200)
    until: datetime | None = None


class SharingEnded(Note):
    type: Literal["sharing_ended"] = "sharing_ended"
    share: str


CallNote = EmailEdited | ReviewShared | SharingEnded
CALL_NOTES: TypeAdapter[CallNote] = TypeAdapter(Annotated[CallNote, Field(discriminator="type")])
