"""Calls for other programs: everything that is known of one, as JSON, CSV and Markdown."""

from copilot.review.export.document import document, without_notes
from copilot.review.export.markdown import as_markdown
from copilot.review.export.table import CALL_COLUMNS, COLUMNS, broken_row, call_row, rows

__all__ = ["CALL_COLUMNS", "COLUMNS", "as_markdown", "broken_row", "call_row", "document", "rows", "without_notes"]
