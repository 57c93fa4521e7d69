"""Whether a note can be written down about an account as it stands: what it names is there, and its figure is one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from copilot.domain.accounts import (
    AccountNote,
    AgreementNoted,
    Amended,
    Assumed,
    ContractSet,
    Figure,
    GoalSet,
    Heard,
    Invested,
    Merged,
    MilestoneDone,
    Parted,
    Quoted,
    ReadingNoted,
    TakenBack,
)
from copilot.domain.call import number
from copilot.domain.demonstration import ValueDemonstration
from copilot.domain.state import CallState
from copilot.errors import MovedOn, UnusableInput
from copilot.review.ledger.entries import Entry, Ledger, MetricEntry
from copilot.review.ledger.figures import figure_of, on_the_scale_of
from copilot.review.ledger.standing import yardstick

_MAY_BE_NEGATIVE = re.compile(
    r"\b(?:nps|net|scores?|profits?|margins?|balance|growth|changes?|variances?|deviations?|differences?|roi|returns?"
    r"|uplift|trends?|temperatures?)\b",
    re.I,
)
_MAY_EXCEED_THE_WHOLE = re.compile(
    r"\b(?:net|growth|changes?|variances?|deviations?|differences?|roi|returns?|uplift|increases?|margins?|mark-?ups?"
    r"|retention|attainment|quotas?|plan|budgets?|utili[sz]ation|capacity|load|over(?:run|spend|shoot|time|age)\w*)\b",
    re.I,
)
_SHARE = re.compile(r"\b(?:shares?|proportion|percentage|rate|coverage|availability|uptime|accuracy|adoption)\b", re.I)
_WHOLE = 100.0


class UnusableNote(UnusableInput):
    """A note that does not fit its account. `why` is a clause."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"this cannot be written down: {why}")


class SumMovedOn(MovedOn):
    """An agreement to a calculation that somebody has changed since the writer saw it."""

    def __init__(self, calculation: str) -> None:
        self.calculation = calculation
        super().__init__(
            f"“{calculation}” has been changed since it was shown; look at it again before it is agreed to"
        )


def check(
    note: AccountNote,
    book: Ledger,
    playbook: ValueDemonstration,
    states: Mapping[str, CallState],
    written: frozenset[int],
) -> None:
    """Raises UnusableNote, SumMovedOn. `states` are the account's calls by id, `written` the numbers of its notes."""
    match note:
        case ReadingNoted():
            checked_reading(note, _metric(book, note.promise), book.today)
            _check_said(note.source.said if isinstance(note.source, Heard) else None, states)
        case Amended():
            entry = _entry(book, note.promise)
            if note.field != "text" and not isinstance(entry, MetricEntry):
                raise UnusableNote(f"“{entry.text}” is no metric, and only a metric has a {note.field}")
            if note.field == "text" and note.value is None:
                raise UnusableNote(f"“{entry.text}” cannot be without words")
        case Merged() | Parted():
            _check_pair(note, book)
        case Invested():
            _number(note.amount, "an amount such as $12,000")
        case Assumed():
            _check_input(note, playbook)
            _check_said(note.source.said if isinstance(note.source, Heard) else None, states)
            if note.promise is not None:
                _entry(book, note.promise)
        case AgreementNoted():
            if note.calculation not in book.calculations:
                raise UnusableNote(f"there is no calculation “{note.calculation}”")
            if note.as_of not in (None, book.last_note_of(note.calculation)):
                raise SumMovedOn(note.calculation)
            not_ahead(note.on, book.today)
            _check_said(note.said, states)
        case MilestoneDone():
            known = [milestone.id for milestone in playbook.milestones]
            if note.milestone not in known:
                raise UnusableNote(f"there is no milestone “{note.milestone}”; there are {', '.join(known)}")
            if note.on is not None:
                not_ahead(note.on, book.today)
        case GoalSet():
            if note.promise is not None:
                _entry(book, note.promise)
        case TakenBack():
            if note.note not in written:
                raise UnusableNote(f"the account's journal has no note {note.note}")
        case ContractSet():
            pass
        case _:
            assert_never(note)


def checked_reading(note: ReadingNoted, metric: MetricEntry, today: date) -> ReadingNoted:
    """The reading, where it can be one of this metric's; raises UnusableNote."""
    not_ahead(note.on, today)
    figure = _number(note.figure, "one such as 18 hours")
    like = yardstick(metric.baseline, metric.target, metric.readings)
    if like is not None and on_the_scale_of(figure, like) is None:
        raise UnusableNote(f"“{figure.text}” cannot be set beside the “{like.text}” of “{metric.text}”")
    _check_meant(figure, metric, like)
    _check_possible(figure, metric, like)
    return note


