"""A ledger as CSV: a line for every promise, or for every reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copilot.domain.accounts import Heard
from copilot.review.ledger.entries import STANDING_WORDS, Ledger, MetricEntry, Row
from copilot.review.ledger.told import CLAIMED, Reading, Told
from copilot.review.sheets import BYTE_ORDER_MARK, csv_lines

PROMISE_COLUMNS = (
    *("outcome", "metric", "id", "promised on", "call", "quote", "baseline", "target", "owner", "cadence"),
    *("latest", "latest on", "readings", "state", "reading due", "overdue"),
)
READING_COLUMNS = ("metric", "date", "figure", "source", "id", "how", "by", "note")


def promises_as_csv(book: Ledger) -> str:
    """A line for every row of the ledger."""
    return _csv(PROMISE_COLUMNS, (_promise(book, row) for row in book.rows))


def readings_as_csv(book: Ledger) -> str:
    """A line for every reading; the first columns are those that an import takes."""
    return _csv(READING_COLUMNS, (_reading(metric, r) for metric in book.metrics for r in metric.readings))


def _promise(book: Ledger, row: Row) -> Sequence[str]:
    outcome = book.outcome(row.outcome) if row.outcome else None
    metric = book.metric(row.metric) if row.metric else None
    entry = metric or outcome
    first = entry.first if entry else None
    quote = first.quotes[0].quote if first and first.quotes else ""
    return (
        outcome.text if outcome else "",
        metric.text if metric else "",
        entry.id if entry else "",
        first.on.isoformat() if first else "",
        (first.title or first.call) if first else "",
        quote,
        *_measured(metric),
        STANDING_WORDS[row.standing],
        metric.reading_due.isoformat() if metric and metric.reading_due else "",
        "yes" if metric and metric.overdue else "",
    )


def _measured(metric: MetricEntry | None) -> Sequence[str]:
    if metric is None:
        return ("",) * 7
    latest = metric.latest
    return (
        *(_text(told) for told in (metric.baseline, metric.target, metric.owner, metric.cadence)),
        latest.figure.text if latest else "",
        latest.on.isoformat() if latest else "",
        str(len(metric.readings)),
    )


def _reading(metric: MetricEntry, reading: Reading) -> Sequence[str]:
    source = reading.source
    origin = source.said.quote if isinstance(source, Heard) else source.origin
    number = str(reading.note) if reading.note else ""
    day, figure = reading.on.isoformat(), reading.figure.text
    how = f"{source.how}, {CLAIMED}" if reading.ours else source.how
    return (metric.text, day, figure, origin or "", metric.id, how, reading.by or "", number)


def _text(told: Told | None) -> str:
    if told is None:
        return ""
    return f"{told.text} ({CLAIMED})" if told.ours else told.text


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return BYTE_ORDER_MARK + "".join(csv_lines([columns, *rows]))
