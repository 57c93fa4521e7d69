"""A document as a page of its own: nothing loaded from anywhere, charts drawn in it, light when printed."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from copilot.domain.documents import Document
from copilot.domain.drawings import drawn


def as_html(document: Document) -> str:
    """A whole document."""
    return _templates().get_template("report.html").render(document=document)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("copilot.review.value_report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["drawn"] = drawn
    return templates
