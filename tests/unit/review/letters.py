"""The summary email in every form that it has."""

from __future__ import annotations

import email
import html
from email import policy

from copilot.domain.state import CallState
from copilot.review.summary_email import (
    as_draft,
    as_html,
    as_markdown,
    as_text,
    write_letter,
)


def every_form(state: CallState) -> dict[str, str]:
    """What a customer could come to read, form by form."""
    letter = write_letter(state)
    draft = email.message_from_bytes(as_draft(letter), policy=policy.default)
    parts = [part.get_content() for part in draft.walk() if not part.is_multipart()]
    return {
        "text": as_text(letter),
        "markdown": as_markdown(letter),
        "html": html.unescape(as_html(letter)),
        "eml": html.unescape("\n".join([str(draft["Subject"]), *parts])),
    }
