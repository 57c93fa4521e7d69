"""The report as a document for the customer: what holds, with footnotes, in the order that suits its reader.

What is for us alone stays out of it: where the report is weak, and how to answer doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from copilot.domain.documents import Block, Bullets, Document, Line, Paragraph, Section, Subheading, Table
from copilot.review.value_report.charts import kinds_chart, trend_charts
from copilot.review.value_report.checks import is_for_us
from copilot.review.value_report.entries import (
    NOT_TOLD,
    Calculation,
    Ground,
    Open,
    QuarterLine,
    Return,
    Statement,
    Story,
    StoryPart,
    ValueReport,
)
from copilot.review.value_report.money import Ranged
from copilot.review.value_report.quarters import day_text, is_over, period_of
from copilot.review.value_report.worded import lowered

_ORDERS: Mapping[str, Sequence[str]] = {
    "figures": ("totals", "value", "trend", "improvements", "new", "story", "next"),
    "story": ("story", "improvements", "totals", "value", "trend", "new", "next"),
    "improvements": ("improvements", "new", "totals", "value", "trend", "story", "next"),
}
_NONE = "—"


class Footnotes:
    """Numbers footnotes in the order in which they are first needed."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def line(self, text: str, grounds: Iterable[Ground] = ()) -> Line:
        notes = tuple(dict.fromkeys(self._numbers.setdefault(g.text, len(self._numbers) + 1) for g in grounds))
        return Line(text=text, notes=notes)

    def said(self, statement: Statement) -> Line:
        return self.line(statement.text, statement.grounds)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._numbers)


def document_of(report: ValueReport) -> Document:
    """Sections without anything to say are left out, but that nothing in money is said outright."""
    notes = Footnotes()
    order = _ORDERS[report.reader.opens_with if report.reader else "figures"]
    sections = [
        Section(title=_title(name, report), blocks=blocks)
        for name in order
        if (blocks := tuple(_SECTIONS[name](report, notes)))
    ]
    return Document(title=report.title, subtitle=_subtitle(report), sections=tuple(sections), footnotes=notes.texts)


def _subtitle(report: ValueReport) -> str:
    parts = [report.quarter_title, f"as of {day_text(report.today)}"]
    if report.reader:
        parts.append(f"for the {report.reader.title}: {report.reader.focus[:1].lower()}{report.reader.focus[1:]}")
    return ", ".join(parts)


def _title(name: str, report: ValueReport) -> str:
    titles = {
        "totals": f"What has {report.quarter_title} brought, and what did it cost?",
        "value": "What is the value made of?",
        "trend": "How much, and is it growing?",
        "improvements": "Which of your figures have moved?",
        "new": f"What is new since {day_text(report.since)}?" if report.since else "What is new?",
        "story": "How did it come about?",
        "next": "What is next?",
    }
    reader = report.reader
    if reader is not None and name == {"figures": "totals"}.get(reader.opens_with, reader.opens_with):
        return f"{reader.language}: {titles[name][:1].lower()}{titles[name][1:]}"
    return titles[name]


