"""The email of a call as a person edits it: kept as typed, beside the automatic one, which follows the call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from copilot.domain.call_notes import CALL_NOTES, EmailEdited
from copilot.domain.journal import Subject, Written
from copilot.domain.state import CallState, replay
from copilot.errors import MovedOn
from copilot.ports import Store
from copilot.review.summary_email import Letter, as_running_text, write_letter
from copilot.review.summary_email.editing import changed_items


class DraftMovedOn(MovedOn):
    """Somebody else has saved the email in the meantime, or the call that it follows has gone on."""

    def __init__(self, call_id: str, version: int) -> None:
        self.call_id, self.version = call_id, version
        super().__init__(f"the email of call {call_id!r} was changed elsewhere in the meantime; load it to see how")


@dataclass(frozen=True, slots=True)
class Changed:
    """What the automatic email tells otherwise than when a draft was begun from it.

    `elsewhere`: its text differs though no item does, a name in the greeting for one.
    """

    items: int = 0
    elsewhere: bool = False


class Drafts:
    """`now` is the clock, in UTC. A draft's version is its place in the journal; 0 before the first."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._saving = asyncio.Lock()

    async def of_call(self, call_id: str) -> Written[EmailEdited] | None:
        """The draft as it was saved last, or None where nobody has edited the email."""
        written = await self._store.written("call", CALL_NOTES, call_id)
        edits = [Written(n.seq, n.at, n.subject, n.note) for n in written if isinstance(n.note, EmailEdited)]
        return edits[-1] if edits else None

    async def save(self, call_id: str, draft: EmailEdited, *, after: int) -> None:
        """Keep a draft made from version `after`. Raises DraftMovedOn where that is not the last one any more."""
        async with self._saving:
            last = await self.of_call(call_id)
            version = last.seq if last else 0
            if version != after:
                raise DraftMovedOn(call_id, version)
            await self._store.write(Subject("call", call_id), [draft], self._now())

    async def changed_since(self, draft: EmailEdited, state: CallState, letter: Letter) -> Changed:
        """What an edited body does not know of yet; nothing where the body is still the automatic one."""
        if draft.body is None or draft.seq >= state.seq or state.call is None:
            return Changed()
        logged = await self._store.read(state.call.id)
        begun = [entry.event for entry in logged if entry.seq <= draft.seq]
        return await asyncio.to_thread(lambda: _changed(write_letter(replay(begun)), letter))


def _changed(before: Letter, after: Letter) -> Changed:
    items = changed_items(before, after)
    return Changed(items, elsewhere=not items and as_running_text(before) != as_running_text(after))
