"""Calls of a team in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from copilot.domain.call import CallInfo, CallKind
from copilot.domain.journal import Subject, Written
from copilot.domain.kept_scorecards import (
    COACHING,
    AnswerOverridden,
    CallCounted,
    Coached,
    PitfallSeen,
    ScorecardKept,
    ScorecardNote,
)
from copilot.domain.records import CallRecord
from copilot.domain.scorecards import Answer, Coaching, Moment, Scorecard, Standing, Verdict
from copilot.review.scorecard.judging import section_of, totals
from copilot.review.scorecard.keeping import fold
from copilot.review.team.calls import Compared, Filters, TeamCall, compared, team_calls

FIRST_DAY = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
SHARES = {"met": 1.0, "partly": 0.5, "not_met": 0.0}
RUBRIC = "scorecards/discovery/1"


def answer(criterion: str, verdict: Verdict, *, weight: float = 1, critical: bool = False) -> Answer:
    """An automatic answer; a scored one quotes its own criterion at utterance 3."""
    scored = verdict in SHARES
    standing: Standing = "scored" if scored else verdict  # type: ignore[assignment]  # only the other two are left
    return Answer(
        criterion=criterion,
        title=criterion.capitalize(),
        question=f"Was there {criterion}?",
        type="scale",
        weight=weight,
        critical=critical,
        standing=standing,
        answer=verdict,
        share=SHARES.get(verdict),
        why=f"why {criterion}",
        moments=(Moment(utterance=3, quote=f"words on {criterion}", speaker="Luis"),) if scored else (),
    )


def card(call_id: str, answers: Sequence[Answer], rubric: str = RUBRIC) -> Scorecard:
    sections = (section_of("all", "All", tuple(answers)),)
    return Scorecard(
        rubric=rubric,
        playbook="value_conversation/1",
        kind=CallKind(rubric.split("/")[1]),
        call_id=call_id,
        title="Discovery",
        notice="For coaching.",
        sections=sections,
        coaching=Coaching(),
        **totals(sections),
    )


def call(
    day: int,
    answers: Mapping[str, Verdict] | Sequence[Answer] = (),
    *,
    rep: str | tuple[str, ...] = "Dana",
    people: Mapping[str, tuple[Verdict, str]] = {},
    rubrics: Sequence[str] = (RUBRIC,),
    **fields: Any,
) -> TeamCall:
    """A call of that day in May, with answers by criterion and what people answered: verdict and reason.

    `fields` go to the call's own or to what was counted of it; without answers it was not scored.
    """
    call_id = f"call-{day:02}"
    given = [answer(key, verdict) for key, verdict in answers.items()] if isinstance(answers, Mapping) else answers
    notes: list[ScorecardNote] = [
        CallCounted(
            reps=(rep,) if isinstance(rep, str) and rep else rep or (),
            talk_ratio=fields.pop("talk_ratio", None),
            talk_s=fields.pop("talk_s", 600.0),
            pitfalls=tuple(fields.pop("pitfalls", ())),
        )
    ]
    if given:
        notes += [ScorecardKept(scorecard=card(call_id, given, rubric), engine="embedded") for rubric in rubrics]
    automatic = {a.criterion: a.automatic for a in given}
    notes += [
        AnswerOverridden(
            rubric=rubrics[-1], criterion=key, automatic=automatic[key], verdict=verdict, reason=reason, by="Ana"
        )
        for key, (verdict, reason) in people.items()
    ]
    at = FIRST_DAY + timedelta(days=day - 1)
    kind = CallKind(fields.pop("kind", "discovery"))
    over = fields.pop("over", True)
    info = CallInfo(id=call_id, title=f"Call {day}", kind=kind, **fields)
    keepings = fold([Written(n, at, Subject("scorecard", call_id), note) for n, note in enumerate(notes)])
    (made,) = team_calls([CallRecord(info=info, started_at=at, wrapped_up=over)], keepings)
    return made


def several(n: int, answers: Mapping[str, Verdict], *, first: int = 1, **fields: Any) -> list[TeamCall]:
    """So many calls alike, day after day."""
    return [call(day, answers, **fields) for day in range(first, first + n)]


def pitfall(kind: str, *, wrong: bool = False) -> PitfallSeen:
    return PitfallSeen(kind=kind, wrong=wrong, moment=Moment(utterance=5, quote="so many features"))


def coached(day: int, rep: str, criterion: str, *, done: bool = True) -> Written[Coached]:
    note = Coached(rep=rep, kind=CallKind.DISCOVERY, criterion=criterion, by="Ana", done=done)
    return Written(day, FIRST_DAY + timedelta(days=day - 1, hours=1), COACHING, note)


def together(*calls: TeamCall, **filters: Any) -> Compared:
    return compared(sorted(calls, key=lambda made: made.at), Filters(**filters))
