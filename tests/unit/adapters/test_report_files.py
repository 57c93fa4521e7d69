"""Documents as PDF and as slides, read back."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL

from copilot.adapters.reports.pdf import as_pdf
from copilot.adapters.reports.slides import as_slides
from copilot.domain.documents import (
    Bullets,
    Chart,
    Document,
    Line,
    Paragraph,
    Section,
    Series,
    Subheading,
    Table,
)

LONG = "A sentence that is long enough to need a good part of a line, if not all of it, said once more. " * 3
CHART = Chart(
    title="How much value, quarter by quarter?",
    unit="USD",
    form="columns",
    categories=("Q1 2026", "Q2 2026", "Q3 2026"),
    series=(
        Series(name="Agreed", values=(29120, None, 5500)),
        Series(name="Not", values=(None, None, 37440), firm=False),
    ),
)
BARS = CHART.model_copy(update={"form": "bars", "title": "Which kinds?"})
TABLE = Table(
    caption="Value by quarter",
    columns=("Quarter", "Agreed"),
    rows=((Line(text="Q1 2026", notes=(1,)), Line(text="€29,120")), (Line(text="Q2 2026"), Line(text="—"))),
    numeric=(1,),
)


def document(*more: Section, rows: int = 0) -> Document:
    many = TABLE.model_copy(update={"rows": TABLE.rows + ((Line(text=LONG), Line(text="—")),) * rows})
    blocks = (
        Paragraph(line=Line(text="Żółw, Łukasz, Şahin, Đặng, Ελλάδα, Київ − “quoted”", notes=(2,))),
        CHART,
        many,
        BARS,
    )
    return Document(
        title="Müller & Søn: value delivered",
        subtitle="Q3 2026",
        sections=(Section(title="What has it brought?", blocks=blocks), *more),
        footnotes=("Priya on 22 April 2026: “840 hours”", "typed by Owen"),
    )


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    read = pypdfium2.PdfDocument(pdf)
    try:
        return [read[n].get_textpage().get_text_bounded() for n in range(len(read))]
    finally:
        read.close()


def slides_of(document: Document) -> Any:
    return Presentation(io.BytesIO(as_slides(document)))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


STORY = Section(
    title="How did it come about?",
    blocks=(Subheading(text="Faster"), Bullets(lines=tuple(Line(text=f"{n} {LONG}") for n in range(12)))),
)


class TestPdf:
    def test_holds_every_word_with_its_accents(self) -> None:
        text = "\n".join(words_of(as_pdf(document(STORY))))
        for words in (
            "Müller & Søn",
            "Łukasz",
            "Şahin",
            "Đặng",
            "Ελλάδα",
            "Київ",
            "−",
            "€29,120",
            "37,440",
            "“840 hours”",
        ):
            assert words in text

    def test_numbers_its_pages_and_ends_with_what_it_stands_on(self) -> None:
        pages = words_of(as_pdf(document(STORY, rows=20)))
        assert len(pages) > 2
        assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1))
        assert "What this stands on" in pages[-1]

    def test_a_heading_is_never_the_last_thing_on_a_page(self) -> None:
        many = [Section(title=f"Question {n}?", blocks=(Paragraph(line=Line(text=LONG)), CHART)) for n in range(6)]
        for page in words_of(as_pdf(document(*many))):
            lines = [line for line in page.strip().splitlines() if " / " not in line]
            assert not lines[-1].startswith("Question")


class TestSlides:
    def test_have_charts_that_can_be_edited(self) -> None:
        charts = [shape.chart for slide in slides_of(document()).slides for shape in slide.shapes if shape.has_chart]
        columns, bars = charts
        agreed, calculated = columns.plots[0].series
        assert columns.chart_title.text_frame.text.startswith("How much value, quarter by quarter?")
        assert list(columns.plots[0].categories) == list(CHART.categories)
        assert (tuple(agreed.values), tuple(calculated.values)) == ((29120, None, 5500), (None, None, 37440))
        assert (agreed.format.fill.type, calculated.format.fill.type) == (MSO_FILL.SOLID, MSO_FILL.PATTERNED)
        assert list(bars.plots[0].categories) == list(CHART.categories)[::-1]

    def test_have_tables_and_their_sources_in_the_notes(self) -> None:
        slide = next(s for s in slides_of(document()).slides if any(shape.has_table for shape in s.shapes))
        (table,) = [shape.table for shape in slide.shapes if shape.has_table]
        assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["Q1 2026 1", "€29,120"]
        assert "“840 hours”" in slide.notes_slide.notes_text_frame.text

    def test_all_of_it_is_on_some_slide(self) -> None:
        deck = slides_of(document(STORY, rows=9))
        text = "\n".join(shape.text_frame.text for s in deck.slides for shape in s.shapes if shape.has_text_frame)
        assert all(f"• {n} A sentence" in text for n in range(12))
        assert "Faster" in titles(deck)
        assert "Faster (continued)" in titles(deck)
        rows = sum(len(sh.table.rows) - 1 for s in deck.slides for sh in s.shapes if sh.has_table)
        assert rows == 11

    def test_what_is_short_stands_on_one_slide_with_its_subheadings(self) -> None:
        lines = Bullets(lines=(Line(text="One", notes=(1,)),))
        short = Section(title="Which?", blocks=(lines, Subheading(text="Not so"), lines, Subheading(text="Nor"), lines))
        deck = slides_of(document(short))
        (slide,) = [s for s in deck.slides if s.shapes.title.text_frame.text == "Which?"]
        (frame,) = [shape.text_frame for shape in slide.shapes if shape.has_text_frame and shape != slide.shapes.title]

        assert [paragraph.text for paragraph in frame.paragraphs] == ["• One 1", "Not so", "• One 1", "Nor", "• One 1"]

    def test_what_leads_a_line_is_bold_and_a_part_says_of_what(self) -> None:
        told = Paragraph(line=Line(lead="Measure the baseline.", text=LONG))
        story = Section(title="How?", blocks=(Subheading(text="Faster"), *[told] * 6, Subheading(text="Safer"), told))
        deck = slides_of(document(story))
        (slide,) = [s for s in deck.slides if s.shapes.title.text_frame.text == "Safer"]
        _, above, text = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
        runs = text.paragraphs[0].runs

        assert above.text == "How?"
        assert [(run.text, run.font.bold) for run in runs] == [("Measure the baseline. ", True), (LONG, False)]

    @pytest.mark.parametrize("rows", [0, 9, 40])
    def test_nothing_reaches_over_the_edge(self, rows: int) -> None:
        deck = slides_of(document(STORY, rows=rows))
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height
