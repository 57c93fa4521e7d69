"""What of a document goes on which slide: text, tables and charts, as much on each as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from copilot.domain.documents import Bullets, Chart, Line, Paragraph, Section, Subheading, Table

WIDE, MARGIN = 13.333, 0.6  # inches
BODY, ASIDE, SUBHEADING = 16, 12, 18  # points
SPACE = 6  # points below a paragraph
_ROOM = 400.0  # points: for the text of a slide
_LETTERS = 105  # of the body's size in a line
_TABLE_ROOM = 4.6  # inches
_CELL_LETTERS_PER_INCH = 12.5

Text = Paragraph | Subheading | tuple[str, Line]
"""A paragraph, a subheading among them, or a line with its mark."""


@dataclass
class Slide:
    """What goes on one slide: text, or a table with what is said of it, or a chart. `above` is what it is a part of."""

    title: str
    above: str = ""
    paragraphs: list[Text] = field(default_factory=list)
    table: Table | None = None
    chart: Chart | None = None

    @property
    def notes(self) -> list[int]:
        rows = [cell for row in (self.table.rows if self.table else ()) for cell in row]
        return sorted({n for line in (*rows, *map(line_of, self.paragraphs)) for n in line.notes})


def slides_of(section: Section) -> list[Slide]:
    """Text flows from slide to slide; a table or a chart has its own."""
    slides: list[Slide] = []
    held: list[Text] = []
    for block in section.blocks:
        match block:
            case Paragraph(tone="aside") if slides and slides[-1].table and not held:
                slides[-1].paragraphs.append(block)  # it is about the table
            case Paragraph() | Subheading():
                held.append(block)
            case Bullets(lines=lines):
                held.extend(("•", line) for line in lines)
            case Table():
                slides += [*_texts(section.title, held), *_tables(section.title, block)]
                held = []
            case Chart():
                slides += [*_texts(section.title, held), Slide(section.title, chart=block)]
                held = []
    return [*slides, *_texts(section.title, held)]


def _texts(title: str, texts: Sequence[Text]) -> Iterator[Slide]:
    """All on one slide where there is room; else a subheading begins one of its own, and is its title."""
    if sum(map(_points, texts)) <= _ROOM:
        yield from _flowing(Slide(title), texts)
        return
    first = next((n for n, one in enumerate(texts) if isinstance(one, Subheading)), len(texts))
    yield from _flowing(Slide(title), texts[:first])
    for n, one in enumerate(texts):
        if isinstance(one, Subheading):
            below = takewhile(lambda text: not isinstance(text, Subheading), texts[n + 1 :])
            yield from _flowing(Slide(one.text, above=title), [*below])


def _flowing(begun: Slide, texts: Sequence[Text]) -> Iterator[Slide]:
    slide, used = begun, 0.0
    for one in texts:
        if slide.paragraphs and used + _points(one) > _ROOM:
            yield slide
            slide, used = Slide(f"{begun.title} (continued)", above=begun.above), 0.0
        slide.paragraphs.append(one)
        used += _points(one)
    if slide.paragraphs:
        yield slide


def _tables(title: str, table: Table) -> Iterator[Slide]:
    """As many rows on each as there is room for."""
    rows: list[tuple[Line, ...]] = []
    for row in table.rows:
        if rows and table_height(table, [*rows, row]) > _TABLE_ROOM:
            yield Slide(title, table=table.model_copy(update={"rows": tuple(rows)}))
            rows, title = [], f"{title.removesuffix(' (continued)')} (continued)"
        rows.append(row)
    if rows:
        yield Slide(title, table=table.model_copy(update={"rows": tuple(rows)}))


def table_height(table: Table, rows: Sequence[Sequence[Line]]) -> float:
    """Inches that these rows take under the table's heading."""
    widths = widths_of(table)
    heading = [Line(text=column) for column in table.columns]
    lines = (
        max(1 + int(len(cell.text) / (width * _CELL_LETTERS_PER_INCH)) for cell, width in zip(row, widths, strict=True))
        for row in (heading, *rows)
    )
    return sum(max(0.4, 0.15 + 0.24 * n) for n in lines)


def footnote_slides(texts: Sequence[str]) -> Iterator[Slide]:
    notes = [Paragraph(line=Line(text=f"{number}  {text}"), tone="aside") for number, text in enumerate(texts, 1)]
    return _flowing(Slide("What this stands on"), notes)


def line_of(text: Text) -> Line:
    match text:
        case Paragraph():
            return text.line
        case Subheading():
            return Line(text=text.text)
        case _, line:
            return line


def size_of(text: Text) -> int:
    if isinstance(text, Subheading):
        return SUBHEADING
    return ASIDE if isinstance(text, Paragraph) and text.tone == "aside" else BODY


def _points(text: Text) -> float:
    """How high it is on a slide."""
    size = size_of(text)
    return (1 + len(line_of(text).whole) * size // (_LETTERS * BODY)) * size * 1.2 + SPACE


def widths_of(table: Table) -> list[float]:
    """Inches, by what the columns hold."""
    held = ((Line(text=column), *(row[n] for row in table.rows)) for n, column in enumerate(table.columns))
    longest = [min(max(max(len(line.text) for line in lines), 18), 60) for lines in held]
    return [(WIDE - 2 * MARGIN) * length / sum(longest) for length in longest]
