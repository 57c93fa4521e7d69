"""A call's scorecard journal, folded: every scorecard that was made of it, and what people answered in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from copilot.domain.call import CallKind
from copilot.domain.journal import Written
from copilot.domain.kept_scorecards import (
    AnswerOverridden,
    CallCounted,
    OverrideWithdrawn,
    ScorecardKept,
    ScorecardNote,
)
from copilot.domain.scorecards import Coaching, Override, Scorecard
from copilot.review.scorecard.judging import section_of, totals

Given = Written[AnswerOverridden] | Written[OverrideWithdrawn]


@dataclass(frozen=True, slots=True)
class KeptScorecards:
    """`cards` and `given` (people's answers, and what they took back) are in the order in which they were written."""

    cards: tuple[Written[ScorecardKept], ...] = ()
    given: tuple[Given, ...] = ()
    counted: CallCounted | None = None

    def of_kind(self, kind: CallKind) -> tuple[Written[ScorecardKept], ...]:
        """Those that were made while the call was of this kind, the oldest first."""
        return tuple(kept for kept in self.cards if kept.note.scorecard.kind is kind)

    def kept(self, kind: CallKind) -> Written[ScorecardKept] | None:
        """The last scorecard for this kind of call; None where there is none."""
        return next(reversed(self.of_kind(kind)), None)

    def overriding(self, rubric: str) -> Mapping[str, Written[AnswerOverridden]]:
        """The people's answers that stand, by criterion. They hold for the rubric that was asked by, and no other."""
        standing: dict[str, Written[AnswerOverridden]] = {}
        for given in self.given:
            if given.note.rubric != rubric:
                continue
            standing.pop(given.note.criterion, None)
            if isinstance(given.note, AnswerOverridden):
                standing[given.note.criterion] = Written(given.seq, given.at, given.subject, given.note)
        return standing

    def judged(self, card: Scorecard) -> Scorecard:
        """The scorecard with what people answered, and added up by it."""
        standing = self.overriding(card.rubric)
        return overridden(card, {criterion: _override(given) for criterion, given in standing.items()})


def fold(written: Iterable[Written[ScorecardNote]]) -> dict[str, KeptScorecards]:
    """What was kept of every call, by its id."""
    keepings: dict[str, KeptScorecards] = {}
    for entry in written:
        keepings[entry.subject.name] = _with(keepings.get(entry.subject.name, KeptScorecards()), entry)
    return keepings


def overridden(card: Scorecard, overrides: Mapping[str, Override]) -> Scorecard:
    """Each answer with the person's beside it. What the coaching says of a criterion goes where a person disagrees."""
    if not overrides:
        return card
    sections = tuple(
        section_of(
            section.id,
            section.title,
            tuple(a.model_copy(update={"override": overrides.get(a.criterion)}) for a in section.answers),
        )
        for section in card.sections
    )
    verdicts = {a.criterion: a.verdict for section in sections for a in section.answers}
    work_on = card.coaching.work_on
    coaching = Coaching(
        account=card.coaching.account,
        well=tuple(praise for praise in card.coaching.well if verdicts.get(praise.criterion) == "met"),
        work_on=None if work_on and verdicts.get(work_on.criterion) in {"met", "not_applicable"} else work_on,
    )
    return card.model_copy(update={"sections": sections, "coaching": coaching, **totals(sections)})


def _with(keeping: KeptScorecards, entry: Written[ScorecardNote]) -> KeptScorecards:
    place = (entry.seq, entry.at, entry.subject)
    match entry.note:
        case ScorecardKept():
            return replace(keeping, cards=(*keeping.cards, Written(*place, entry.note)))
        case CallCounted():
            return replace(keeping, counted=entry.note)
        case AnswerOverridden():
            return replace(keeping, given=(*keeping.given, Written(*place, entry.note)))
        case OverrideWithdrawn():
            return replace(keeping, given=(*keeping.given, Written(*place, entry.note)))
        case _:
            assert_never(entry.note)


def _override(given: Written[AnswerOverridden]) -> Override:
    note = given.note
    return Override(verdict=note.verdict, reason=note.reason, by=note.by, at=given.at)
