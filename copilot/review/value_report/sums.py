"""The playbook's formulas over what was said and written down: each sum with its inputs, and why there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from copilot.domain.accounts import Assumed, Confidence, Invested, Period
from copilot.domain.formulas import Formula, FormulaInput
from copilot.review.ledger import Ledger
from copilot.review.ledger.entries import Kept, MetricEntry
from copilot.review.ledger.told import CLAIMED
from copilot.review.value_report.entries import Agreement, Calculation, Ground, InputLine, Investment, Statement
from copilot.review.value_report.grounds import Sources
from copilot.review.value_report.inputs import NotReckoned, Number, number_for
from copilot.review.value_report.money import Money, Ranged
from copilot.review.value_report.quarters import day_text, is_over, shares

_LEAST_SURE: tuple[Confidence, ...] = ("low", "medium", "high")


def calculations(book: Ledger, formulas: Sequence[Formula], sources: Sources) -> tuple[Calculation, ...]:
    """Every calculation of the ledger whose formula the playbook knows, in the order in which they were begun."""
    known = {formula.id: formula for formula in formulas}
    return tuple(
        _calculation(name, of_it, known[of_it[-1].note.formula], book, sources)
        for name, of_it in book.calculations.items()
        if of_it[-1].note.formula in known
    )


def investments(book: Ledger, quarter: str, sources: Sources) -> tuple[Investment, ...]:
    """What was paid at any time, with what of it falls into the quarter."""
    return tuple(_invested(kept, quarter, sources) for kept in book.investments)


def _calculation(
    name: str, all_of_it: Sequence[Kept[Assumed]], formula: Formula, book: Ledger, sources: Sources
) -> Calculation:
    period = all_of_it[-1].note.period
    given = {kept.note.input: kept for kept in all_of_it if kept.note.formula == formula.id}
    lines = tuple(_line(wanted, given.get(wanted.id), period, sources) for wanted in formula.inputs)
    attribution = min(Decimal(str(kept.note.attribution)) for kept in given.values())
    metric = _metric(given.values(), book)
    whole, problems = _whole(formula, lines, given, period)
    agreement, agreed = _agreement(name, given.values(), book, sources)
    return Calculation(
        name=name,
        formula=formula.id,
        formula_title=formula.title,
        formula_text=formula.formula,
        level=formula.level,
        period=period,
        inputs=lines,
        attribution=attribution,
        confidence=min((kept.note.confidence for kept in given.values()), key=_LEAST_SURE.index),
        value=whole.times(attribution) if whole else None,
        whole=whole,
        metric=metric.id if metric else None,
        agreement=agreement,
        agreed=agreed,
        cautions=tuple(_cautions(metric, given.values(), whole, over=is_over(period, book.today))),
        problems=tuple(problems),
        last_note=book.last_note_of(name),
        noted_on=max(kept.at.date() for kept in given.values()),
    )


def _line(wanted: FormulaInput, kept: Kept[Assumed] | None, period: Period, sources: Sources) -> InputLine:
    line = InputLine(id=wanted.id, title=wanted.title, unit=wanted.unit, ask=wanted.ask)
    if kept is None:
        return line
    note = kept.note
    grounds = _grounds(kept, sources)
    return line.model_copy(
        update={
            "figure": note.figure.text,
            "grounds": grounds,
            "assumed_by": note.assumed_by,
            "confidence": note.confidence,
            "problem": _problem(note, wanted, period, grounds),
        }
    )


def _grounds(kept: Kept[Assumed], sources: Sources) -> tuple[Ground, ...]:
    note = kept.note
    found = sources.source(note.source, note.by, kept.at.date(), kept.seq)
    if not note.assumed_by:
        return found
    return tuple(g.model_copy(update={"text": f"{g.text}; assumed by {note.assumed_by}"}) for g in found)


def _problem(note: Assumed, wanted: FormulaInput, period: Period, grounds: Sequence[Ground]) -> str | None:
    if not grounds:
        return "the words that it rests on were said in confidence, or on a call that does not count here"
    if note.period != period:
        return f"it is of {day_text(note.period.start)} to {day_text(note.period.end)}, and the others are not"
    try:
        number_for(note.figure, wanted.unit, period)
    except NotReckoned as why:
        return str(why)
    return None


def _whole(
    formula: Formula, lines: Sequence[InputLine], given: Mapping[str, Kept[Assumed]], period: Period
) -> tuple[Ranged | None, list[str]]:
    """What the formula comes to before attribution; None with the reasons."""
    problems = [f"{line.title} is missing" for line in lines if line.figure is None]
    problems += [f"{line.title}, “{line.figure}”: {line.problem}" for line in lines if line.problem]
    if problems:
        return None, problems
    numbers = {w.id: number_for(given[w.id].note.figure, w.unit, period) for w in formula.inputs}
    currencies = _currencies(numbers.values())
    if len(currencies) > 1:
        named = " and ".join(sorted(str(currency) for currency in currencies))
        return None, [f"{named} do not add up; write all sums in one currency"]
    try:
        low, high = formula.bounds({name: number.ends for name, number in numbers.items()})
    except ZeroDivisionError:
        return None, ["it divides by zero"]
    currency = next(iter(currencies), None)
    return Ranged(low=Money(amount=low, currency=currency), high=Money(amount=high, currency=currency)), []


def _currencies(numbers: Iterable[Number]) -> set[str]:
    """Those named; a sum without one goes by the others'."""
    return {number.currency for number in numbers if number.currency}


