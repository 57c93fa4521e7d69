"""A document as a page of its own: nothing loaded from anywhere, charts drawn in it, light when printed."""

from __future__ import annotations

from copilot.domain.documents import Document
from copilot.domain.drawings import drawn
from copilot.review.templating import templates_of


def as_html(document: Document) -> str:
    """A whole document."""
    return templates_of("copilot.review.value_report", drawn).get_template("report.html").render(document=document)
