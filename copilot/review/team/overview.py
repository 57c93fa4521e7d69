"""The whole of a team's page, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from copilot.domain.call import CallKind
from copilot.domain.journal import Written
from copilot.domain.kept_scorecards import Coached
from copilot.domain.playbook import Playbook
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.value import Value
from copilot.review.team.agreement import Agreement, agreement
from copilot.review.team.calls import FEW, UNKNOWN_REP, Compared, Filters, LeftOut, TeamCall, compared
from copilot.review.team.heat_map import HeatMap, heat_map
from copilot.review.team.pitfalls import PitfallBar, pitfall_bars
from copilot.review.team.queue import Queue, coaching_queue
from copilot.review.team.talk_ratios import TalkRatios, talk_ratios
from copilot.review.team.trends import Trend, trends

NOTICE = "For coaching, not for employment decisions."


class CriterionLine(Value):
    id: str
    title: str
    section: str
    weight: float
    critical: bool


class Choices(Value):
    """What can be filtered by. An empty name among the reps stands for calls whose rep nobody knows."""

    kinds: tuple[CallKind, ...]
    reps: tuple[str, ...]
    accounts: tuple[str, ...]
    rubrics: tuple[str, ...]


class Overview(Value):
    """`calls` are compared: all of one kind, scored by one rubric. `of_unknown_rep` of them coach nobody."""

    filters: Filters
    kind: CallKind | None
    rubric: str | None
    calls: int
    of_unknown_rep: int
    of_several_reps: int
    left_out: tuple[LeftOut, ...]
    few: int = FEW
    notice: str = NOTICE
    choices: Choices
    criteria: tuple[CriterionLine, ...]
    queue: Queue
    heat_map: HeatMap
    trends: tuple[Trend, ...]
    talk_ratios: TalkRatios
    pitfalls: tuple[PitfallBar, ...]
    agreement: Agreement


def overview(
    calls: Sequence[TeamCall],
    filters: Filters,
    coached: Iterable[Written[Coached]],
    *,
    playbook: Playbook,
    rubrics: Mapping[CallKind, ScorecardRubric],
    older: int = 0,
) -> Overview:
    """`older` calls were not looked at."""
    beyond = (LeftOut(why=f"older than the newest {len(calls)}", calls=older),) if older else ()
    chosen = compared(calls, filters)
    lines = criteria_of(chosen)
    shown = [line.id for line in lines if filters.criterion in (None, line.id)]
    usual = playbook.usual_range("talk_ratio", chosen.kind) if chosen.kind else None
    rubric = rubrics.get(chosen.kind) if chosen.kind else None
    return Overview(
        filters=filters.model_copy(update={"rep": chosen.rep}),
        kind=chosen.kind,
        rubric=chosen.rubric,
        calls=len(chosen.calls),
        of_unknown_rep=sum(not scored.call.counted.reps for scored in chosen.calls),
        of_several_reps=sum(len(scored.call.counted.reps) > 1 for scored in chosen.calls),
        left_out=(*chosen.left_out, *beyond),
        choices=_choices(calls, chosen),
        criteria=lines,
        queue=coaching_queue(chosen, rubric, coached, filters.criterion),
        heat_map=heat_map(chosen, shown),
        trends=trends(chosen, filters.criterion),
        talk_ratios=talk_ratios(chosen, usual, least_talk_s=playbook.talk_stats.least_talk_s),
        pitfalls=pitfall_bars(chosen, playbook.pitfalls.pitfalls),
        agreement=agreement(chosen, shown),
    )


def criteria_of(chosen: Compared) -> tuple[CriterionLine, ...]:
    """The criteria of the rubric that is compared by, in its order, as the newest scorecard has them."""
    if not chosen.calls:
        return ()
    return tuple(
        CriterionLine(id=a.criterion, title=a.title, section=section.title, weight=a.weight, critical=a.critical)
        for section in chosen.calls[-1].judged.card.sections
        for a in section.answers
    )


def _choices(calls: Sequence[TeamCall], chosen: Compared) -> Choices:
    """Over all calls that count, so that a filter can be changed for another; rubrics are those of the kind."""
    ours = [call for call in calls if call.over and not call.demo]
    of_kind = [call for call in ours if call.kind is chosen.kind]
    reps = {rep for call in ours for rep in call.reps}
    return Choices(
        kinds=tuple(kind for kind in CallKind if any(call.kind is kind and call.judged for call in ours)),
        reps=tuple(sorted(reps, key=lambda rep: (rep == UNKNOWN_REP, rep.casefold(), rep))),
        accounts=tuple(sorted({call.account for call in ours if call.account}, key=str.casefold)),
        rubrics=tuple(dict.fromkeys(rubric for call in of_kind for rubric in call.judged)),
    )
