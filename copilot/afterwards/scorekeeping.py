"""Keeps the scorecards of calls that are over, and what people answer in their place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import get_args
from weakref import WeakValueDictionary

from copilot.domain.call import CallKind
from copilot.domain.journal import Subject, Written
from copilot.domain.kept_scorecards import (
    COACHED,
    COACHING,
    SCORECARD_NOTES,
    AnswerOverridden,
    CallCounted,
    Coached,
    OverrideWithdrawn,
    ScorecardKept,
    ScorecardNote,
)
from copilot.domain.scorecard_rubrics import ScorecardRubric
from copilot.domain.scorecards import Answer, Verdict
from copilot.domain.state import CallState, replay
from copilot.errors import CopilotError, MovedOn, NoSuchCall, UnusableInput
from copilot.ports import Store
from copilot.review.reps import spelt_alike
from copilot.review.scorecard import KeptScorecards, fold, rubric_for, score_call
from copilot.review.team.counting import counted, engine_of

MOST_CALLS = 5000
"""How many calls are looked at together, the newest ones."""

log = logging.getLogger(__name__)


class NotScoredYet(CopilotError):
    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        super().__init__(f"call {call_id!r} has no scorecard to answer yet; one is kept once the call is over")


class AnsweredMeanwhile(MovedOn):
    """Somebody answered a criterion, or took an answer back, since the writer looked. `newer` is what they wrote."""

    def __init__(self, newer: AnswerOverridden | OverrideWithdrawn) -> None:
        self.newer = newer
        told = (
            f"{newer.by} answered “{newer.verdict.replace('_', ' ')}”: {newer.reason}"
            if isinstance(newer, AnswerOverridden)
            else f"{newer.by} took the answer back"
        )
        super().__init__(
            f"this was answered since it was shown, and yours is not written down yet; {told}; "
            "saved again, yours takes its place"
        )


class NoSuchAnswer(UnusableInput):
    """A criterion that the scorecard does not have, an answer that it does not take, or none to take back."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        self.what, self.known = what, tuple(known)
        super().__init__(f"{what}; there are {', '.join(self.known) or 'none'}")


