"""A document as PDF, A4: text that can be searched and copied, charts drawn, footnotes at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import assert_never

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from copilot.domain.documents import Block, Bullets, Chart, Document, Line, Paragraph, Subheading, Table
from copilot.domain.drawings import Mark, drawn

_FONTS = Path(__file__).parent / "fonts"
_MARGIN, _BODY, _SMALL = 18.0, 10.0, 8.5  # mm, points, points
_LEADING = 1.45
_TO_MM = 25.4 / 72
_TEXT, _MUTED, _WARN = (22, 26, 32), (80, 89, 101), (127, 70, 0)
_ACCENT, _RULE, _PAPER = (29, 91, 184), (213, 218, 225), (255, 255, 255)
_HATCH_MM = 2.0


def as_pdf(document: Document) -> bytes:
    pdf = _Pages()
    pdf.set_lang(document.language)
    pdf.set_title(document.title)
    pdf.add_page()
    pdf.heading(document.title, 18)
    pdf.text_block(Line(text=document.subtitle), color=_MUTED)
    for section in document.sections:
        pdf.heading(section.title, 13, before=6, keep=_kept_together(pdf, section.blocks[0]))
        for block in section.blocks:
            _write(pdf, block)
    if document.footnotes:
        pdf.heading("What this stands on", 13, before=6)
        for number, text in enumerate(document.footnotes, 1):
            pdf.text_block(Line(text=f"{number}  {text}"), size=_SMALL)
    return bytes(pdf.output())


class _Pages(FPDF):
    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margin(_MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.add_font("DejaVu", "", _FONTS / "DejaVuSans.ttf")
        self.add_font("DejaVu", "B", _FONTS / "DejaVuSans-Bold.ttf")
        self.set_font("DejaVu", size=_BODY)
        self.alias_nb_pages()

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("DejaVu", size=_SMALL)
        self.set_text_color(*_MUTED)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    def heading(self, text: str, size: float, *, before: float = 0, keep: float = 24) -> None:
        """On the same page as `keep` mm of what follows it."""
        self.room_for(before + size * _TO_MM * 2.6 + keep)
        self.ln(before)
        self.set_font("DejaVu", "B", size)
        self.set_text_color(*_TEXT)
        self.multi_cell(0, size * _TO_MM * 1.3, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1.5)

    def text_block(
        self, line: Line, *, size: float = _BODY, color: tuple[int, int, int] = _TEXT, mark: str = ""
    ) -> None:
        self.set_font("DejaVu", size=size)
        self.set_text_color(*color)
        left, height = self.l_margin, size * _TO_MM * _LEADING
        if mark:
            self.cell(5, height, mark)
            self.set_left_margin(left + 5)
        if line.lead:
            self.set_font("DejaVu", "B", size)
            self.write(height, f"{line.lead} ")
            self.set_font("DejaVu", size=size)
        self.write(height, with_notes(line))
        self.ln(height)
        self.set_left_margin(left)
        self.set_x(left)
        self.ln(1)

    def room_for(self, height: float) -> None:
        if self.will_page_break(height):
            self.add_page()


def _kept_together(pdf: _Pages, block: Block) -> float:
    """How much of a section's first block has to stay with its heading, in mm."""
    match block:
        case Chart():
            return _chart_height(pdf, block)
        case Table():
            return 40
        case Subheading():
            return 45
        case _:
            return 24


def _write(pdf: _Pages, block: Block) -> None:
    match block:
        case Paragraph(line=line, tone=tone):
            color = {"plain": _TEXT, "open": _WARN, "aside": _MUTED}[tone]
            pdf.text_block(line, color=color, size=_SMALL if tone == "aside" else _BODY)
        case Bullets(lines=lines):
            for line in lines:
                pdf.text_block(line, mark="•")
        case Subheading(text=text):
            pdf.heading(text, 10.5, before=2)
        case Table():
            _table(pdf, block)
        case Chart():
            _chart(pdf, block)
        case _:
            assert_never(block)


