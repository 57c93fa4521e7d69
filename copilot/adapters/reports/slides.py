"""A document as PowerPoint slides: real text, tables and charts that can be edited, sources in the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from copilot.adapters.reports.paging import (
    ASIDE,
    MARGIN,
    SPACE,
    WIDE,
    Slide,
    Text,
    footnote_slides,
    line_of,
    size_of,
    slides_of,
    table_height,
    widths_of,
)
from copilot.domain.documents import Chart, Document, Line, Paragraph, Subheading, Table

_HIGH, _TOP = 7.5, 1.45  # inches
_TEXT, _MUTED, _WARN, _ACCENT = "161A20", "505965", "7F4600", "1D5BB8"
_PLAIN_LAYOUT = 5  # a title and nothing else
_SHORT_TITLE = 50  # letters that fit into one line
_CELL = 13  # points
_UNDER_TABLE = 6.3  # inches


def as_slides(document: Document) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(_HIGH)
    deck.core_properties.title = document.title
    deck.core_properties.language = document.language
    _opening(deck, document)
    for section in document.sections:
        for slide in slides_of(section):
            _draw(deck, slide, document.footnotes)
    for slide in footnote_slides(document.footnotes):
        _draw(deck, slide, ())
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _opening(deck: Any, document: Document) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_PLAIN_LAYOUT])
    _title(slide, document.title, top=2.6, size=36)
    _run(_frame(slide, 4.1, 1.0).paragraphs[0], Line(text=document.subtitle), size=20, color=_MUTED)


def _draw(deck: Any, content: Slide, footnotes: Sequence[str]) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_PLAIN_LAYOUT])
    _title(slide, content.title, top=0.4, size=26 if len(content.title) <= _SHORT_TITLE else 22)
    if content.above:
        _run(_frame(slide, 0.15, 0.35).paragraphs[0], Line(text=content.above), size=ASIDE, color=_MUTED)
    top = _TOP
    if content.table is not None:
        _table(slide, content.table)
        top = min(_TOP + table_height(content.table, content.table.rows) + 0.25, _UNDER_TABLE)
    if content.paragraphs:
        _paragraphs(slide, content.paragraphs, top=top)
    if content.chart is not None:
        _chart(slide, content.chart)
    used = [f"{n}  {footnotes[n - 1]}" for n in content.notes if n <= len(footnotes)]
    if used:
        slide.notes_slide.notes_text_frame.text = "\n".join(used)


def _title(slide: Any, text: str, *, top: float, size: int) -> None:
    title = slide.shapes.title
    title.left, title.top = Inches(MARGIN), Inches(top)
    title.width, title.height = Inches(WIDE - 2 * MARGIN), Inches(0.95)
    title.text_frame.word_wrap = True
    title.text_frame.text = text
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.font.size, paragraph.font.bold = Pt(size), True
    paragraph.font.color.rgb = RGBColor.from_string(_TEXT)


def _frame(slide: Any, top: float, height: float) -> Any:
    box = slide.shapes.add_textbox(Inches(MARGIN), Inches(top), Inches(WIDE - 2 * MARGIN), Inches(height))
    box.text_frame.word_wrap = True
    return box.text_frame


def _paragraphs(slide: Any, paragraphs: Sequence[Text], *, top: float) -> None:
    frame = _frame(slide, top, _HIGH - top - 0.3)
    for n, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(SPACE)
        line, size = line_of(one), size_of(one)
        match one:
            case Paragraph(tone=tone):
                _run(paragraph, line, size=size, color={"plain": _TEXT, "open": _WARN, "aside": _MUTED}[tone])
            case Subheading():
                _run(paragraph, line, size=size, color=_TEXT, bold=True)
            case mark, _:
                _run(paragraph, line.model_copy(update={"text": f"{mark} {line.text}"}), size=size, color=_TEXT)


def _run(paragraph: Any, line: Line, *, size: int, color: str, bold: bool = False) -> None:
    """What leads it in bold, the text, and its footnotes' numbers raised."""
    for text, is_bold in ((f"{line.lead} " if line.lead else "", True), (line.text, bold)):
        if text:
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold = Pt(size), is_bold
            run.font.color.rgb = RGBColor.from_string(color)
    if line.notes:
        raised = paragraph.add_run()
        raised.text = " " + " ".join(str(n) for n in line.notes)
        raised.font.size = Pt(size)
        raised.font.color.rgb = RGBColor.from_string(_MUTED)
        raised.font._element.set("baseline", "30000")  # python-pptx has no setting for it


def _table(slide: Any, table: Table) -> None:
    shape = slide.shapes.add_table(
        len(table.rows) + 1,
        len(table.columns),
        Inches(MARGIN),
        Inches(_TOP),
        Inches(WIDE - 2 * MARGIN),
        Inches(0.4 * (len(table.rows) + 1)),
    )
    shape.name = table.caption
    for column, width in zip(shape.table.columns, widths_of(table), strict=True):
        column.width = Inches(width)
    heading = tuple(Line(text=column) for column in table.columns)
    for n, row in enumerate((heading, *table.rows)):
        for m, cell in enumerate(row):
            place = shape.table.cell(n, m)
            if n == 0:
                place.fill.solid()
                place.fill.fore_color.rgb = RGBColor.from_string(_ACCENT)
            paragraph = place.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if m in table.numeric else PP_ALIGN.LEFT
            _run(paragraph, cell, size=_CELL, color="FFFFFF" if n == 0 else _TEXT, bold=n == 0)


def _chart(slide: Any, chart: Chart) -> None:
    data = CategoryChartData(number_format="#,##0")
    upwards = chart.form == "columns"
    data.categories = chart.categories if upwards else chart.categories[::-1]  # bars are counted from below
    for series in chart.series:
        data.add_series(series.name, series.values if upwards else series.values[::-1])
    form = XL_CHART_TYPE.COLUMN_STACKED if upwards else XL_CHART_TYPE.BAR_STACKED
    place = Inches(MARGIN), Inches(_TOP), Inches(WIDE - 2 * MARGIN), Inches(_HIGH - _TOP - 0.4)
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
