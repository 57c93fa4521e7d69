"""`copilot story`: an account's value report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from copilot.domain.documents import Document
from copilot.errors import UnusableInput
from copilot.review.value_report import ValueReport
from copilot.review.value_report.document import document_of
from copilot.review.value_report.markdown import as_markdown
from copilot.review.value_report.page import as_html
from copilot.review.value_report.plain_text import as_text, for_us

Form = Literal["text", "markdown", "html", "pdf", "pptx", "json"]
_FILES_ONLY = ("pdf", "pptx")


def check_form(form: Form, output: Path | None) -> None:
    """Raises UnusableInput for a form that no terminal can show, without a file to write it to."""
    if form in _FILES_ONLY and output is None:
        raise UnusableInput(f"--format {form} writes a file; name it with --output")


def rendered(report: ValueReport, form: Form, writers: Mapping[str, Callable[[Document], bytes]]) -> tuple[bytes, str]:
    """The report, and what is for us alone, which no file for a customer holds."""
    if form == "json":
        return report.model_dump_json(indent=1).encode() + b"\n", ""
    document = document_of(report)
    match form:
        case "text":
            content = as_text(document).encode()
        case "markdown":
            content = as_markdown(document).encode()
        case "html":
            content = as_html(document).encode()
        case "pdf" | "pptx":
            content = writers[form](document)
    return content, for_us(report)


def save(content: bytes, output: Path) -> None:
    """Raises UnusableInput where the file cannot be written."""
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UnusableInput(f"{output} cannot be written: {error.strerror}") from error
