"""Sends a message and keeps what became of it, so that nobody has to guess whether it went out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from copilot.domain.deliveries import Delivery
from copilot.errors import UnusableInput
from copilot.ports import Mailer, Store

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~.-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")


class UnusableAddress(UnusableInput):
    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"{address!r} is no mail address; one looks like luis@example.com")


def checked_address(address: str) -> str:
    """The address by itself, fit for a header and for any server; raises UnusableAddress."""
    bare = address.strip()
    if not _ADDRESS.fullmatch(bare):
        raise UnusableAddress(address)
    return bare


class Outbox:
    """`now` is the clock, in UTC."""

    def __init__(self, mailer: Mailer, store: Store, now: Callable[[], datetime]) -> None:
        self._mailer = mailer
        self._store = store
        self._now = now

    async def send(self, message: EmailMessage, call_id: str, recipients: Sequence[str]) -> list[Delivery]:
        """Hand a message to the mail server for these recipients, in whatever header they stand or not.

        That it is being sent is on disk before the first byte goes out: if the program is cut off, `sending` is left.
        """
        at = self._now()
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(domain=str(message["From"]).rpartition("@")[2])
        begun = [
            Delivery(message_id=message["Message-ID"], call_id=call_id, recipient=recipient, at=at)
            for recipient in dict.fromkeys(recipients)
        ]
        await self._store.note_deliveries(begun)
        answers = await self._mailer.send(message, [delivery.recipient for delivery in begun])
        done = [d.model_copy(update=answers[d.recipient].model_dump()) for d in begun]
        await self._store.note_deliveries(done)
        return done


@dataclass(frozen=True, slots=True)
class Mailing:
    """How the server sends what people write. `copies_to` get a blind copy of everything."""

    outbox: Outbox
    sender: str
    copies_to: tuple[str, ...] = ()
