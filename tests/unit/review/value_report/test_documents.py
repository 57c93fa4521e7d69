"""The report as a document: what each form of it looks like."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest

from copilot.domain.accounts import Typed
from copilot.domain.documents import Chart, Document, Line, Series, Table
from copilot.domain.drawings import drawn
from copilot.review.value_report.document import document_of
from copilot.review.value_report.markdown import as_markdown
from copilot.review.value_report.page import as_html
from copilot.review.value_report.plain_text import as_text, for_us
from tests.unit.review.ledger.accounts import reading
from tests.unit.review.value_report.accounts import KICK_OFF, METRIC, Q1, agreed, goal, hours, paid, report

NOTES = (hours("Driving", Q1), agreed("Driving"), paid("$33,000", Q1), hours(), paid("$24,000"), goal())


class Outline(HTMLParser):
    """A page's headings, its tables' headings, and its language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


@pytest.fixture(scope="module")
def document() -> Document:
    return document_of(report(*NOTES, quarter="2026-Q2"))


class TestMarkdown:
    def test_has_the_sums_as_tables(self, document: Document) -> None:
        text = as_markdown(document).replace("\\", "")
        assert text.startswith("# Larkfield: value delivered in Q2 2026\n\nQ2 2026, as of 1 July 2026\n")
        assert "| Q1 2026 | $42,000 | — | $33,000 | 127 % |" in text
        assert "| Q2 2026 | — | $42,000 | $24,000 | — |" in text
        assert "One sum has not been agreed to, and is left out." in text

    def test_every_footnote_is_there_and_used(self, document: Document) -> None:
        text = as_markdown(document)
        used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
        assert used == {str(n) for n in range(1, len(document.footnotes) + 1)}
        assert set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)) == used

    def test_is_never_about_the_past_alone(self) -> None:
        assert "no goal is written down for Q3 2026" in as_markdown(document_of(report(hours())))

    def test_has_no_weakness_of_a_sum_which_stands_beside_it(self) -> None:
        untold = report(hours(source=Typed(), promise=None), with_calculated=True)

        text = as_markdown(document_of(untold))
        assert "where every figure" not in text
        assert "tied to no metric" not in text
        assert "does not say where every figure is from" in " ".join(for_us(untold).split())

    def test_says_that_figures_are_of_its_day_and_sums_of_the_quarter(self) -> None:
        later = reading(METRIC, "23 hours", date(2026, 8, 1), by="Ruben")
        moved = "to 23 hours on 1 August 2026"
        said = "These stand as of 9 August 2026, each with its day; sums are of Q2 2026 alone."
        without = report(hours(), agreed(), quarter="2026-Q2", today=date(2026, 8, 9))
        shown = report(hours(), agreed(), later, quarter="2026-Q2", today=date(2026, 8, 9))
        going_on = report(hours(), agreed(), later, quarter="2026-Q3", today=date(2026, 8, 9))

        assert shown.totals == without.totals
        assert moved in (text := as_markdown(document_of(shown)))
        assert said in text
        assert moved in (text := as_markdown(document_of(going_on)))
        assert "These stand as of" not in text

    def test_people_write_no_markup(self) -> None:
        text = as_markdown(document_of(report(goal("<script> | [x](http://evil)"))))
        assert "<script>" not in text
        assert "\\<script\\>" in text


class TestText:
    def test_has_no_line_too_long(self, document: Document) -> None:
        assert max(map(len, as_text(document).splitlines())) <= 100

    def test_what_is_for_us_stands_apart(self) -> None:
        shown = report(hours())
        assert "No customer validation" in for_us(shown)
        assert "No customer validation" not in as_text(document_of(shown))


class TestPage:
    def test_has_a_language_a_title_and_headings_in_order(self, document: Document) -> None:
        page = Outline(as_html(document))
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
        assert next(page.all("html"))["lang"] == "en"
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))

    def test_its_tables_have_headings_for_rows_and_columns(self, document: Document) -> None:
        page = as_html(document)
        assert {heading["scope"] for heading in Outline(page).all("th")} == {"col", "row"}
        assert page.count("<caption>") == page.count("<table") > 0

    def test_its_charts_have_names_and_a_table_beside(self, document: Document) -> None:
        named = [svg for svg in Outline(as_html(document)).all("svg") if svg.get("role") == "img"]
        charts = [block for section in document.sections for block in section.blocks if isinstance(block, Chart)]
        assert len(named) == len(charts) == 2
        assert all("?" in str(svg["aria-label"]) for svg in named)
        for section in document.sections:
            kinds = [type(block) for block in section.blocks]
            assert Chart not in kinds or Table in kinds

    def test_it_loads_and_runs_nothing(self, document: Document) -> None:
        page = Outline(as_html(document))
        assert not [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe")]
        assert not [attributes for _, attributes in page.tags if "style" in attributes]

    def test_people_write_no_markup(self) -> None:
        assert "<b>now</b>" not in as_html(document_of(report(goal("Do it <b>now</b>"))))


class TestDrawing:
    def test_a_gap_has_no_mark_and_a_loss_goes_the_other_way(self) -> None:
        series = (
            Series(name="Agreed", values=(10.0, None, -5.0)),
            Series(name="Not", values=(5.0, None, None), firm=False),
        )
        drawing = drawn(Chart(title="How much?", unit="USD", form="columns", categories=("a", "b", "c"), series=series))
        zero = drawing.axis[1]
        first, second, loss = drawing.marks
        assert (first.firm, second.firm) == (True, False)
        assert second.y + second.height == pytest.approx(first.y)
        assert first.y + first.height == pytest.approx(zero)
        assert loss.y == pytest.approx(zero)

    def test_bars_are_as_long_as_their_figures(self) -> None:
        series = (Series(name="Agreed", values=(10.0, 5.0)),)
        one, two = drawn(Chart(title="?", unit="USD", form="bars", categories=("a", "b"), series=series)).marks
        assert one.width == pytest.approx(2 * two.width)


def test_a_row_has_a_cell_for_each_column(document: Document) -> None:
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_several_currencies_have_a_chart_each() -> None:
    euros = hours("Euros", figures={"hourly_rate": "€10"})
    sections = document_of(report(hours(), euros)).sections
    titles = [block.title for section in sections for block in section.blocks if isinstance(block, Chart)]
    assert titles == ["How much value, quarter by quarter? (USD)", "How much value, quarter by quarter? (EUR)"]


def test_an_account_with_nothing_in_it_has_a_report_all_the_same() -> None:
    empty = document_of(report(calls=()))
    assert next(line.text for line in _lines(empty)).startswith("Nothing is put in money yet")
    assert empty.title.endswith(": no value to report yet")


def test_what_speaks_against_sums_is_for_us_and_in_no_document() -> None:
    held = report(hours(), calls=(KICK_OFF,))
    assert held.held_back is not None
    assert held.held_back not in as_markdown(document_of(held))


def _lines(document: Document) -> Iterator[Line]:
    for section in document.sections:
        for block in section.blocks:
            if block.type == "paragraph":
                yield block.line
