"""`copilot note`: a short note on a call for a CRM."""

from __future__ import annotations

from datetime import date
from typing import Literal

from copilot.domain.playbook import Playbook
from copilot.domain.state import CallState
from copilot.review.crm_note import as_markdown, as_text, crm_note

Form = Literal["text", "markdown", "json"]


def note(state: CallState, playbook: Playbook, form: Form, held_on: date | None) -> str:
    """What to print."""
    made = crm_note(state, playbook, held_on=held_on)
    match form:
        case "json":
            return made.model_dump_json(indent=1) + "\n"
        case "markdown":
            return as_markdown(made)
        case "text":
            return as_text(made)
