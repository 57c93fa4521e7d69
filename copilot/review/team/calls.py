"""Calls as a team's page sees them: what was kept of each, and which of them can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from copilot.domain.call import CallKind
from copilot.domain.kept_scorecards import AnswerOverridden, CallCounted, Engine
from copilot.domain.records import CallRecord, spelt_first
from copilot.domain.scorecards import Answer, Scorecard
from copilot.domain.value import Value
from copilot.review.reps import rep_key
from copilot.review.scorecard.keeping import KeptScorecards

FEW = 5
"""Under so many calls there is a fraction, and nothing is coloured or ranked."""

UNKNOWN_REP = ""
"""Stands for the rep where nobody knows who it was."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A scorecard with people's answers in it, and its answers by criterion.

    `at` is when it was made; `given` are the people's answers as they wrote them, by criterion.
    """

    card: Scorecard
    engine: Engine
    at: str
    given: Mapping[str, AnswerOverridden]
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class TeamCall:
    """`at` is when it began, in ISO 8601 and UTC: a day alone where it was held on another day than it was taken in.

    `judged`: its scorecards as a call of this kind, the last by each rubric, oldest first.
    """

    id: str
    title: str
    account: str | None
    kind: CallKind
    at: str
    demo: bool
    over: bool
    counted: CallCounted
    judged: Mapping[str, Judged]

    @property
    def day(self) -> str:
        """That on which it took place."""
        return self.at[:10]

    @property
    def reps(self) -> tuple[str, ...]:
        return self.counted.reps or (UNKNOWN_REP,)

    @property
    def last_rubric(self) -> str | None:
        return [*self.judged][-1] if self.judged else None


@dataclass(frozen=True, slots=True)
class Scored:
    """A call with the scorecard that it is compared by."""

    call: TeamCall
    judged: Judged

    def answer(self, criterion: str) -> Answer | None:
        return self.judged.answers.get(criterion)


class Filters(Value):
    """None: all of them, but for `kind` and `rubric`: the usual one and the newest. Days are UTC's, both included."""

    since: str | None = None
    until: str | None = None
    kind: CallKind | None = None
    rep: str | None = None
    account: str | None = None
    criterion: str | None = None
    rubric: str | None = None


class LeftOut(Value):
    why: str
    calls: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Calls of one kind, scored by one rubric, the oldest first. `by_any_rubric` are all of that kind."""

    kind: CallKind | None
    rubric: str | None
    calls: tuple[Scored, ...]
    by_any_rubric: tuple[Scored, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    rep: str | None = field(default=None, kw_only=True)

    def by_rep(self, calls: Sequence[Scored] | None = None) -> dict[str, list[Scored]]:
        """Calls under each of their reps, by name, those without one last."""
        grouped: dict[str, list[Scored]] = {}
        for scored in self.calls if calls is None else calls:
            for rep in scored.call.reps:
                if self.rep in (None, rep):
                    grouped.setdefault(rep, []).append(scored)
        return dict(sorted(grouped.items(), key=lambda entry: (entry[0] == UNKNOWN_REP, entry[0].casefold(), entry[0])))

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Those of the newest scorecard, for the criteria in their order."""
        return self.calls[-1].judged.card.answers if self.calls else ()


def team_calls(records: Iterable[CallRecord], keepings: Mapping[str, KeptScorecards]) -> list[TeamCall]:
    """The calls with what was kept of them, the oldest first."""
    calls = [_team_call(record, keepings.get(record.info.id, KeptScorecards())) for record in records]
    return sorted(calls, key=lambda call: (call.at, call.id))


def _team_call(record: CallRecord, keeping: KeptScorecards) -> TeamCall:
    info = record.info
    rubrics = dict.fromkeys(kept.note.scorecard.rubric for kept in reversed(keeping.of_kind(info.kind)))
    return TeamCall(
        id=info.id,
        title=info.title or info.id,
        account=info.account,
        kind=info.kind,
        at=_when(record).isoformat(),
        demo=info.demo,
        over=record.wrapped_up,
        counted=keeping.counted or CallCounted(),
        judged={rubric: _judged(keeping, rubric) for rubric in reversed(rubrics)},
    )


def _when(record: CallRecord) -> date:
    began = record.started_at
    return began if began.date() == record.held_on else record.held_on


def _judged(keeping: KeptScorecards, rubric: str) -> Judged:
    kept = next(kept for kept in reversed(keeping.cards) if kept.note.scorecard.rubric == rubric)
    given = {criterion: entry.note for criterion, entry in keeping.overriding(rubric).items()}
    card = keeping.judged(kept.note.scorecard)
    answers = {answer.criterion: answer for answer in card.answers}
    return Judged(card, kept.note.engine, kept.at.isoformat(), given, answers)


def compared(calls: Sequence[TeamCall], filters: Filters) -> Compared:
    """Those of the calls asked for that can be compared, and how many cannot and why."""
    account = spelt_first(filters.account or "", [call.account for call in calls if call.account]) or filters.account
    scope = [call for call in calls if _asked_for(call, filters, account)]
    out: Counter[str] = Counter()
    demos = sum(call.demo for call in scope)
    out["demo, which never counts" if demos == 1 else "demos, which never count"] = demos
    out["not over yet"] = sum(not call.over and not call.demo for call in scope)
    ours = [call for call in scope if call.over and not call.demo]
    kind = filters.kind or _usual_kind([call for call in ours if filters.rubric in (None, *call.judged)])
    of_kind = [call for call in ours if call.kind is kind]
    out["of another kind"] = len(ours) - len(of_kind)
    scored = [call for call in of_kind if call.judged]
    out["without a scorecard"] = len(of_kind) - len(scored)
    rubric = filters.rubric or next((call.last_rubric for call in reversed(scored)), None)
    by_it = tuple(Scored(call, judged) for call in scored if (judged := call.judged.get(rubric or "")))
    out["scored by another rubric alone"] = len(scored) - len(by_it)
    return Compared(
        kind=kind,
        rubric=rubric,
        calls=by_it,
        by_any_rubric=tuple(_by_any(call, rubric) for call in scored),
        left_out=tuple(LeftOut(why=why, calls=n) for why, n in out.items() if n),
        rep=_spelt(filters.rep, scope),
    )


def _asked_for(call: TeamCall, filters: Filters, account: str | None) -> bool:
    """`account` is the one that the filter means, as the calls have it."""
    return (
        (filters.since is None or call.day >= filters.since)
        and (filters.until is None or call.day <= filters.until)
        and (account is None or call.account == account)
        and (filters.rep is None or rep_key(filters.rep) in map(rep_key, call.reps))
    )


def _spelt(rep: str | None, calls: Iterable[TeamCall]) -> str | None:
    """A name that was asked for, as the calls have it."""
    alike = (name for call in calls for name in call.reps if rep is not None and rep_key(name) == rep_key(rep))
    return next(alike, rep)


def _usual_kind(calls: Sequence[TeamCall]) -> CallKind | None:
    """The kind that most of the scored calls are of, the first in the order of kinds where several are."""
    kinds = Counter(call.kind for call in calls if call.judged)
    return max((kind for kind in CallKind if kinds[kind]), key=lambda kind: kinds[kind], default=None)


def _by_any(call: TeamCall, rubric: str | None) -> Scored:
    chosen = rubric if rubric in call.judged else call.last_rubric
    return Scored(call, call.judged[chosen or ""])
