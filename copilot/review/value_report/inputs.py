"""Figures as numbers in the unit that a formula asks for, or why they cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from copilot.analysis.numbers.lexicon import SECONDS
from copilot.domain.accounts import Figure, Period
from copilot.domain.formulas import Bounds
from copilot.review.value_report.quarters import periods_called

_WORKED = ("milliseconds", "seconds", "minutes", "hours")
_SPANS = ("month", "quarter", "year", "week", "day")


class NotReckoned(Exception):
    """A figure that does not fit its place. The words say why, as a clause."""


@dataclass(frozen=True, slots=True)
class Number:
    """Both ends of a figure in the unit asked for; `currency` where it is money."""

    ends: Bounds
    money: bool = False
    currency: str | None = None


def number_for(figure: Figure, unit: str, period: Period) -> Number:
    """The figure in a formula's unit ("hours", "share", "money per hour"). Raises NotReckoned.

    Nothing is guessed: a day of work is no 24 hours, a sum per month is none for a quarter.
    """
    wanted, _, per = unit.partition(" per ")
    if figure.low is None or figure.high is None:
        raise NotReckoned("it holds no number")
    ends = Decimal(str(figure.low)), Decimal(str(figure.high))
    _check_per(figure, per, period)
    match wanted:
        case "money":
            return _money(figure, ends)
        case "hours":
            return Number(_hours(figure, ends))
        case "share":
            return Number(_share(figure, ends))
        case _:
            return Number(_count(figure, ends, wanted))


def _check_per(figure: Figure, per: str, period: Period) -> None:
    said = figure.per
    if said is None or said == per:
        return
    if per or said not in _SPANS:
        wanted = f"per {per}" if per else "for the whole period"
        raise NotReckoned(f"it is per {said}, and has to be {wanted}")
    if not periods_called(said, period):
        raise NotReckoned(f"it is per {said}; write what it comes to over the period")


def _money(figure: Figure, ends: Bounds) -> Number:
    if figure.kind == "money":
        return Number(ends, money=True, currency=figure.unit)
    if figure.kind == "count" and figure.unit is None:
        return Number(ends, money=True)
    raise NotReckoned("it is no sum of money")


def _hours(figure: Figure, ends: Bounds) -> Bounds:
    if figure.kind == "count" and figure.unit is None:
        return ends
    if figure.kind != "duration":
        raise NotReckoned("it is no number of hours")
    if figure.unit not in _WORKED:
        raise NotReckoned(f"it is in {figure.unit}; write it in hours, since a day of work has not 24 of them")
    factor = Decimal(str(SECONDS[figure.unit])) / 3600
    return ends[0] * factor, ends[1] * factor


def _share(figure: Figure, ends: Bounds) -> Bounds:
    if figure.kind == "percent":
        ends = ends[0] / 100, ends[1] / 100
    elif figure.kind not in ("ratio", "multiple", "count") or (figure.kind == "count" and figure.unit):
        raise NotReckoned("it is no share")
    if not 0 <= ends[0] <= ends[1] <= 1:
        raise NotReckoned("a share lies between 0 and 100 %; write it with its per cent sign")
    return ends


def _count(figure: Figure, ends: Bounds, wanted: str) -> Bounds:
    if figure.kind != "count":
        raise NotReckoned(f"it is no number of {wanted}")
    return ends
