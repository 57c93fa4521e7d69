"""`copilot maturity`: how far a company's own value work has come."""

from __future__ import annotations

from copilot.review.maturity import MaturityMap
from copilot.review.maturity.exports import as_csv
from copilot.review.maturity.telling import as_markdown, as_text


def render(shown: MaturityMap, form: str) -> str:
    """What to print: `text`, `markdown`, `csv` or `json`."""
    match form:
        case "json":
            return shown.model_dump_json(indent=1) + "\n"
        case "csv":
            return as_csv(shown)
        case "markdown":
            return as_markdown(shown)
        case _:
            return as_text(shown)