class Scorekeeper:
    """`now` is the clock, in UTC. What it raises beside is `StoreUnavailable`."""

    def __init__(self, store: Store, rubrics: Mapping[CallKind, ScorecardRubric], now: Callable[[], datetime]) -> None:
        self._store = store
        self._rubrics = rubrics
        self._now = now
        self._answering: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of_call(self, call_id: str) -> KeptScorecards:
        """What has been kept of a call, which may be nothing."""
        return fold(await self._store.written("scorecard", SCORECARD_NOTES, call_id)).get(call_id, KeptScorecards())

    async def of_all(self) -> Mapping[str, KeptScorecards]:
        """What has been kept of every call, by its id; a rep has one spelling in all of them."""
        return spelt_alike(fold(await self._store.written("scorecard", SCORECARD_NOTES)))

    async def keep(self, state: CallState) -> None:
        """Keep what a call that is over comes to, as far as that is new.

        What was scored by an earlier version of the rubric stays so until somebody asks for it to be scored again.
        """
        await self._keep(state, again=False)

    async def score_again(self, state: CallState) -> None:
        """Keep what a call comes to by the rubric as it is now. Raises NoScorecard."""
        rubric_for(state, self._rubrics)
        await self._keep(state, again=True)

    async def _keep(self, state: CallState, *, again: bool) -> None:
        call_id = state.call.id if state.call else ""
        keeping = await self.of_call(call_id)
        notes = await asyncio.to_thread(self._news, state, keeping, again=again)
        await self._store.write(Subject("scorecard", call_id), notes, self._now())

    def _news(self, state: CallState, keeping: KeptScorecards, *, again: bool) -> list[ScorecardNote]:
        notes: list[ScorecardNote] = []
        facts: CallCounted = counted(state)
        if facts != keeping.counted:
            notes.append(facts)
        rubric = self._rubrics.get(state.call.kind) if state.call else None
        before = keeping.kept(rubric.kind) if rubric else None
        if rubric is None or (before and before.note.scorecard.rubric != rubric.name and not again):
            return notes
        card = score_call(state, rubric)
        kept = ScorecardKept(scorecard=card, engine=engine_of(state), models=state.model.models)
        if before is None or before.note != kept:
            notes.append(kept)
        return notes

    async def override(
        self, call_id: str, criterion: str, verdict: Verdict, *, reason: str, by: str, seen: int | None = None
    ) -> None:
        """Write down a person's answer. Raises NotScoredYet, NoSuchAnswer, and AnsweredMeanwhile.

        `seen` is the last answer of a person that the writer saw, 0 for none.
        """
        async with self._alone(call_id):
            keeping = await self.of_call(call_id)
            rubric, answer = await self._asked(call_id, criterion, keeping)
            if verdict not in (fitting := verdicts_for(answer)):
                raise NoSuchAnswer(f"{criterion!r} is not answered with {verdict!r}", fitting)
            _check_seen(keeping, criterion, seen)
            note = AnswerOverridden(
                rubric=rubric, criterion=criterion, automatic=answer.automatic, verdict=verdict, reason=reason, by=by
            )
            await self._store.write(Subject("scorecard", call_id), [note], self._now())

    async def withdraw(self, call_id: str, criterion: str, *, by: str, seen: int | None = None) -> None:
        """Let the automatic answer count again. Raises NotScoredYet, NoSuchAnswer, and AnsweredMeanwhile."""
        async with self._alone(call_id):
            keeping = await self.of_call(call_id)
            rubric, _ = await self._asked(call_id, criterion, keeping)
            _check_seen(keeping, criterion, seen)
            standing = keeping.overriding(rubric)
            if criterion not in standing:
                raise NoSuchAnswer(f"nobody has overridden {criterion!r}", standing)
            note = OverrideWithdrawn(rubric=rubric, criterion=criterion, by=by)
            await self._store.write(Subject("scorecard", call_id), [note], self._now())

    def _alone(self, call_id: str) -> asyncio.Lock:
        """Held from the check of an answer until it is written, so that nothing comes between."""
        return self._answering.setdefault(call_id, asyncio.Lock())

    async def _asked(self, call_id: str, criterion: str, keeping: KeptScorecards) -> tuple[str, Answer]:
        """The rubric and the automatic answer to a criterion."""
        record = await self._store.record(call_id)
        if record is None:
            raise NoSuchCall(call_id)
        kept = keeping.kept(record.info.kind)
        if kept is None:
            raise NotScoredYet(call_id)
        answers = {answer.criterion: answer for answer in kept.note.scorecard.answers}
        if criterion not in answers:
            raise NoSuchAnswer(f"this scorecard has no criterion {criterion!r}", answers)
        return kept.note.scorecard.rubric, answers[criterion]

    async def coached(self) -> list[Written[Coached]]:
        """Who was coached in what, the oldest first."""
        return await self._store.written(COACHING.kind, COACHED, COACHING.name)

    async def note_coached(self, note: Coached) -> None:
        await self._store.write(COACHING, [note], self._now())

    async def catch_up(self) -> None:
        """Keep what was not kept of calls that are over: those of before, and one whose server stopped at its end.

        So too where it stopped when the call had just become one of another kind.
        """
        try:
            keepings = await self.of_all()
            over = [record.info for record in await self._store.records(MOST_CALLS) if record.wrapped_up]
        except CopilotError as problem:
            log.warning("Scorecards of earlier calls were not looked for: %s", problem)
            return
        for call in over:
            keeping = keepings.get(call.id)
            if keeping is None or (call.kind in self._rubrics and keeping.kept(call.kind) is None):
                await self._catch_up(call.id)

    async def _catch_up(self, call_id: str) -> None:
        try:
            logged = await self._store.read(call_id)
            await self.keep(await asyncio.to_thread(lambda: replay(entry.event for entry in logged)))
        except CopilotError as problem:
            log.warning("Call %s: its scorecard was not kept: %s", call_id, problem)


def _check_seen(keeping: KeptScorecards, criterion: str, seen: int | None) -> None:
    """Raises AnsweredMeanwhile. `seen` is the last answer of a person that the writer saw; None: whatever it is."""
    if seen is None:
        return
    newer = [given.note for given in keeping.given if given.seq > seen and given.note.criterion == criterion]
    if newer:
        raise AnsweredMeanwhile(newer[-1])


def verdicts_for(answer: Answer) -> tuple[Verdict, ...]:
    """What a person may answer. Yes or no has nothing between."""
    every: tuple[Verdict, ...] = get_args(Verdict)
    return tuple(verdict for verdict in every if verdict != "partly" or answer.type != "yes_no")