def _check_meant(figure: Figure, metric: MetricEntry, like: Figure | None) -> None:
    """That a bare fraction of a percentage is not taken for so few per cent, unless the promise has as few itself."""
    if like is None or like.kind != "percent" or figure.kind != "count" or figure.unit is not None:
        return
    low, high = figure.low or 0.0, figure.high or 0.0
    promised = [told.figure for told in (metric.baseline, metric.target) if told and told.figure]
    if any(own.high is not None and own.high < 1 for own in promised) or not 0 < low <= high < 1:
        return
    share, few = (f"{low * by:g} %" if low == high else f"{low * by:g} to {high * by:g} %" for by in (100, 1))
    raise UnusableNote(f"“{figure.text}” can be {share} or {few}; write it with its per cent sign")


def _check_possible(figure: Figure, metric: MetricEntry, like: Figure | None) -> None:
    """That nothing falls below zero and no share exceeds the whole, unless the promise's own figures or words do."""
    promised = [told.figure for told in (metric.baseline, metric.target) if told and told.figure]
    can_fall = _MAY_BE_NEGATIVE.search(metric.text) or any(own.low is not None and own.low < 0 for own in promised)
    if figure.low is not None and figure.low < 0 and not can_fall:
        raise UnusableNote(f"“{figure.text}” is below zero, and “{metric.text}” cannot be")
    scale = like or figure
    ends = on_the_scale_of(figure, scale)
    if ends and ends[1] > _WHOLE and _is_a_share(metric, scale, promised):
        raise UnusableNote(f"“{figure.text}” is more than the whole of which “{metric.text}” is a share")


def _is_a_share(metric: MetricEntry, scale: Figure, promised: Sequence[Figure]) -> bool:
    """Whether it cannot exceed 100 percent: by its words, or since it was promised from one share to another."""
    if scale.kind != "percent" or _MAY_EXCEED_THE_WHOLE.search(metric.text):
        return False
    ends = [on_the_scale_of(own, scale) for own in promised]
    within = all(own and 0 <= own[0] <= own[1] <= _WHOLE for own in ends)
    return within and (len(ends) == 2 or _SHARE.search(metric.text) is not None)


def _metric(book: Ledger, promise: str) -> MetricEntry:
    entry = _entry(book, promise)
    if not isinstance(entry, MetricEntry):
        raise UnusableNote(f"“{entry.text}” is no metric, and only a metric has readings")
    return entry


def _entry(book: Ledger, promise: str) -> Entry:
    entry = book.entry(promise)
    if entry is None:
        raise UnusableNote(f"{book.account} has no promise {promise}")
    return entry


def _check_pair(note: Merged | Parted, book: Ledger) -> None:
    other = note.into if isinstance(note, Merged) else note.other
    one, two = _entry(book, note.promise), _entry(book, other)
    if type(one) is not type(two):
        raise UnusableNote(f"“{one.text}” and “{two.text}” are not of one kind")
    if note.promise == other:
        raise UnusableNote("it names one mention twice")
    if isinstance(note, Merged) == (one is two):
        raise UnusableNote(f"“{one.text}” and “{two.text}” are {'one' if one is two else 'two'} already")


def _check_input(note: Assumed, playbook: ValueDemonstration) -> None:
    formulas = {formula.id: formula for formula in playbook.formulas}
    if note.formula not in formulas:
        raise UnusableNote(f"there is no formula “{note.formula}”; there are {', '.join(formulas)}")
    inputs = [given.id for given in formulas[note.formula].inputs]
    if note.input not in inputs:
        raise UnusableNote(f"{note.formula} has no input “{note.input}”; it has {', '.join(inputs)}")
    _number(note.figure, "one such as 840 hours")


def _check_said(said: Quoted | None, states: Mapping[str, CallState]) -> None:
    """A quote has to stand in the utterance that it names."""
    if said is None:
        return
    if said.call not in states:
        raise UnusableNote(f"the account has no call {said.call}")
    utterances = states[said.call].utterances
    if said.utterance >= len(utterances) or said.quote not in utterances[said.utterance].text:
        raise UnusableNote(f"utterance {number(said.utterance)} of {said.call} does not say “{said.quote[:80]}”")


def _number(figure: Figure, example: str) -> Figure:
    """The figure, parsed anew, so that nobody writes down words and another number."""
    if figure.low is None:
        raise UnusableNote(f"“{figure.text[:80]}” holds no figure; write {example}")
    if figure != figure_of(figure.text):
        raise UnusableNote(f"“{figure.text[:80]}” does not come to the number that stands beside it")
    return figure


def not_ahead(day: date, today: date) -> date:
    """The day, where it has come; raises UnusableNote."""
    if day > today:
        raise UnusableNote(f"{day.isoformat()} is still to come")
    return day
