"""Links under which one call can be read without the access token: made for a while, listed, ended one by one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from copilot.domain.call_notes import CALL_NOTES, Audience, ReviewShared, SharingEnded
from copilot.domain.journal import Subject
from copilot.errors import CopilotError
from copilot.ports import Store


class NoSuchShare(CopilotError):
    def __init__(self, call_id: str, share: str) -> None:
        self.call_id, self.share = call_id, share
        super().__init__(f"call {call_id!r} has no link {share!r} that could be ended")


@dataclass(frozen=True, slots=True)
class Share:
    """A link. Once it is `ended`, by a person or because its time was over, it opens nothing any more."""

    id: str
    audience: Audience
    label: str
    by: str | None
    at: datetime
    token_hash: str
    until: datetime | None
    ended: datetime | None = None


class Shares:
    """`now` is the clock, in UTC; `days` is how long a link opens the call where nobody says otherwise."""

    def __init__(self, store: Store, now: Callable[[], datetime], *, days: int = 30) -> None:
        self._store = store
        self._now = now
        self.days = days

    async def of_call(self, call_id: str) -> list[Share]:
        """Every link that was made, the oldest first."""
        found: dict[str, Share] = {}
        for written in await self._store.written("call", CALL_NOTES, call_id):
            note = written.note
            if isinstance(note, ReviewShared):
                found[note.share] = _shared(note, written.at, self._now())
            elif isinstance(note, SharingEnded) and note.share in found:
                found[note.share] = replace(found[note.share], ended=written.at)
        return list(found.values())

    async def make(
        self, call_id: str, audience: Audience, *, label: str, by: str | None, days: int | None = None
    ) -> str:
        """The token of a new link; it is not kept, so this is the only time it is told."""
        token, now = secrets.token_urlsafe(32), self._now()
        note = ReviewShared(
            share=secrets.token_hex(4),
            audience=audience,
            token_hash=_hash(token),
            label=label,
            by=by,
            until=now + timedelta(days=days or self.days),
        )
        await self._store.write(Subject("call", call_id), [note], now)
        return token

    async def end(self, call_id: str, share: str, *, by: str | None) -> None:
        """Raises NoSuchShare where there is none, or it is ended already."""
        if share not in {known.id for known in await self.of_call(call_id) if known.ended is None}:
            raise NoSuchShare(call_id, share)
        await self._store.write(Subject("call", call_id), [SharingEnded(share=share, by=by)], self._now())

    async def of_token(self, call_id: str, token: str) -> Share | None:
        """The link that this token belongs to, which may have ended."""
        given = _hash(token)
        return next((s for s in await self.of_call(call_id) if secrets.compare_digest(s.token_hash, given)), None)


def _shared(note: ReviewShared, at: datetime, now: datetime) -> Share:
    over = note.until if note.until is not None and note.until <= now else None
    return Share(note.share, note.audience, note.label, note.by, at, note.token_hash, note.until, ended=over)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
