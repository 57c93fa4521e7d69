"""`copilot email`: the summary of a call for the customer, and sending it on a person's word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import click

from copilot.afterwards.outbox import Outbox, checked_address
from copilot.domain.deliveries import Delivery
from copilot.domain.state import CallState
from copilot.errors import BadSettings, UnusableInput, WorkFailed
from copilot.review.summary_email import (
    Remark,
    as_draft,
    as_html,
    as_markdown,
    as_message,
    as_text,
    left_out,
    write_letter,
)
from copilot.settings import MailSettings

Form = Literal["text", "markdown", "html", "eml"]
BESIDE = "Not in the email, for you alone"
_SIGNS = {"accepted": "✓", "refused": "✗", "failed": "✗", "unknown": "?", "sending": "?"}
_MEANINGS = {
    "accepted": "accepted by the mail server",
    "refused": "refused by the mail server",
    "failed": "not sent",
    "unknown": "not known whether it was sent",
    "sending": "not known whether it was sent",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a person named, and whom the settings add; the latter get a blind copy."""

    sender: str | None
    to: tuple[str, ...]
    copies: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.to, *self.copies)))

    def described(self) -> str:
        """Every single recipient, for a person to see before anything is sent."""
        lines = [f"From: {self.sender}", f"To: {', '.join(self.to)}"]
        added = [address for address in self.copies if address not in self.to]
        if added:
            lines.append(f"Blind copy, by the setting mail.copies_to: {', '.join(added)}")
        return "\n".join(lines)


def envelope(to: Sequence[str], mail: MailSettings, *, send: bool) -> Envelope:
    """Raises UnusableInput or BadSettings, where it is to be sent and something is missing."""
    named = tuple(dict.fromkeys(checked_address(address) for address in to))
    if not send:
        return Envelope(mail.sender, named)
    if not mail.on:
        raise BadSettings("no mail server is set up; mail.host names one, or take the draft: --format eml")
    if not named:
        raise UnusableInput("nobody is named to send it to; name each with --to ADDRESS")
    copies = tuple(checked_address(address) for address in mail.copies_to)
    return Envelope(checked_address(mail.sender or ""), named, copies)


def render(state: CallState, form: Form, language: str | None, addressed: Envelope) -> tuple[bytes, str]:
    """What to print of a call for the customer, and what to print beside it for the rep alone, if there is anything."""
    letter = write_letter(state, language=language)
    notes = remarks(left_out(state))
    beside = f"\n{BESIDE}:\n{notes}" if notes else ""
    match form:
        case "text":
            return f"Subject: {letter.subject}\n\n{as_text(letter)}".encode(), beside
        case "markdown":
            return as_markdown(letter).encode(), beside
        case "html":
            return f"{as_html(letter)}\n".encode(), beside
        case "eml":
            return as_draft(letter, sender=addressed.sender, to=addressed.to), beside


def remarks(left: Sequence[Remark]) -> str:
    """A line each."""
    return "\n".join(f"  - {remark.what}: {remark.why}" for remark in left)


def confirm(addressed: Envelope, *, sure: bool) -> None:
    """Show who would get it and ask, unless a person has said yes already; raises UnusableInput where nobody can."""
    click.echo(addressed.described(), err=True)
    if sure:
        return
    if not sys.stdin.isatty():
        raise UnusableInput("there is nobody to ask whether to send it; --yes says so beforehand")
    click.confirm(f"Send it to {_people(len(addressed.everybody))}?", abort=True, err=True)


async def send(state: CallState, call_id: str, language: str | None, addressed: Envelope, outbox: Outbox) -> None:
    """Send it, and say what became of it, a line for each recipient; raises WorkFailed unless all were accepted."""
    letter = write_letter(state, language=language)
    message = as_message(letter, sender=addressed.sender, to=addressed.to)
    report(await outbox.send(message, call_id, addressed.everybody))


def report(deliveries: Sequence[Delivery]) -> None:
    for delivery in deliveries:
        reply = f" ({delivery.reply})" if delivery.reply else ""
        click.echo(f"{_SIGNS[delivery.state]} {delivery.recipient}: {_MEANINGS[delivery.state]}{reply}", err=True)
    missed = sum(delivery.state != "accepted" for delivery in deliveries)
    if missed:
        raise WorkFailed(f"{_people(missed)} of {len(deliveries)} may not have got it; each line above says why")


def _people(n: int) -> str:
    return "1 recipient" if n == 1 else f"{n} recipients"
