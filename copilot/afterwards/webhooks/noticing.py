"""A store that says what was written to it, once it is on disk: whoever tells others cannot tell what is not so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copilot.domain.deliveries import Delivery
from copilot.domain.events import CallEnded, Logged, WrappedUp
from copilot.domain.journal import Note, Subject
from copilot.domain.kept_scorecards import ScorecardKept
from copilot.domain.records import CallRecord
from copilot.domain.webhooks import Facts, WebhookEvent
from copilot.ports import Store


@dataclass(frozen=True, slots=True)
class Happened:
    """`once` tells two of the same event on one call apart; empty where there can be but one."""

    event: WebhookEvent
    call: str
    at: datetime
    once: str = ""
    facts: Facts = field(default_factory=dict)


Notice = Callable[[Happened], None]


class NoticingStore:
    """The store with an ear at what ends calls, scores them and mails them; all else goes through as it is."""

    def __init__(self, store: Store, notice: Notice) -> None:
        self._store = store
        self._notice = notice

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        await self._store.append(call_id, events, record)
        for logged in events:
            match logged.event:
                case CallEnded():
                    self._notice(Happened("call.ended", call_id, logged.at))
                case WrappedUp():
                    self._notice(Happened("call.ready", call_id, logged.at))

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        await self._store.write(subject, notes, at)
        for note in notes:
            if isinstance(note, ScorecardKept):
                self._notice(scored(subject.name, note, at))

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        await self._store.note_deliveries(noted)
        for happened in mailed(noted):
            self._notice(happened)


def scored(call_id: str, note: ScorecardKept, at: datetime) -> Happened:
    """That a scorecard was kept then."""
    card = note.scorecard
    facts: Facts = {
        "rubric": card.rubric,
        "engine": note.engine,
        "points": card.points,
        "possible": card.possible,
        "score": card.score,
        "not_observed": card.not_observed,
    }
    return Happened("scorecard.made", call_id, at, at.isoformat(), facts)


def mailed(deliveries: Sequence[Delivery]) -> list[Happened]:
    """That messages were sent: those that the mail server took for somebody."""
    sent = dict.fromkeys(delivery.message_id for delivery in deliveries if delivery.state == "accepted")
    return [_mailed([d for d in deliveries if d.message_id == message_id]) for message_id in sent]


def _mailed(deliveries: Sequence[Delivery]) -> Happened:
    """How many recipients there were and for how many the mail server took it, not who they are."""
    first = deliveries[0]
    accepted = sum(delivery.state == "accepted" for delivery in deliveries)
    facts: Facts = {"message_id": first.message_id, "recipients": len(deliveries), "accepted": accepted}
    return Happened("email.sent", first.call_id, first.at, first.message_id, facts)
