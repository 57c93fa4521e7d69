"""A store that lasts as long as the process: for calls that are analysed and not kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter

from copilot.domain.deliveries import Delivery
from copilot.domain.events import Logged, ModelUsed
from copilot.domain.journal import N, Note, Subject, SubjectKind, Written
from copilot.domain.records import CallRecord


class MemoryStore:
    """Implements `copilot.ports.Store`."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Logged]] = defaultdict(list)
        self._records: dict[str, CallRecord] = {}
        self._deliveries: dict[tuple[str, str], Delivery] = {}
        self._journal: list[tuple[datetime, Subject, str]] = []

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        self._logs[call_id].extend(events)
        if record is not None:
            self._records[call_id] = record

    async def read(self, call_id: str, after: int = 0) -> list[Logged]:
        return self._logs[call_id][after:]

    async def lengths(self, call_ids: Sequence[str]) -> dict[str, int]:
        return {call_id: len(self._logs[call_id]) for call_id in call_ids if self._logs.get(call_id)}

    async def record(self, call_id: str) -> CallRecord | None:
        return self._records.get(call_id)

    async def records(self, limit: int, *, account: str | None = None) -> list[CallRecord]:
        asked = [record for record in self._records.values() if account is None or record.info.account == account]
        return sorted(asked, key=lambda record: record.started_at, reverse=True)[:limit]

    async def count(self) -> int:
        return len(self._records)

    async def unfinished(self) -> list[str]:
        return [call_id for call_id, record in self._records.items() if not record.wrapped_up]

    async def model_use(self, since: datetime) -> list[Logged]:
        logged = (entry for log in self._logs.values() for entry in log)
        return [entry for entry in logged if isinstance(entry.event, ModelUsed) and entry.at >= since]

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        self._deliveries.update({(delivery.message_id, delivery.recipient): delivery for delivery in noted})

    async def deliveries(self, call_id: str) -> list[Delivery]:
        return [delivery for delivery in self._deliveries.values() if delivery.call_id == call_id]

    async def deliveries_since(self, since: datetime) -> list[Delivery]:
        return [delivery for delivery in self._deliveries.values() if delivery.at >= since]

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        self._journal.extend((at, subject, note.model_dump_json()) for note in notes)

    async def written(
        self, kind: SubjectKind, shape: TypeAdapter[N], name: str | None = None, *, since: datetime | None = None
    ) -> list[Written[N]]:
        return [
            Written(seq, at, subject, shape.validate_json(body))
            for seq, (at, subject, body) in enumerate(self._journal, 1)
            if subject.kind == kind and name in (None, subject.name) and (since is None or at >= since)
        ]
