"""The email to the customer after a call: what was heard or confirmed, in their words, and nothing else."""

from copilot.review.summary_email.left_out import Remark, left_out
from copilot.review.summary_email.letter import Letter, write_letter
from copilot.review.summary_email.markdown import as_markdown
from copilot.review.summary_email.message import as_draft, as_edited_message, as_message, unsent
from copilot.review.summary_email.page import as_html
from copilot.review.summary_email.plain_text import as_running_text, as_text

__all__ = [
    "Letter",
    "Remark",
    "as_draft",
    "as_edited_message",
    "as_html",
    "as_markdown",
    "as_message",
    "as_running_text",
    "as_text",
    "left_out",
    "unsent",
    "write_letter",
]
