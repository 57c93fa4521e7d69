"""Sums of money: exact until they are shown, and never added across currencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import computed_field

from copilot.domain.value import Value

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


class Money(Value):
    """An exact amount, which may lie below zero. `currency` as in "USD"; None where nobody named one."""

    amount: Decimal
    currency: str | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """Rounded to whole units, halves away from zero."""
        return money_text(self.amount, self.currency)

    def times(self, factor: Decimal) -> Money:
        return Money(amount=self.amount * factor, currency=self.currency)


class Ranged(Value):
    """A sum between two ends; `low` is the one that counts."""

    low: Money
    high: Money

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        if self.low.text == self.high.text:
            return self.low.text
        return f"{self.low.text} at the least, {self.high.text} at the most"

    @property
    def currency(self) -> str | None:
        return self.low.currency

    def times(self, factor: Decimal) -> Ranged:
        return Ranged(low=self.low.times(factor), high=self.high.times(factor))


def money_text(amount: Decimal, currency: str | None) -> str:
    whole = rounded(amount)
    digits = f"{abs(whole):,}"
    minus = "−" if whole < 0 else ""
    sign = _SIGNS.get(currency or "")
    if sign:
        return f"{minus}{sign}{digits}"
    return f"{minus}{digits} {currency}" if currency else f"{minus}{digits} (no currency named)"


def rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_text(share: Decimal) -> str:
    """A share as a whole percentage."""
    return f"{rounded(share * 100)} %".replace("-", "−")


def share_text(share: Decimal, of: Ranged | None) -> str:
    """A share as a percentage with as many digits as a reader needs to come to the same sum by hand."""
    percent = share * 100
    written = next((p for p in _shortened(percent) if of is None or _comes_to_the_same(p / 100, share, of)), percent)
    return f"{written.normalize():f} %"


def _shortened(percent: Decimal) -> Iterator[Decimal]:
    return (percent.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) for digits in range(2, 12))


def _comes_to_the_same(written: Decimal, share: Decimal, of: Ranged) -> bool:
    return of.times(written).text == of.times(share).text


def summed(sums: Iterable[Ranged]) -> tuple[Ranged, ...]:
    """A total for each currency, in the order in which the currencies first come."""
    totals: dict[str | None, Ranged] = {}
    for one in sums:
        so_far = totals.get(one.currency)
        totals[one.currency] = one if so_far is None else _plus(so_far, one)
    return tuple(totals.values())


def of_currency(sums: Iterable[Ranged], currency: str | None) -> Ranged | None:
    return next((one for one in sums if one.currency == currency), None)


def _plus(one: Ranged, other: Ranged) -> Ranged:
    return Ranged(
        low=Money(amount=one.low.amount + other.low.amount, currency=one.currency),
        high=Money(amount=one.high.amount + other.high.amount, currency=one.currency),
    )
