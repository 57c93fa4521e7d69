"""A language model's account where there is one; up to two things done well and one to work on, each at its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.domain.scorecard_rubrics import Criterion, ScorecardRubric
from copilot.domain.scorecards import Answer, Coaching, Moment, Praise, WorkOn
from copilot.domain.state import CallState
from copilot.domain.templates import fill, placeholders
from copilot.review.scorecard.looking import Seen, last_word

MOST_PRAISE = 2


def coach(state: CallState, rubric: ScorecardRubric, answers: Sequence[Answer], seen: Mapping[str, Seen]) -> Coaching:
    """What weighs most on either side.

    Only what a moment shows is praised, and what was not observed is worked on only where nothing was seen to go wrong.
    """
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    section_of = {criterion.id: section.id for section in rubric.sections for criterion in section.criteria}
    showing = {a.criterion: _showing(state, a, seen[a.criterion]) for a in answers if a.share == 1}
    done = sorted((a for a in answers if showing.get(a.criterion)), key=lambda a: -a.weight)
    well = _praise(_spread(done, section_of)[:MOST_PRAISE], criteria, showing)
    prose = state.prose.get("coaching")
    account = prose.sentences if prose else ()
    return Coaching(account=account, well=well, work_on=_work_on(state, answers, criteria, seen))


def _spread(answers: Sequence[Answer], section_of: Mapping[str, str]) -> list[Answer]:
    """The first of every section, then the others, in their order."""
    first: dict[str, Answer] = {}
    for answer in answers:
        first.setdefault(section_of[answer.criterion], answer)
    return [*first.values(), *(answer for answer in answers if answer not in first.values())]


def _showing(state: CallState, answer: Answer, seen: Seen) -> list[Moment]:
    return [moment for moment in answer.moments if state.utterances[moment.utterance].role in seen.shown_by]


def _praise(
    answers: Sequence[Answer], criteria: Mapping[str, Criterion], showing: Mapping[str, Sequence[Moment]]
) -> tuple[Praise, ...]:
    """Each with a moment of its own where there is one."""
    said: set[int] = set()
    praise = []
    for answer in answers:
        moments = showing[answer.criterion]
        moment = next((m for m in moments if m.utterance not in said), moments[0])
        said.add(moment.utterance)
        praise.append(Praise(criterion=answer.criterion, text=criteria[answer.criterion].well, moment=moment))
    return tuple(praise)


def _work_on(
    state: CallState, answers: Sequence[Answer], criteria: Mapping[str, Criterion], seen: Mapping[str, Seen]
) -> WorkOn | None:
    lost = sorted(
        (a for a in answers if a.share is not None and a.share < 1 and a.moments),
        key=lambda a: (not (a.critical and a.share == 0), a.points - a.weight),
    )
    for a in lost:
        return _worked_on(criteria[a.criterion], a.moments[0], seen[a.criterion].about)
    missing = max((a for a in answers if a.standing == "not_observed"), key=lambda a: a.weight, default=None)
    moment = last_word(state)
    return _worked_on(criteria[missing.criterion], moment, None) if missing and moment else None


def _worked_on(criterion: Criterion, moment: Moment, about: str | None) -> WorkOn:
    values = {} if about is None else {"item": about}
    wording = next(ask for ask in criterion.ask if placeholders(ask) <= values.keys())
    return WorkOn(criterion=criterion.id, text=criterion.work_on, moment=moment, better_question=fill(wording, values))
