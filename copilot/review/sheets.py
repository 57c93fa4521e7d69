"""Lines of CSV that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

Cell = str | float | bool | None

BYTE_ORDER_MARK = "\ufeff"
"""What a file begins with, by which spreadsheets know UTF-8."""

_FORMULAS = frozenset("=+-@＝＋－＠")
_BEFORE_FORMULAS = frozenset("\t\r\n")


def safe(text: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text[:1] in _BEFORE_FORMULAS or text.lstrip()[:1] in _FORMULAS else text


def bare(cell: str) -> str:
    """What `safe` was given: without the apostrophe that it put before it."""
    return cell[1:] if cell[:1] == "'" and safe(cell[1:]) == cell else cell


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A line for each row as it comes. A cell without a value is empty; a number is no text, and stays as it is."""
    line = _Line()
    writer = csv.writer(line)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
        yield line.take()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else f"{cell:.10g}"


class _Line:
    """What a CSV writer writes to."""

    def __init__(self) -> None:
        self._text = ""

    def write(self, text: str) -> None:
        self._text += text

    def take(self) -> str:
        text, self._text = self._text, ""
        return text
