"""What has come since the last review, so that no review tells the same story twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from copilot.domain.call import CallKind
from copilot.domain.demonstration import Persona
from copilot.review.ledger import Ledger
from copilot.review.value_report.entries import Calculation, Statement
from copilot.review.value_report.grounds import Sources, distinct
from copilot.review.value_report.quarters import day_text
from copilot.review.value_report.worded import standing_at, sum_sentence


def last_review(book: Ledger) -> date | None:
    """The day of the last review of value that has taken place."""
    return max((call.on for call in book.calls if call.kind is CallKind.QBR and call.on <= book.today), default=None)


def news(
    book: Ledger, since: date | None, calculations: Sequence[Calculation], sources: Sources, persona: Persona | None
) -> tuple[Statement, ...]:
    """Readings, sums, agreements and milestones after that day; nothing where there was no review."""
    if since is None:
        return ()
    return (
        *_readings(book, since, sources),
        *_sums(since, calculations, persona),
        *_agreements(book, since, calculations),
        *_milestones(book, since),
    )


def _readings(book: Ledger, since: date, sources: Sources) -> Iterator[Statement]:
    for metric in book.metrics:
        newest = metric.latest
        if newest is not None and newest.on > since and (grounds := sources.reading(newest)):
            yield Statement(text=standing_at(newest, metric), grounds=grounds)


def _sums(since: date, calculations: Sequence[Calculation], persona: Persona | None) -> Iterator[Statement]:
    for calculation in calculations:
        if calculation.value is not None and calculation.noted_on > since:
            yield Statement(text=sum_sentence(calculation, persona), grounds=distinct(calculation.grounds))


def _agreements(book: Ledger, since: date, calculations: Sequence[Calculation]) -> Iterator[Statement]:
    for calculation in calculations:
        agreed = book.agreements.get(calculation.name)
        if calculation.agreed is not None and agreed is not None and agreed.note.on > since:
            yield Statement(text=f"{calculation.name}: {calculation.agreed.text}", grounds=calculation.agreed.grounds)


def _milestones(book: Ledger, since: date) -> Iterator[Statement]:
    for line in book.milestones:
        if line.done_on is not None and line.done_on > since and line.note is not None:
            ground = {"how": "typed", "text": f"milestone written down as of {day_text(line.done_on)}"}
            yield Statement.model_validate({"text": f"{line.title}: {line.checkpoint}", "grounds": [ground]})
