"""The letter as a message: what an `.eml` file holds and what is sent."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from copilot.review.summary_email.letter import Letter
from copilot.review.summary_email.page import as_html
from copilot.review.summary_email.plain_text import as_text

_POLICY = SMTP.clone(cte_type="7bit")  # any server takes it as it is


def as_message(letter: Letter, *, sender: str | None = None, to: Sequence[str] = ()) -> EmailMessage:
    """Plain text with the HTML beside it. Who gets blind copies is no part of it."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = letter.subject
    if sender:
        message["From"] = sender
    if to:
        message["To"] = ", ".join(to)
    message["Content-Language"] = letter.words.language
    message.set_content(as_text(letter))
    message.add_alternative(as_html(letter), subtype="html")
    return message


def as_edited_message(
    letter: Letter, subject: str | None, body: str | None, *, sender: str | None = None, to: Sequence[str] = ()
) -> EmailMessage:
    """The letter as a person has it; None is what they left as it is. An edited body goes as plain text alone."""
    message = as_message(letter, sender=sender, to=to)
    if subject is not None:
        message.replace_header("Subject", " ".join(subject.split()))
    if body is not None:
        message.clear_content()
        message["Content-Language"] = letter.words.language
        message.set_content(body)
    return message


def as_draft(letter: Letter, *, sender: str | None = None, to: Sequence[str] = ()) -> bytes:
    """An `.eml` file that mail programs open for editing rather than for reading."""
    return unsent(as_message(letter, sender=sender, to=to))


def unsent(message: EmailMessage) -> bytes:
    message["X-Unsent"] = "1"
    return message.as_bytes()