def _metric(given: Collection[Kept[Assumed]], book: Ledger) -> MetricEntry | None:
    for kept in given:
        entry = book.entry(kept.note.promise) if kept.note.promise else None
        if isinstance(entry, MetricEntry):
            return entry
    return None


def _cautions(
    metric: MetricEntry | None, given: Collection[Kept[Assumed]], whole: Ranged | None, *, over: bool
) -> list[str]:
    notes = [kept.note for kept in given]
    cautions = []
    if metric is None:
        cautions.append("it is tied to no metric, so that no baseline stands behind it")
    elif metric.baseline is None:
        cautions.append(f"no baseline was said for “{metric.text}”: the sum rests on what was assumed alone")
    elif metric.baseline.ours:
        cautions.append(f"the baseline of “{metric.text}” is {CLAIMED}: the customer has not confirmed it")
    elif metric.moved == "moved_away" and whole is not None and whole.low.amount > 0:
        cautions.append(f"“{metric.text}” has moved away from its target")
    if whole is not None and whole.low.currency is None:
        cautions.append("no currency is named")
    if not over:
        cautions.append("its period is not over yet")
    if any(note.source.how == "typed" and not note.source.origin for note in notes):
        cautions.append("it does not say where every figure is from")
    return cautions


def _agreement(
    name: str, given: Collection[Kept[Assumed]], book: Ledger, sources: Sources
) -> tuple[Agreement, Statement | None]:
    """Whether the customer agreed to it as it stands: an input that was written down later is not agreed to."""
    last = book.agreements.get(name)
    if last is None or not last.note.agreed:
        return "not_agreed", None
    who = last.note.customer or "The customer"
    if any(kept.seq > last.seq for kept in given):
        return "changed_since", None
    said = sources.quoted(last.note.said) if last.note.said else ()
    grounds = said or sources.noted(last, "agreement written down")
    return "agreed", Statement(text=f"{who} agreed on {day_text(last.note.on)}.", grounds=grounds)


def _invested(kept: Kept[Invested], quarter: str, sources: Sources) -> Investment:
    note = kept.note
    grounds = sources.noted(kept, "written down")
    part = shares(note.period).get(quarter, Decimal(0))
    try:
        number = number_for(note.amount, "money", note.period)
    except NotReckoned as why:
        return Investment(
            what=note.what,
            amount=None,
            period=note.period,
            in_quarter=None,
            problem=f"“{note.amount.text}”: {why}",
            grounds=grounds,
        )
    low, high = (Money(amount=end, currency=number.currency) for end in number.ends)
    amount = Ranged(low=low, high=high)
    return Investment(
        what=note.what,
        amount=amount,
        period=note.period,
        in_quarter=amount.times(part) if part else None,
        grounds=grounds,
    )