def _table(pdf: _Pages, table: Table) -> None:
    pdf.room_for(30)
    pdf.set_font("DejaVu", size=_SMALL)
    pdf.set_text_color(*_TEXT)
    pdf.set_draw_color(*_RULE)
    pdf.set_fill_color(*_PAPER)
    with pdf.table(
        borders_layout="HORIZONTAL_LINES",
        col_widths=_widths(table),
        headings_style=FontFace(emphasis="BOLD"),
        line_height=_SMALL * _TO_MM * 1.4,
        padding=(1.2, 1.5),
        text_align=tuple("RIGHT" if n in table.numeric else "LEFT" for n in range(len(table.columns))),
        v_align="T",
    ) as drawn_table:
        for cells in (table.columns, *(map(with_notes, row) for row in table.rows)):
            row = drawn_table.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(2)


def _widths(table: Table) -> tuple[int, ...]:
    """By what the columns hold, so that a long cell has room and a figure is not broken."""
    longest = [max(len(line.text) for line in (Line(text=c), *(r[n] for r in table.rows))) for n, c in _numbered(table)]
    return tuple(min(max(length, 16), 52) for length in longest)


def _numbered(table: Table) -> Iterable[tuple[int, str]]:
    return enumerate(table.columns)


def _chart(pdf: _Pages, chart: Chart) -> None:
    drawing = drawn(chart)
    scale = pdf.epw / drawing.width
    pdf.room_for(_chart_height(pdf, chart))
    pdf.set_font("DejaVu", "B", _BODY)
    pdf.set_text_color(*_TEXT)
    pdf.multi_cell(0, 5, chart.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    _legend(pdf, chart)
    left, top = pdf.l_margin, pdf.get_y()
    pdf.set_font("DejaVu", size=_SMALL)
    for mark in drawing.marks:
        _mark(pdf, mark, left, top, scale)
        _label(pdf, mark.label, left + mark.label_x * scale, top + mark.label_y * scale, mark.anchor)
    for name in drawing.names:
        _label(pdf, name.text, left + name.x * scale, top + name.y * scale, name.anchor)
    x1, y1, x2, y2 = drawing.axis
    pdf.set_draw_color(*_MUTED)
    pdf.line(left + x1 * scale, top + y1 * scale, left + x2 * scale, top + y2 * scale)
    pdf.set_xy(left, top + drawing.height * scale + 2)


def _chart_height(pdf: _Pages, chart: Chart) -> float:
    drawing = drawn(chart)
    return drawing.height * pdf.epw / drawing.width + 18


def _legend(pdf: _Pages, chart: Chart) -> None:
    pdf.set_font("DejaVu", size=_SMALL)
    pdf.set_text_color(*_MUTED)
    y, x = pdf.get_y() + 1, pdf.l_margin
    for series in chart.series:
        _area(pdf, x, y + 0.8, 3, 3, firm=series.firm)
        pdf.text(x + 4.5, y + 3.4, series.name)
        x += 9 + pdf.get_string_width(series.name)
    pdf.text(x, y + 3.4, f"in {chart.unit}, by the low end")
    pdf.set_xy(pdf.l_margin, y + 6)
    pdf.set_text_color(*_TEXT)


def _mark(pdf: _Pages, mark: Mark, left: float, top: float, scale: float) -> None:
    _area(pdf, left + mark.x * scale, top + mark.y * scale, mark.width * scale, mark.height * scale, firm=mark.firm)


def _area(pdf: _Pages, x: float, y: float, width: float, height: float, *, firm: bool) -> None:
    """Solid, or an outline with a hatch that needs no colour."""
    if width <= 0 or height <= 0:
        return
    pdf.set_draw_color(*_ACCENT)
    pdf.set_fill_color(*_ACCENT)
    pdf.rect(x, y, width, height, style="DF" if firm else "D")
    if firm:
        return
    with pdf.rect_clip(x, y, width, height):
        for n in range(1 + int((width + height) / _HATCH_MM)):
            pdf.line(x + n * _HATCH_MM - height, y + height, x + n * _HATCH_MM, y)


def _label(pdf: _Pages, text: str, x: float, y: float, anchor: str) -> None:
    width = pdf.get_string_width(text) if text else 0
    if text:
        pdf.text(x - width / 2 if anchor == "middle" else x, y, text)


def with_notes(line: Line) -> str:
    return f"{line.text} {''.join(f'[{n}]' for n in line.notes)}".strip()
