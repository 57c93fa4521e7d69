"""A store that lasts as long as the process: for calls that are analysed and not kept."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter

from copilot.domain.deliveries import Delivery
from copilot.domain.events import Logged, ModelUsed
from copilot.domain.journal import NO_PARTING, OF_A_CALL, N, Note, Parting, Subject, SubjectKind, Written
from copilot.domain.records import CallRecord, spelt_first
from copilot.domain.webhooks import notes_about
from copilot.errors import CallDeleted, NoSuchCall


class MemoryStore:
    """Implements `copilot.ports.Store`."""

    def __init__(self) -> None:
        self._logs: dict[str, list[Logged]] = defaultdict(list)
        self._records: dict[str, CallRecord] = {}
        self._deliveries: dict[tuple[str, str], Delivery] = {}
        self._journal: dict[int, tuple[datetime, Subject, str]] = {}
        self._deleted: dict[str, datetime] = {}
        self._seqs = itertools.count(1)

    async def append(self, call_id: str, events: Sequence[Logged], record: CallRecord | None = None) -> None:
        self._check_there(call_id)
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

    async def find(self, terms: Sequence[str], limit: int) -> tuple[list[CallRecord], int]:
        held = [record for record in self._records.values() if all(term in record.words for term in terms)]
        held.sort(key=lambda r: (r.wrapped_up, -r.held_on.toordinal(), -r.started_at.timestamp(), r.info.id))
        return held[:limit], len(held)

    async def of_content(self, content: str) -> list[CallRecord]:
        alike = [record for record in self._records.values() if record.content == content]
        return sorted(alike, key=lambda record: record.started_at, reverse=True)

    async def account_named(self, name: str) -> str | None:
        with_calls = [record.info.account for record in self._records.values() if record.info.account]
        written_of = [subject.name for _, subject, _ in self._journal.values() if subject.kind == "account"]
        return spelt_first(name, with_calls) or spelt_first(name, written_of)

    async def count(self) -> int:
        return len(self._records)

    async def unfinished(self) -> list[str]:
        return [call_id for call_id, record in self._records.items() if not record.wrapped_up]

    async def model_use(self, since: datetime) -> list[Logged]:
        logged = (entry for log in self._logs.values() for entry in log)
        return [entry for entry in logged if isinstance(entry.event, ModelUsed) and entry.at >= since]

    async def delete(
        self, call_id: str, at: datetime, told: Sequence[tuple[Subject, Note]] = (), parting: Parting = NO_PARTING
    ) -> None:
        self._check_there(call_id)
        if call_id not in self._records:
            raise NoSuchCall(call_id)
        self._deleted[call_id] = at
        del self._records[call_id], self._logs[call_id]
        self._deliveries = {key: delivery for key, delivery in self._deliveries.items() if delivery.call_id != call_id}
        of_webhooks = [(seq, body) for seq, (_, subject, body) in self._journal.items() if subject.kind == "webhook"]
        gone = {*notes_about(call_id, of_webhooks), *parting.gone}
        gone |= {s for s, (_, about, _) in self._journal.items() if about.kind in OF_A_CALL and about.name == call_id}
        self._journal = {seq: noted for seq, noted in self._journal.items() if seq not in gone}
        for seq, changed in parting.changed.items():
            written_at, about, _ = self._journal[seq]
            self._journal[seq] = written_at, about, changed.model_dump_json()
        for subject, note in told:
            await self.write(subject, [note], at)

    async def deleted_at(self, call_id: str) -> datetime | None:
        return self._deleted.get(call_id)

    async def note_deliveries(self, noted: Sequence[Delivery]) -> None:
        for call_id in {delivery.call_id for delivery in noted}:
            self._check_there(call_id)
        self._deliveries.update({(delivery.message_id, delivery.recipient): delivery for delivery in noted})

    async def deliveries(self, call_id: str) -> list[Delivery]:
        return [delivery for delivery in self._deliveries.values() if delivery.call_id == call_id]

    async def deliveries_since(self, since: datetime) -> list[Delivery]:
        return [delivery for delivery in self._deliveries.values() if delivery.at >= since]

    async def write(self, subject: Subject, notes: Sequence[Note], at: datetime) -> None:
        if subject.kind in OF_A_CALL:
            self._check_there(subject.name)
        self._journal.update({next(self._seqs): (at, subject, note.model_dump_json()) for note in notes})

    async def written(
        self, kind: SubjectKind, shape: TypeAdapter[N], name: str | None = None, *, since: datetime | None = None
    ) -> list[Written[N]]:
        return [
            Written(seq, at, subject, shape.validate_json(body))
            for seq, (at, subject, body) in self._journal.items()
            if subject.kind == kind and name in (None, subject.name) and (since is None or at >= since)
        ]

    def _check_there(self, call_id: str) -> None:
        """Raises CallDeleted."""
        if (at := self._deleted.get(call_id)) is not None:
            raise CallDeleted(call_id, at)
