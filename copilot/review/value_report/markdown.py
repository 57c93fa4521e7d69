"""A document as Markdown. What people said is text: nothing of it becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from copilot.domain.documents import Block, Bullets, Chart, Document, Line, Paragraph, Subheading, Table
from copilot.review.summary_email.markdown import escaped


def as_markdown(document: Document) -> str:
    """Footnotes as `[^1]`. A chart is the table beside it."""
    parts = [f"# {escaped(document.title)}", escaped(document.subtitle)]
    for section in document.sections:
        parts.append(f"## {escaped(section.title)}")
        parts += [text for block in section.blocks if (text := "\n".join(_block(block)))]
    notes = "\n".join(f"[^{n}]: {escaped(text)}" for n, text in enumerate(document.footnotes, 1))
    return "\n\n".join([*parts, notes] if notes else parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(line=line, tone=tone):
            yield f"> {_line(line)}" if tone == "open" else _line(line)
        case Bullets(lines=lines):
            yield from (f"- {_line(line)}" for line in lines)
        case Subheading(text=text):
            yield f"### {escaped(text)}"
        case Table():
            yield f"| {' | '.join(map(escaped, block.columns))} |"
            yield f"|{'|'.join(' ---: ' if n in block.numeric else ' --- ' for n in range(len(block.columns)))}|"
            yield from (f"| {' | '.join(map(_line, row))} |" for row in block.rows)
        case Chart():
            return
        case _:
            assert_never(block)


def _line(line: Line) -> str:
    lead = f"**{escaped(line.lead)}** " if line.lead else ""
    return lead + escaped(line.text) + "".join(f"[^{n}]" for n in line.notes)
