"""A document as text for a terminal, and beside it what is for us alone: where the report is weak."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import assert_never

from copilot.domain.documents import Block, Bullets, Chart, Document, Line, Paragraph, Subheading, Table
from copilot.review.value_report.entries import ValueReport

_WIDTH = 100


def as_text(document: Document) -> str:
    parts = [document.title, document.subtitle]
    for section in document.sections:
        parts.append(f"{section.title}\n{'─' * min(len(section.title), _WIDTH)}")
        parts += [text for block in section.blocks if (text := "\n".join(_block(block)))]
    if document.footnotes:
        parts.append("\n".join(_wrapped(f"[{n}] ", text) for n, text in enumerate(document.footnotes, 1)))
    return "\n\n".join(parts) + "\n"


def for_us(report: ValueReport) -> str:
    """Where the report is weak, and what to answer where something cannot be measured; "" where nothing is."""
    parts = [f"{check.title}: {why}" for check in report.checks for why in check.why]
    answers = {
        f"“{answer.objection}” {answer.strategy} Say: {answer.say}": None
        for story in report.stories
        for part in story.parts
        for missing in part.open
        for answer in missing.answers
    }
    titled = (("Where the report is weak", parts), ("Where something cannot be measured", list(answers)))
    sections = [f"{title}\n" + "\n".join(_wrapped("- ", line) for line in lines) for title, lines in titled if lines]
    return "\n\n".join(sections)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(line=line):
            yield _wrapped("", _line(line))
        case Bullets(lines=lines):
            yield from (_wrapped("- ", _line(line)) for line in lines)
        case Subheading(text=text):
            yield text
        case Table():
            for row in block.rows:
                yield _wrapped("", _line(row[0]))
                cells = zip(block.columns[1:], row[1:], strict=True)
                yield from (_wrapped("  ", f"{column}: {_line(cell)}") for column, cell in cells)
        case Chart():
            return
        case _:
            assert_never(block)


def _line(line: Line) -> str:
    return line.whole + "".join(f" [{n}]" for n in line.notes)


def _wrapped(mark: str, text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
