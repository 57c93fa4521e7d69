"""Accounts with sums in few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from copilot.domain.accounts import (
    AccountNote,
    AgreementNoted,
    Assumed,
    Figure,
    GoalSet,
    Heard,
    Invested,
    Period,
    Quoted,
    Typed,
)
from copilot.domain.journal import Subject, Written
from copilot.review.ledger import AccountCall, figure_of, ledger
from copilot.review.value_report import Asked, ValueReport, value_report
from copilot.review.value_report.entries import Calculation
from tests.unit.analysis.books import playbook
from tests.unit.review.ledger.accounts import Line, call, capability, metric, outcome

Q1, Q2 = Period(start=date(2026, 1, 1), end=date(2026, 3, 31)), Period(start=date(2026, 4, 1), end=date(2026, 6, 30))
TODAY = date(2026, 7, 1)
METRIC = "kick-off:M1"
HOURS_SAID = "That is 840 hours fewer on the road."

FASTER = Line(
    "We want to close a ticket in 24 hours, it takes us 48 hours today.",
    (
        outcome("Close a ticket faster"),
        metric("Time to close a ticket", outcomes=("O1",), baseline="48 hours", target="24 hours"),
    ),
)
SYNC = Line("For that we need a sync with the ERP.", (capability("Sync with the ERP", outcomes=("O1",)),))
NOW = Line(
    "The time to close a ticket went from 48 hours to 31 hours.",
    (metric("Time to close a ticket", baseline="48 hours", target="31 hours"),),
)
KICK_OFF = call("kick-off", FASTER, SYNC, on=date(2026, 1, 12))
REVIEW = call("review", NOW, Line(HOURS_SAID), Line("I agree with that."), on=date(2026, 4, 22), kind="qbr")
CALLS = (KICK_OFF, REVIEW)


def assumed(
    name: str, formula: str, period: Period = Q2, *, promise: str | None = METRIC, **given: str | Assumed
) -> list[AccountNote]:
    """A calculation of typed figures, by the formula's inputs."""
    shared: dict[str, Any] = {"calculation": name, "formula": formula, "period": period, "promise": promise}
    return [
        given_note
        if isinstance(given_note, Assumed)
        else Assumed(input=one, figure=figure_of(given_note), source=Typed(origin="finance"), **shared)
        for one, given_note in given.items()
    ]


def hours(name: str = "Hours", period: Period = Q2, **fields: Any) -> list[AccountNote]:
    """840 hours at $50, or as the fields say."""
    figures = {"hours_saved": "840 hours", "hourly_rate": "$50", **fields.pop("figures", {})}
    return [
        Assumed(
            calculation=name,
            formula="time_savings",
            input=one,
            figure=figure_of(figure) if isinstance(figure, str) else figure,
            period=period,
            **{"promise": METRIC, "source": Typed(origin="van logs"), **fields},
        )
        for one, figure in figures.items()
        if figure
    ]


def agreed(name: str = "Hours", on: date = date(2026, 6, 30)) -> AgreementNoted:
    return AgreementNoted(calculation=name, customer="Gwen", on=on)


def paid(amount: str, period: Period = Q2, what: str = "Licence") -> Invested:
    return Invested(what=what, amount=figure_of(amount), period=period, by="Owen")


def goal(text: str = "A rule for couriers", quarter: str = "2026-Q3", promise: str | None = METRIC) -> GoalSet:
    return GoalSet(text=text, quarter=quarter, promise=promise, by="Owen")


def heard(call_id: str, utterance: int, quote: str) -> Heard:
    return Heard(said=Quoted(call=call_id, utterance=utterance, quote=quote))


def figure(text: str) -> Figure:
    return figure_of(text)


def report(
    *notes: AccountNote | list[AccountNote],
    calls: Sequence[AccountCall] = CALLS,
    today: date = TODAY,
    **asked: Any,
) -> ValueReport:
    """The report on these calls and notes, which were written on the day before."""
    flat: list[AccountNote] = []
    for one in notes:
        flat += one if isinstance(one, list) else [one]
    moment = datetime.combine(date(2026, 6, 30), time(9), UTC)
    written = [Written(n, moment, Subject("account", "Larkfield"), note) for n, note in enumerate(flat, 1)]
    milestones = playbook().value_demonstration.milestones
    book = ledger("Larkfield", calls, written, today, milestones=milestones)
    return value_report(book, calls, playbook(), Asked(**asked))


def only_sum(*notes: AccountNote | list[AccountNote], **given: Any) -> Calculation:
    (calculation,) = report(*notes, **given).calculations
    return calculation
