"""A company's own value work as it stands: its journal and what calls show, read and folded; new notes, written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from copilot.afterwards.accounts import Accounts
from copilot.afterwards.scorekeeping import MOST_CALLS, Scorekeeper
from copilot.domain.blueprint import ValueBlueprint
from copilot.domain.journal import Written
from copilot.domain.maturity import MATURITY, MATURITY_NOTE, DimensionPlaced, MaturityNote
from copilot.domain.state import replay
from copilot.errors import NoSuchCall
from copilot.ports import Store
from copilot.review.maturity import MaturityMap, Seen, maturity_map, seen
from copilot.review.maturity.checking import check, check_said
from copilot.review.reps import rep_key


class Maturity:
    """`now` is the clock, in UTC."""

    def __init__(
        self,
        store: Store,
        blueprint: ValueBlueprint,
        scorekeeper: Scorekeeper,
        accounts: Accounts,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._blueprint = blueprint
        self._scorekeeper = scorekeeper
        self._accounts = accounts
        self._now = now

    async def journal(self) -> list[Written[MaturityNote]]:
        """Everything that was written down, the oldest first."""
        return await self._store.written(MATURITY.kind, MATURITY_NOTE, MATURITY.name)

    async def map(self, *, since: str | None = None, until: str = "now") -> MaturityMap:
        """The map, with the progress between two of its points. Raises UnusableAssessment for one it does not have."""
        notes, shown = await self.journal(), await self._seen()
        today = self._now().date()
        return await asyncio.to_thread(maturity_map, self._blueprint, notes, shown, today, since=since, until=until)

    async def write(self, note: MaturityNote) -> None:
        """Write a note down. Raises UnusableAssessment, and NoSuchCall for a quote of a call that is not there."""
        check(note, self._blueprint, await self.journal(), self._now().date())
        if isinstance(note, DimensionPlaced) and note.said is not None:
            if await self._store.record(note.said.call) is None:
                raise NoSuchCall(note.said.call)
            logged = await self._store.read(note.said.call)
            state = await asyncio.to_thread(lambda: replay(entry.event for entry in logged))
            check_said(note.said, state.utterances)
        await self._store.write(MATURITY, [note], self._now())

    async def _seen(self) -> Seen:
        records, keepings = await self._store.records(MOST_CALLS), await self._scorekeeper.of_all()
        ledgers = await self._accounts.ledgers()
        marks = {
            (rep_key(n.note.rep), n.note.kind, n.note.criterion): n.note for n in await self._scorekeeper.coached()
        }
        coached = {mark.rep for mark in marks.values() if mark.done}
        return await asyncio.to_thread(seen, records, keepings, ledgers, coached)
