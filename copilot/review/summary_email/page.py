"""The letter as HTML that mail programs render: tables, inline styles, nothing loaded from anywhere."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from copilot.review.summary_email.letter import Letter
from copilot.review.summary_email.phrasing import notes, served


def as_html(letter: Letter) -> str:
    """A whole document."""
    return _templates().get_template("letter.html").render(letter=letter, words=letter.words)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("copilot.review.summary_email"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(served=served, notes=notes)
    return templates
