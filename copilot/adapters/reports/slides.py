"""A document as PowerPoint slides: real text, tables and charts that can be edited, sources in the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from copilot.domain.documents import Bullets, Chart, Document, Line, Paragraph, Section, Subheading, Table

_WIDE, _HIGH, _MARGIN, _TOP = 13.333, 7.5, 0.6, 1.45  # inches
_TEXT, _MUTED, _WARN, _ACCENT = "161A20", "505965", "7F4600", "1D5BB8"
_PLAIN_LAYOUT = 5  # a title and nothing else
_LINES, _LETTERS = 15, 105  # that a slide of text holds
_NOTE_LINES, _NOTE_LETTERS = 21, 135
_UNDER_TABLE = 6.3  # inches
_TABLE_LINES = 14
_CELL_LETTERS_PER_INCH = 12.5


@dataclass
class _Slide:
    """What goes on one slide: text, or a table, or a chart."""

    title: str
    paragraphs: list[Paragraph | tuple[str, Line]] = field(default_factory=list)
    table: Table | None = None
    chart: Chart | None = None

    @property
    def notes(self) -> list[int]:
        rows = [cell for row in (self.table.rows if self.table else ()) for cell in row]
        told = [p.line if isinstance(p, Paragraph) else p[1] for p in self.paragraphs]
        return sorted({n for line in (*rows, *told) for n in line.notes})


def as_slides(document: Document) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    deck.core_properties.title = document.title
    deck.core_properties.language = document.language
    _opening(deck, document)
    for section in document.sections:
        for slide in _slides(section):
            _draw(deck, slide, document.footnotes)
    for slide in _footnotes(document.footnotes):
        _draw(deck, slide, ())
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _slides(section: Section) -> list[_Slide]:
    """Text flows from slide to slide, a subheading begins one; a table or a chart has its own."""
    slides: list[_Slide] = []
    title, held = section.title, list[Paragraph | tuple[str, Line]]()
    for block in section.blocks:
        match block:
            case Paragraph(tone="aside") if slides and slides[-1].table and not held:
                slides[-1].paragraphs.append(block)  # it is about the table
            case Paragraph():
                held.append(block)
            case Bullets(lines=lines):
                held.extend(("•", line) for line in lines)
            case Subheading(text=text):
                slides += _texts(title, held)
                title, held = text, []
            case Table():
                slides += [*_texts(title, held), *_tables(section.title, block)]
                held = []
            case Chart():
                slides += [*_texts(title, held), _Slide(section.title, chart=block)]
                held = []
    return [*slides, *_texts(title, held)]


def _texts(title: str, paragraphs: Sequence[Paragraph | tuple[str, Line]]) -> Iterator[_Slide]:
    slide, used = _Slide(title), 0
    for one in paragraphs:
        line = one.line if isinstance(one, Paragraph) else one[1]
        lines = 1 + len(line.text) // _LETTERS
        if slide.paragraphs and used + lines > _LINES:
            yield slide
            slide, used = _Slide(title), 0
        slide.paragraphs.append(one)
        used += lines
    if slide.paragraphs:
        yield slide


def _tables(title: str, table: Table) -> Iterator[_Slide]:
    """As many rows on each as there is room for."""
    widths = _widths(table)
    rows: list[tuple[Line, ...]] = []
    used = 0
    for row in table.rows:
        lines = max(
            1 + int(len(cell.text) / (width * _CELL_LETTERS_PER_INCH)) for cell, width in zip(row, widths, strict=True)
        )
        if rows and used + lines > _TABLE_LINES:
            yield _Slide(title, table=table.model_copy(update={"rows": tuple(rows)}))
            rows, used = [], 0
        rows.append(row)
        used += lines
    if rows:
        yield _Slide(title, table=table.model_copy(update={"rows": tuple(rows)}))


def _footnotes(texts: Sequence[str]) -> Iterator[_Slide]:
    slide, used = _Slide("What this stands on"), 0
    for number, text in enumerate(texts, 1):
        lines = 1 + len(text) // _NOTE_LETTERS
        if slide.paragraphs and used + lines > _NOTE_LINES:
            yield slide
            slide, used = _Slide("What this stands on"), 0
        slide.paragraphs.append(Paragraph(line=Line(text=f"{number}  {text}"), tone="aside"))
        used += lines
    if slide.paragraphs:
        yield slide


def _opening(deck: Any, document: Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_PLAIN_LAYOUT])
    _title(slide, document.title, top=2.6, size=36)
    _run(_frame(slide, 4.1, 1.0).paragraphs[0], Line(text=document.subtitle), size=20, color=_MUTED)


def _draw(deck: Any, content: _Slide, footnotes: Sequence[str]) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_PLAIN_LAYOUT])
    _title(slide, content.title, top=0.4, size=26)
    if content.table is not None:
        _table(slide, content.table)
    if content.paragraphs:
        _paragraphs(slide, content.paragraphs, top=_UNDER_TABLE if content.table else _TOP)
    if content.chart is not None:
        _chart(slide, content.chart)
    used = [f"{n}  {footnotes[n - 1]}" for n in content.notes if n <= len(footnotes)]
    if used:
        slide.notes_slide.notes_text_frame.text = "\n".join(used)


def _title(slide: Any, text: str, *, top: float, size: int) -> None:
    title = slide.shapes.title
    title.left, title.top = Inches(_MARGIN), Inches(top)
    title.width, title.height = Inches(_WIDE - 2 * _MARGIN), Inches(0.95)
    title.text_frame.word_wrap = True
    title.text_frame.text = text
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(size), True
    paragraph.font.color.rgb = RGBColor.from_string(_TEXT)


def _frame(slide: Any, top: float, height: float) -> Any:
    box = slide.shapes.add_textbox(Inches(_MARGIN), Inches(top), Inches(_WIDE - 2 * _MARGIN), Inches(height))
    box.text_frame.word_wrap = True
    return box.text_frame


def _paragraphs(slide: Any, paragraphs: Sequence[Paragraph | tuple[str, Line]], *, top: float) -> None:
    frame = _frame(slide, top, _HIGH - top - 0.3)
    for n, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(6)
        if isinstance(one, Paragraph):
            color = {"plain": _TEXT, "open": _WARN, "aside": _MUTED}[one.tone]
            _run(paragraph, one.line, size=12 if one.tone == "aside" else 16, color=color)
        else:
            mark, line = one
            _run(paragraph, line.model_copy(update={"text": f"{mark} {line.text}"}), size=16, color=_TEXT)


def _run(paragraph: Any, line: Line, *, size: int, color: str, bold: bool = False) -> None:
    """The text, and its footnotes' numbers raised."""
    run = paragraph.add_run()
    run.text = line.text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(color)
    if line.notes:
        raised = paragraph.add_run()
        raised.text = " " + " ".join(str(n) for n in line.notes)
        raised.font.size = Pt(size)
        raised.font.color.rgb = RGBColor.from_string(_MUTED)
        raised.font._element.set("baseline", "30000")  # python-pptx has no setting for it


