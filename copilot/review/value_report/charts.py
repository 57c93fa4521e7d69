"""The report's charts: money by quarter and by kind of value, each currency by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.domain.documents import Chart, Series
from copilot.review.value_report.entries import ValueReport
from copilot.review.value_report.money import Ranged, of_currency, rounded

AGREED, CALCULATED = "Agreed by the customer", "Calculated, not agreed"


def trend_charts(report: ValueReport) -> Iterator[Chart]:
    """A chart for each currency; a quarter with nothing in it is a gap."""
    sums = [one for line in report.trend for one in (*line.agreed, *line.calculated)]
    for currency in dict.fromkeys(one.currency for one in sums):
        yield Chart(
            title=f"How much value, quarter by quarter?{_in(currency, sums)}",
            unit=currency or "no currency named",
            form="columns",
            categories=tuple(line.title for line in report.trend),
            series=(
                Series(name=AGREED, values=tuple(_low(line.agreed, currency) for line in report.trend)),
                Series(
                    name=CALCULATED,
                    values=tuple(_low(line.calculated, currency) for line in report.trend),
                    firm=False,
                ),
            ),
        )


def kinds_chart(report: ValueReport) -> Chart | None:
    """Kinds of value beside one another; None where there are several currencies, which no one axis can hold."""
    sums = [one for kind in report.kinds for one in (*kind.agreed, *kind.calculated)]
    currencies = {one.currency for one in sums}
    if len(currencies) != 1:
        return None
    (currency,) = currencies
    return Chart(
        title=f"Which kinds of value are there in {report.quarter_title}?",
        unit=currency or "no currency named",
        form="bars",
        categories=tuple(kind.title for kind in report.kinds),
        series=(
            Series(name=AGREED, values=tuple(_low(kind.agreed, currency) for kind in report.kinds)),
            Series(name=CALCULATED, values=tuple(_low(kind.calculated, currency) for kind in report.kinds), firm=False),
        ),
    )


def _low(sums: Sequence[Ranged], currency: str | None) -> float | None:
    """The low end in whole units, as the text beside the chart has it."""
    one = of_currency(sums, currency)
    return None if one is None else float(rounded(one.low.amount))


def _in(currency: str | None, sums: Sequence[Ranged]) -> str:
    return f" ({currency or 'no currency named'})" if len({one.currency for one in sums}) > 1 else ""