def _totals(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    if report.held_back:  # why is for us, not for the customer
        yield Paragraph(line=Line(text="Nothing is put in money yet."), tone="aside")
        return
    value = [("Value delivered", report.totals)]
    if report.annualised:
        value.append(("A year at this rate", report.annualised))
    rows = [
        (notes.line(i.what, i.grounds), Line(text=(i.in_quarter.text if i.in_quarter else _NONE)))
        for i in report.investments
    ]
    rows += [(Line(text=title), Line(text=_sums(sums))) for title, sums in value]
    if report.totals:
        rows.append((Line(text="Return"), Line(text=_returns(report.returns))))
    yield Table(caption="Investment and return", columns=("Item", "Amount"), rows=tuple(rows), numeric=(1,))
    yield from (
        Paragraph(line=Line(text=f"{i.what}: {i.problem}."), tone="open") for i in report.investments if i.problem
    )
    yield Paragraph(line=Line(text=_how_counted(report)), tone="aside")


def _how_counted(report: ValueReport) -> str:
    counted = "all sums, agreed or not" if report.with_calculated else "sums that you have agreed to"
    words = [f"What counts: {counted}, each by its low end. Return: {report.return_definition}"]
    if report.annualised:
        words.append("A year at this rate is the quarter four times over; it is no forecast.")
    if report.left_out:
        count = "One sum has" if report.left_out == 1 else f"{report.left_out} sums have"
        words.append(f"{count} not been agreed to, and {'is' if report.left_out == 1 else 'are'} left out.")
    return " ".join(words)


def _value(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    shown = [c for c in report.calculations if c.value is not None]
    if not shown:
        return
    chart = kinds_chart(report)
    if chart is not None:
        yield chart
    columns = ("Kind of value", "How it is made", "Value", "Agreed")
    rows = tuple(_value_row(c, notes) for c in shown)
    yield Table(caption="Value by calculation", columns=columns, rows=rows, numeric=(2,))
    missing = [kind.title.lower() for kind in report.kinds if not (kind.agreed or kind.calculated)]
    if missing:
        yield Paragraph(line=Line(text=f"Nothing is calculated for: {', '.join(missing)}."), tone="aside")
    cautions = [Line(text=f"{c.name}: {caution}.") for c in shown for caution in c.cautions if not is_for_us(caution)]
    if cautions:
        yield Bullets(lines=tuple(cautions))


def _value_row(calculation: Calculation, notes: Footnotes) -> tuple[Line, ...]:
    states = {"agreed": "agreed", "changed_since": "changed since", "not_agreed": "not yet"}
    agreed = calculation.agreed
    return (
        Line(text=f"{calculation.formula_title}: {calculation.name}"),
        notes.line(made(calculation), (g for line in calculation.inputs for g in line.grounds)),
        Line(text=calculation.value.text if calculation.value else _NONE),
        notes.said(agreed) if agreed else Line(text=states[calculation.agreement]),
    )


def made(calculation: Calculation) -> str:
    """The formula with its inputs, the share, and how sure the figures are."""
    inputs = "; ".join(f"{line.title} {lowered(line.figure or _NONE)}" for line in calculation.inputs)
    share = f"Share put down to us {calculation.share_text}; confidence {calculation.confidence}."
    formula = f"{calculation.formula_text[:1].upper()}{calculation.formula_text[1:]}"
    return f"{formula}. {inputs}. {share}"


def _trend(report: ValueReport, _notes: Footnotes) -> Iterator[Block]:
    if all(line.is_empty for line in report.trend):
        return
    yield from trend_charts(report)
    columns = ("Quarter", "Agreed", "Calculated, not agreed", "Invested", "Return on what is agreed")
    rows = tuple(_trend_row(line) for line in report.trend)
    yield Table(caption="Value by quarter", columns=columns, rows=rows, numeric=(1, 2, 3, 4))


def _trend_row(line: QuarterLine) -> tuple[Line, ...]:
    title = line.title if line.complete else f"{line.title}, not over yet"
    cells = (title, _sums(line.agreed), _sums(line.calculated), _sums(line.invested), _returns(line.returns))
    return tuple(Line(text=cell) for cell in cells)


def _improvements(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    if (report.improvements or report.setbacks) and is_over(period_of(report.quarter), report.today):
        as_of = (
            f"These stand as of {day_text(report.today)}, each with its day; sums are of {report.quarter_title} alone."
        )
        yield Paragraph(line=Line(text=as_of), tone="aside")
    if report.improvements:
        yield Bullets(lines=tuple(map(notes.said, report.improvements)))
    if report.setbacks:
        yield Subheading(text="What has not moved the right way")
        yield Bullets(lines=tuple(map(notes.said, report.setbacks)))


def _new(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    if report.new:
        yield Bullets(lines=tuple(map(notes.said, report.new)))


def _story(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    """Those of which something is told; the others are named under what is next."""
    for story in report.stories:
        if story.is_told:
            yield Subheading(text=story.text)
            yield from _parts(story, notes)


def _parts(story: Story, notes: Footnotes) -> Iterator[Block]:
    for part in story.parts:
        for n, statement in enumerate(part.statements):
            lead = f"{part.title}." if n == 0 else ""
            yield Paragraph(line=notes.said(statement).model_copy(update={"lead": lead}))
    still_open = [_named(part, missing) for part in story.parts for missing in part.open]
    if still_open:
        yield Paragraph(line=Line(text=f"Still open: {'; '.join(still_open)}."), tone="open")


def _named(part: StoryPart, missing: Open) -> str:
    title = lowered(part.title)
    return title if missing.what == NOT_TOLD else f"{title} ({missing.what.rstrip('.')})"


def _next(report: ValueReport, notes: Footnotes) -> Iterator[Block]:
    if report.goals:
        yield Bullets(lines=tuple(map(notes.said, report.goals)))
    else:
        yield Paragraph(
            line=Line(text=f"Open: no goal is written down for {report.goals_title}. What is that quarter for?"),
            tone="open",
        )
    untold = [f"“{story.text}”" for story in report.stories if not story.is_told]
    if untold:
        yield Paragraph(line=Line(text=f"Still open: nothing has been told yet of {', '.join(untold)}."), tone="open")


def _sums(sums: Sequence[Ranged]) -> str:
    return " and ".join(one.text for one in sums) or _NONE


def _returns(returns: Sequence[Return]) -> str:
    """A return in words; in several currencies each by its name."""
    several = len(returns) > 1
    told = (
        f"{f'{one.currency}: ' if several else ''}{one.text}{f' ({one.why_not})' if one.why_not else ''}"
        for one in returns
    )
    return "; ".join(told) or _NONE


_SECTIONS: Mapping[str, Callable[[ValueReport, Footnotes], Iterator[Block]]] = {
    "totals": _totals,
    "value": _value,
    "trend": _trend,
    "improvements": _improvements,
    "new": _new,
    "story": _story,
    "next": _next,
}