def _widths(table: Table) -> list[float]:
    """Inches, by what the columns hold."""
    held = ((Line(text=column), *(row[n] for row in table.rows)) for n, column in enumerate(table.columns))
    longest = [min(max(max(len(line.text) for line in lines), 14), 70) for lines in held]
    return [(_WIDE - 2 * _MARGIN) * length / sum(longest) for length in longest]


def _table(slide: Any, table: Table) -> None:
    shape = slide.shapes.add_table(
        len(table.rows) + 1,
        len(table.columns),
        Inches(_MARGIN),
        Inches(_TOP),
        Inches(_WIDE - 2 * _MARGIN),
        Inches(0.4 * (len(table.rows) + 1)),
    )
    shape.name = table.caption
    for column, width in zip(shape.table.columns, _widths(table), strict=True):
        column.width = Inches(width)
    heading = tuple(Line(text=column) for column in table.columns)
    for n, row in enumerate((heading, *table.rows)):
        for m, cell in enumerate(row):
            paragraph = shape.table.cell(n, m).text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if m in table.numeric else PP_ALIGN.LEFT
            _run(paragraph, cell, size=13, color="FFFFFF" if n == 0 else _TEXT, bold=n == 0)


def _chart(slide: Any, chart: Chart) -> None:
    data = CategoryChartData(number_format="#,##0")
    upwards = chart.form == "columns"
    data.categories = chart.categories if upwards else chart.categories[::-1]  # bars are counted from below
    for series in chart.series:
        data.add_series(series.name, series.values if upwards else series.values[::-1])
    form = XL_CHART_TYPE.COLUMN_STACKED if upwards else XL_CHART_TYPE.BAR_STACKED
    place = Inches(_MARGIN), Inches(_TOP), Inches(_WIDE - 2 * _MARGIN), Inches(_HIGH - _TOP - 0.4)
    drawn = slide.shapes.add_chart(form, *place, data).chart
    drawn.has_title = True
    drawn.chart_title.text_frame.text = f"{chart.title} In {chart.unit}, by the low end."
    drawn.chart_title.text_frame.paragraphs[0].font.size = Pt(14)
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.font.size = Pt(12)
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.tick_labels.number_format = "#,##0"
    drawn.value_axis.tick_labels.number_format_is_linked = False
    for given, series in zip(chart.series, drawn.plots[0].series, strict=True):
        _fill(series.format.fill, firm=given.firm)
        series.format.line.color.rgb = RGBColor.from_string(_ACCENT)
        series.data_labels.show_value = True
        series.data_labels.number_format, series.data_labels.number_format_is_linked = "#,##0", False
        series.data_labels.font.size = Pt(12)
        series.data_labels.font.color.rgb = RGBColor.from_string("FFFFFF" if given.firm else _TEXT)


def _fill(fill: Any, *, firm: bool) -> None:
    """Solid, or a hatch that needs no colour."""
    if firm:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(_ACCENT)
        return
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb = RGBColor.from_string(_ACCENT)
    fill.back_color.rgb = RGBColor.from_string("FFFFFF")
