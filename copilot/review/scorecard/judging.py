"""Scores a call: an answer for each criterion, sections, the total, and what to coach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from copilot.domain.call import CallKind
from copilot.domain.scorecard_rubrics import Applies, Criterion, ScorecardRubric, Span
from copilot.domain.scorecards import Answer, Scorecard, SectionScore
from copilot.domain.state import CallState
from copilot.errors import UnusableInput
from copilot.review.scorecard.coaching import coach
from copilot.review.scorecard.looking import Seen, heard, look_at


class NoScorecard(UnusableInput):
    def __init__(self, kind: CallKind, known: Iterable[CallKind]) -> None:
        self.kind, self.known = kind, tuple(known)
        kinds = ", ".join(self.known)
        super().__init__(f"calls of the kind {str(kind)!r} have no scorecard, those of {kinds} have; --kind says which")


def rubric_for(state: CallState, rubrics: Mapping[CallKind, ScorecardRubric]) -> ScorecardRubric:
    """The rubric for the kind of call that it is; raises NoScorecard."""
    kind = state.call.kind if state.call else CallKind.OTHER
    if kind not in rubrics:
        raise NoScorecard(kind, rubrics)
    return rubrics[kind]


def score_call(state: CallState, rubric: ScorecardRubric) -> Scorecard:
    """The scorecard of a call as it stands."""
    seen = {criterion.id: look_at(state, criterion.answered_by) for criterion in rubric.criteria}
    sections = tuple(
        section_of(s.id, s.title, tuple(answer(state, criterion, seen[criterion.id]) for criterion in s.criteria))
        for s in rubric.sections
    )
    answers = [answer for section in sections for answer in section.answers]
    return Scorecard(
        rubric=rubric.name,
        playbook=state.playbook,
        kind=state.call.kind if state.call else CallKind.OTHER,
        call_id=state.call.id if state.call else None,
        title=rubric.title,
        notice=rubric.notice,
        sections=sections,
        coaching=coach(state, rubric, answers, seen),
        **totals(sections),
    )


class Totals(TypedDict):
    points: float
    possible: float
    score: float | None
    could_be: float | None
    not_observed: int
    not_applicable: int


def totals(sections: Sequence[SectionScore]) -> Totals:
    """What the sections add up to."""
    points, possible = _sum(s.points for s in sections), _sum(s.possible for s in sections)
    standing = [s for s in sections if s.failed_by is None]
    unseen = _sum(a.weight for s in standing for a in s.answers if a.verdict == "not_observed")
    answers = [answer for section in sections for answer in section.answers]
    return Totals(
        points=points,
        possible=possible,
        score=_share(points, possible),
        could_be=_share(_sum([points, unseen]), possible),
        not_observed=sum(a.verdict == "not_observed" for a in answers),
        not_applicable=sum(a.verdict == "not_applicable" for a in answers),
    )


def section_of(section_id: str, title: str, answers: tuple[Answer, ...]) -> SectionScore:
    """A critical criterion that is answered with nothing at all takes the whole section's points."""
    failed_by = next((a.criterion for a in answers if a.critical and a.counted_share == 0), None)
    return SectionScore(
        id=section_id,
        title=title,
        points=0.0 if failed_by else _sum(a.points for a in answers),
        possible=_sum(a.weight for a in answers if a.verdict != "not_applicable"),
        failed_by=failed_by,
        answers=answers,
    )


def answer(state: CallState, criterion: Criterion, seen: Seen) -> Answer:
    """What was seen, as this criterion puts it. Without enough moments nothing was observed."""

    def made(standing: str, text: str, why: str, **more: object) -> Answer:
        return Answer.model_validate(
            {
                "criterion": criterion.id,
                "title": criterion.title,
                "question": criterion.question,
                "type": criterion.type,
                "weight": criterion.weight,
                "critical": criterion.critical,
                "standing": standing,
                "answer": text,
                "why": why,
                **more,
            }
        )

    if criterion.applies is not None and not _applies(state, criterion.applies):
        return made("not_applicable", "Not applicable", criterion.applies.otherwise)
    if seen.value is None or len(seen.moments) < criterion.evidence:
        return made("not_observed", "No moment found", seen.why)
    share, text, means = _put(criterion, seen.value, seen.answer)
    return made("scored", text, seen.why, share=share, means=means, moments=seen.moments)


def _put(criterion: Criterion, value: float, instead: str | None) -> tuple[float, str, str | None]:
    """The share of the weight, the answer in a word (`instead` of yes or no), and what that word means here."""
    if criterion.span is not None:
        return span_share(criterion.span, value), _figure(value, criterion.span.unit), None
    if criterion.levels:
        level = [level for level in criterion.levels if level.share <= value][-1]
        return level.share, level.title, level.means
    return (1.0, instead or "Yes", None) if value == 1 else (0.0, instead or "No", None)


def span_share(span: Span, value: float) -> float:
    """1 within the span, 0 at its ends or beyond, in proportion between."""
    if span.low is not None and span.none_below is not None and value < span.low:
        return max(0.0, (value - span.none_below) / (span.low - span.none_below))
    if span.high is not None and span.none_above is not None and value > span.high:
        return max(0.0, (span.none_above - value) / (span.none_above - span.high))
    return 1.0


def _figure(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.0%}"
    return f"{value:.0f} {unit.removesuffix('s') if value == 1 else unit}"


def _applies(state: CallState, rule: Applies) -> bool:
    if rule.items is not None:
        return bool(heard(state, rule.items))
    return state.coverage.get(rule.stage or "", "untouched") != "untouched"


def _sum(numbers: Iterable[float]) -> float:
    return round(sum(numbers), 6)


def _share(points: float, possible: float) -> float | None:
    return round(points / possible, 4) if possible else None
