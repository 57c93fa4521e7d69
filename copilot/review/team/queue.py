"""What to coach next: for each rep and criterion, how often it was missed of late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from copilot.domain.call import CallKind
from copilot.domain.journal import Written
from copilot.domain.kept_scorecards import Coached
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.scorecards import Answer, Moment
from copilot.domain.value import Value
from copilot.review.reps import rep_key
from copilot.review.team.calls import FEW, UNKNOWN_REP, Compared, Scored

MOST_ROWS = 7
MOST_OF_ONE_REP = 2
LATEST = 5
LEAST_MISSED = 2
WHY_THIS_ORDER = (
    "What was missed most often in a rep's last five calls comes first; then what is critical, then what weighs more "
    "in the rubric, then what was missed last. Missed is what was not met, and what had no moment to be found in. "
    "Nobody has more than two rows, and what was coached comes back only if it is missed again in later calls."
)

_CALLS: Mapping[CallKind | None, str] = {
    CallKind.DISCOVERY: "discovery calls",
    CallKind.DEMO: "demo calls",
    CallKind.QBR: "reviews of value",
}
_MISSED = frozenset({"not_met", "not_observed"})


class QueueRow(Value):
    """`missed` of `of` calls, the last in which it applied; in `unseen` of the missed ones no moment was found.

    `call` is the latest that missed it and `moment` a quote of the latest that has one. `ranked` False: too few calls.
    """

    rep: str
    criterion: str
    title: str
    missed: int
    unseen: int
    of: int
    ranked: bool
    says: str
    coaching: str | None
    call: str
    call_title: str
    moment: Moment | None
    moment_call: str | None


class CoachedRow(Value):
    rep: str
    criterion: str
    title: str
    by: str | None
    at: str


class Queue(Value):
    rows: tuple[QueueRow, ...]
    coached: tuple[CoachedRow, ...]
    why_this_order: str = WHY_THIS_ORDER


def coaching_queue(
    compared: Compared,
    rubric: ScorecardRubric | None,
    coached: Iterable[Written[Coached]],
    criterion: str | None = None,
) -> Queue:
    """`rubric` is the one at hand for this kind of call, for what it says to coaches; it may be another version."""
    asked = [a for a in compared.answers if criterion in (None, a.criterion)]
    lines = {c.id: c.work_on for c in rubric.criteria} if rubric else {}
    done = _standing(coached, compared)
    found = [
        (row, answer, newest)
        for rep, calls in compared.by_rep().items()
        if rep != UNKNOWN_REP
        for answer in asked
        for row, newest in _row(rep, answer, _after(calls, done.get((rep_key(rep), answer.criterion))), compared, lines)
    ]
    place = {answer.criterion: n for n, answer in enumerate(asked)}
    found.sort(key=lambda entry: (entry[0].rep.casefold(), place[entry[0].criterion]))
    found.sort(key=lambda entry: entry[2], reverse=True)
    found.sort(key=lambda entry: (not entry[0].ranked, *_urgency(entry[0], entry[1])))
    return Queue(rows=_first(row for row, _, _ in found), coached=tuple(_marks(done, compared)))


def _marks(done: Mapping[tuple[str, str], Written[Coached]], compared: Compared) -> Iterable[CoachedRow]:
    """Who was coached in what the calls are compared by: the rep that was asked for, or everybody."""
    asked = None if compared.rep is None else rep_key(compared.rep)
    titles = {answer.criterion: answer.title for answer in compared.answers}
    spelling = {rep_key(rep): rep for rep in compared.by_rep()}
    for (rep, criterion), mark in done.items():
        if criterion in titles and asked in (None, rep):
            yield CoachedRow(
                rep=spelling.get(rep, mark.note.rep),
                criterion=criterion,
                title=titles[criterion],
                by=mark.note.by,
                at=mark.at.isoformat(),
            )


def _urgency(row: QueueRow, answer: Answer) -> tuple[float, ...]:
    """Of few calls nothing can be told apart."""
    return (-row.missed, not answer.critical, -answer.weight) if row.ranked else ()


def _first(rows: Iterable[QueueRow]) -> tuple[QueueRow, ...]:
    chosen: list[QueueRow] = []
    for row in rows:
        if sum(row.rep == other.rep for other in chosen) < MOST_OF_ONE_REP and len(chosen) < MOST_ROWS:
            chosen.append(row)
    return tuple(chosen)


def _standing(coached: Iterable[Written[Coached]], compared: Compared) -> dict[tuple[str, str], Written[Coached]]:
    """The last note of each rep, by the key of the name, and criterion, where it says that they were coached."""
    last = {
        (rep_key(entry.note.rep), entry.note.criterion): entry for entry in coached if entry.note.kind is compared.kind
    }
    return {key: entry for key, entry in last.items() if entry.note.done}


def _after(calls: Sequence[Scored], mark: Written[Coached] | None) -> Sequence[Scored]:
    return calls if mark is None else [scored for scored in calls if scored.call.at > mark.at.isoformat()]


def _row(
    rep: str, answer: Answer, calls: Sequence[Scored], compared: Compared, lines: Mapping[str, str]
) -> Iterable[tuple[QueueRow, str]]:
    """The row with the time of the latest call that missed it.

    Nothing where it was not missed often enough, or where no call has a moment of it: there is nothing to listen to.
    """
    seen = [(scored, found) for scored in calls if (found := scored.answer(answer.criterion)) is not None]
    latest = [(scored, found) for scored, found in seen if found.verdict != "not_applicable"][-LATEST:]
    missed = [(scored, found) for scored, found in latest if found.verdict in _MISSED]
    unseen = sum(found.verdict == "not_observed" for _, found in missed)
    if len(missed) < LEAST_MISSED or unseen == len(missed):
        return
    quoted = next(((scored, found.moments[0]) for scored, found in reversed(missed) if found.moments), None)
    newest = missed[-1][0].call
    yield (
        QueueRow(
            rep=rep,
            criterion=answer.criterion,
            title=answer.title,
            missed=len(missed),
            unseen=unseen,
            of=len(latest),
            ranked=len(latest) >= FEW,
            says=_says(len(missed), len(latest), unseen, _CALLS.get(compared.kind, "calls")),
            coaching=lines.get(answer.criterion),
            call=newest.id,
            call_title=newest.title,
            moment=quoted[1] if quoted else None,
            moment_call=quoted[0].call.id if quoted else None,
        ),
        newest.at,
    )


def _says(missed: int, of: int, unseen: int, calls: str) -> str:
    if of < FEW:
        said = f"missed in {missed} of {of} {calls}, too few to compare"
    else:
        said = f"missed in {missed} of the last {of} {calls}"
    return f"{said}; no moment found in {unseen} of them" if unseen else said
