"""Sums by quarter: what was agreed, what was only calculated, what was paid, and the return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from copilot.review.value_report.entries import Calculation, Investment, QuarterLine, Return
from copilot.review.value_report.money import Ranged, of_currency, percent_text, summed
from copilot.review.value_report.quarters import before, is_over, period_of, quarter_of, quarter_text, shares, span


def reported_quarter(calculations: Sequence[Calculation], today: date, *, with_calculated: bool = False) -> str:
    """The last quarter that has something to tell: a finished sum that counts, else any sum, else any calculation.

    Without calculations it is the last quarter that is over.
    """
    sums = [c for c in calculations if c.value is not None]
    counted = [c for c in sums if with_calculated or c.counts_as_agreed]
    for kept in (counted, sums, calculations):
        if finished := [quarter_of(c.period.end) for c in kept if is_over(c.period, today)]:
            return max(finished)
    return max((quarter_of(c.period.start) for c in calculations if c.period.start <= today), default=_last(today))


def _last(today: date) -> str:
    return before(quarter_of(today))


def trend(
    calculations: Sequence[Calculation], investments: Sequence[Investment], last: str, today: date
) -> tuple[QuarterLine, ...]:
    """Every quarter from the first with anything in it, gaps among them, to `last` or a later one's finished sum."""
    finished = (quarter_of(c.period.end) for c in calculations if c.value is not None and is_over(c.period, today))
    last = max((last, *finished))
    periods = [*(c.period for c in calculations), *(i.period for i in investments)]
    begun = [quarter_of(period.start) for period in periods]
    first = min((quarter for quarter in begun if quarter <= last), default=None)
    if first is None:
        return ()
    return tuple(_quarter(quarter, calculations, investments, today) for quarter in span(first, last))


def in_quarter(calculations: Iterable[Calculation], quarter: str) -> tuple[Ranged, ...]:
    """The part of each value that falls into a quarter."""
    return tuple(
        c.value.times(part)
        for c in calculations
        if c.value is not None and (part := shares(c.period).get(quarter, Decimal(0)))
    )


def paid_in(investments: Iterable[Investment], quarter: str) -> tuple[Ranged, ...]:
    parts = ((i.amount, shares(i.period).get(quarter, Decimal(0))) for i in investments if i.amount is not None)
    return summed(amount.times(part) for amount, part in parts if part)


def agreed(calculations: Iterable[Calculation]) -> list[Calculation]:
    return [c for c in calculations if c.counts_as_agreed]


def not_agreed(calculations: Iterable[Calculation]) -> list[Calculation]:
    return [c for c in calculations if not c.counts_as_agreed]


def split(calculations: Sequence[Calculation], quarter: str) -> dict[str, tuple[Ranged, ...]]:
    """A quarter's sums by currency: `agreed`, and `calculated` beyond that."""
    part: dict[str, Callable[[Iterable[Calculation]], list[Calculation]]] = {
        "agreed": agreed,
        "calculated": not_agreed,
    }
    return {name: summed(in_quarter(which(calculations), quarter)) for name, which in part.items()}


def returns(value: Sequence[Ranged], invested: Sequence[Ranged]) -> tuple[Return, ...]:
    """The return in each currency there is. The low end of the value counts, and the high end of the cost."""
    currencies = dict.fromkeys(one.currency for one in (*value, *invested))
    return tuple(_return(of_currency(value, c), of_currency(invested, c), c) for c in currencies)


def _return(value: Ranged | None, invested: Ranged | None, currency: str | None) -> Return:
    gained = value.low if value else (invested.low.times(Decimal(0)) if invested else None)
    assert gained is not None  # noqa: S101  a currency comes from the one or the other
    if value is None:
        why = "no value counts in this currency"
    elif invested is None:
        why = "no investment is written down for this time in this currency"
    elif invested.high.amount <= 0:
        why = "nothing was invested"
    else:
        share = gained.amount / invested.high.amount
        return Return(currency=currency, value=gained, invested=invested.high, share=share, text=percent_text(share))
    return Return(
        currency=currency, value=gained, invested=invested.high if invested else None, text="no figure", why_not=why
    )


def _quarter(
    quarter: str, calculations: Sequence[Calculation], investments: Sequence[Investment], today: date
) -> QuarterLine:
    sums = split(calculations, quarter)
    paid = paid_in(investments, quarter)
    both = summed((*sums["agreed"], *sums["calculated"]))
    return QuarterLine(
        quarter=quarter,
        title=quarter_text(quarter),
        complete=is_over(period_of(quarter), today),
        agreed=sums["agreed"],
        calculated=sums["calculated"],
        invested=paid,
        returns=returns(sums["agreed"], paid) if sums["agreed"] else (),
        returns_with_calculated=returns(both, paid) if both else (),
    )
