"""The letter as HTML that mail programs render: tables, inline styles, nothing loaded from anywhere."""

from __future__ import annotations

from copilot.review.summary_email.letter import Letter
from copilot.review.summary_email.phrasing import notes, served
from copilot.review.templating import templates_of


def as_html(letter: Letter) -> str:
    """A whole document."""
    template = templates_of("copilot.review.summary_email", served, notes).get_template("letter.html")
    return template.render(letter=letter, words=letter.words)
