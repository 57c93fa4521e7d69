"""Readings of an account's metrics that come in as CSV.

A heading names the columns: `metric` (its words in the ledger, or its id), `date` (as in 2026-01-31), `figure` (as a
person would write it, with its unit), and `source` for where it is from, which may be left out. Others are passed over,
and named with what was taken. Columns are parted by commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from copilot.domain.accounts import Figure, Imported, ReadingNoted
from copilot.domain.days import plausible
from copilot.errors import UnusableInput
from copilot.review.ledger.checking import UnusableNote, checked_reading, not_ahead
from copilot.review.ledger.entries import Ledger, MetricEntry
from copilot.review.ledger.figures import figure_of
from copilot.review.sheets import bare

MOST_LINES = 5000
_NEEDED = ("metric", "date", "figure")
_TAKEN = (*_NEEDED, "source")
_SHOWN = 5
_LONGEST_FIGURE = 200
_LONGEST_SOURCE = 2000
_LONGEST_COLUMN = 80


class UnusableReadings(UnusableInput):
    """A CSV that is not taken, with every line that is why; nothing of it was written down."""

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.file, self.problems = file, tuple(problems)
        more = len(problems) - _SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(f"{file}: nothing was imported; {'; '.join(problems[:_SHOWN])}{rest}")


@dataclass(frozen=True, slots=True)
class Readings:
    """What a file gave: its new readings, and the columns of it that nothing was taken from, by their names.

    `known` is how many of its lines say what a reading that stands, or an earlier line, says already.
    """

    notes: tuple[ReadingNoted, ...]
    known: int = 0
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Importing:
    file: str
    book: Ledger
    by: str | None
    named: Mapping[str, list[MetricEntry]]


def readings_in(text: str, *, file: str, book: Ledger, by: str | None = None) -> Readings:
    """The readings of a file, all of them or none. Raises UnusableReadings, which names lines and columns."""
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), delimiter=_delimiter(text))
    try:
        named = [cell.strip() for cell in next(rows, [])]
        lines = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnusableReadings(file, [f"line {rows.line_num} cannot be read ({error})"]) from error
    heading = [name.casefold() for name in named]
    if missing := [column for column in _NEEDED if column not in heading]:
        raise UnusableReadings(file, [f"its first line names no column {' and no '.join(missing)}"])
    if twice := [column for column in _TAKEN if heading.count(column) > 1]:
        raise UnusableReadings(file, [f"its first line names the column {' and the column '.join(twice)} twice"])
    if not lines:
        raise UnusableReadings(file, ["there is no line under its heading"])
    if len(lines) > MOST_LINES:
        raise UnusableReadings(file, [f"it has more than {MOST_LINES} lines"])
    notes = _all_or_none(lines, heading, _Importing(file, book, by, _by_name(book)))
    new = _new(notes, book)
    return Readings(new, len(notes) - len(new), tuple(_passed_over(named, [row for _, row in lines])))


def _new(notes: Sequence[ReadingNoted], book: Ledger) -> tuple[ReadingNoted, ...]:
    """Those that say something new; a figure that only our side said is not known until the customer's own comes."""
    known = {
        _said(metric.id, reading.on, reading.figure)
        for metric in book.metrics
        for reading in metric.readings
        if not reading.ours
    }
    first = {_said(note.promise, note.on, note.figure): note for note in reversed(notes)}
    return tuple(note for said, note in reversed(first.items()) if said not in known)


def _said(metric: str, on: date, figure: Figure) -> tuple[object, ...]:
    """What makes two readings one: whose, which day, and what it comes to, however it was written."""
    return metric, on, figure.model_copy(update={"text": ""})


def _passed_over(named: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The columns that are none of ours; one without a name only where there is something in it."""
    for place, name in enumerate(named):
        if name.casefold() in _TAKEN:
            continue
        if name:
            yield name[:_LONGEST_COLUMN]
        elif any(cell.strip() for row in rows for cell in row[place : place + 1]):
            yield f"column {place + 1}, which has no name"


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _by_name(book: Ledger) -> Mapping[str, list[MetricEntry]]:
    """Metrics by everything that can name them."""
    named: dict[str, list[MetricEntry]] = {}
    for metric in book.metrics:
        for name in {metric.text, *(m.text for m in metric.mentions), *(m.id for m in metric.mentions)}:
            named.setdefault(name.casefold(), []).append(metric)
    return named


def _all_or_none(
    lines: Sequence[tuple[int, Sequence[str]]], heading: Sequence[str], importing: _Importing
) -> tuple[ReadingNoted, ...]:
    notes, problems = [], []
    for line, row in lines:
        try:
            _check_width(row, heading)
            cells = {column: bare(cell).strip() for column, cell in zip(heading, row, strict=False)}
            notes.append(_note(cells, line, importing))
        except UnusableNote as problem:
            problems.append(f"line {line}, {problem.why}")
    if problems:
        raise UnusableReadings(importing.file, problems)
    return tuple(notes)


def _check_width(row: Sequence[str], heading: Sequence[str]) -> None:
    """A cell beyond the last column is most often half of a figure such as 1,200, whose other half would be taken."""
    if any(cell.strip() for cell in row[len(heading) :]):
        raise UnusableNote(
            f"cell {len(heading) + 1}: the first line names {len(heading)} columns, and this line goes on; "
            "a figure with the character that parts the columns has to stand in double quotes"
        )


@contextmanager
def _column(name: str) -> Iterator[None]:
    """What is wrong meanwhile is wrong in this column."""
    try:
        yield
    except UnusableNote as problem:
        raise UnusableNote(f"{name}: {problem.why}") from problem


def _note(cells: Mapping[str, str], line: int, importing: _Importing) -> ReadingNoted:
    if missing := [column for column in _NEEDED if not cells.get(column)]:
        raise UnusableNote(f"{missing[0]}: there is none")
    with _column("metric"):
        metric = _metric(cells["metric"], importing)
    with _column("date"):
        on = _day(cells["date"], importing.book.today)
    with _column("figure"):
        if len(cells["figure"]) > _LONGEST_FIGURE:
            raise UnusableNote(f"it has more than {_LONGEST_FIGURE} characters")
        source = Imported(file=importing.file, line=line, origin=cells.get("source", "")[:_LONGEST_SOURCE] or None)
        figure = figure_of(cells["figure"])
        note = ReadingNoted(by=importing.by, promise=metric.id, figure=figure, on=on, source=source)
        return checked_reading(note, metric, importing.book.today)


def _day(written: str, today: date) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise UnusableNote(f"“{written[:40]}” is no day; write it as 2026-01-31") from error
    try:
        plausible(day)
    except ValueError as error:
        raise UnusableNote(str(error)) from error
    return not_ahead(day, today)


def _metric(name: str, importing: _Importing) -> MetricEntry:
    found = importing.named.get(name.casefold(), [])
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(metric.id for metric in found)
        raise UnusableNote(f"“{name[:80]}” names several metrics; give the id of one: {ids}")
    known = ", ".join(f"“{metric.text}”" for metric in importing.book.metrics[:6])
    raise UnusableNote(f"there is no metric “{name[:80]}”; there are {known or 'none yet'}")
