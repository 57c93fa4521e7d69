"""What became of a text that was sent, recipient by recipient, as far as it is known."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from copilot.domain.value import Value

DeliveryState = Literal["sending", "accepted", "refused", "failed", "unknown"]


class HandOver(Value):
    """What a mail server made of one recipient.

    `accepted`: it took the message, which is all that it tells; whether somebody read it, nobody knows. `refused`: it
    said no. `failed`: it was not reached, or gave up before anything was handed over. `unknown`: the connection broke
    when the message was under way. `reply` is the server's answer, or what went wrong.
    """

    state: Literal["accepted", "refused", "failed", "unknown"]
    reply: str | None = None


class Delivery(Value):
    """One message to one recipient. `sending` that stays so means that the program stopped in the middle."""

    message_id: str
    call_id: str = Field(description="The call's id, or the name of the file that the call was read from.")
    kind: Literal["summary_email"] = "summary_email"
    recipient: str
    at: datetime
    state: DeliveryState = "sending"
    reply: str | None = None
