"""How emails go out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copilot.adapters.mail import SmtpMailer
    from copilot.afterwards.outbox import Mailing
    from copilot.ports import Store
    from copilot.settings import MailSettings


def open_mailer(mail: MailSettings) -> SmtpMailer:
    """What sends through the mail server that is set up."""
    from copilot.adapters.mail import MailServer, SmtpMailer

    return SmtpMailer(
        MailServer(
            host=mail.host or "",
            port=mail.port,
            security=mail.security,
            sender=mail.sender or "",
            username=mail.username,
            password=mail.password.get_secret_value() if mail.password else None,
            ca_file=mail.ca_file,
            deadline_s=mail.deadline_s,
        )
    )


def mailing_of(mail: MailSettings, store: Store) -> Mailing | None:
    """How emails go out, where a mail server is set up."""
    if not mail.on:
        return None
    from copilot.afterwards.outbox import Mailing, Outbox, checked_address

    outbox = Outbox(open_mailer(mail), store, lambda: datetime.now(UTC))
    copies = tuple(checked_address(address) for address in mail.copies_to)
    return Mailing(outbox, checked_address(mail.sender or ""), copies)
