"""Accounts as they stand: reads their calls and journals, folds them, and writes down what people add."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from weakref import WeakValueDictionary

from copilot.domain.accounts import ACCOUNT_NOTE, AccountNote, TakenBack
from copilot.domain.demonstration import ValueDemonstration
from copilot.domain.events import Event
from copilot.domain.journal import Subject, Written
from copilot.domain.playbook import Playbook
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState, apply
from copilot.errors import BrokenLog, CopilotError, NoSuchCall
from copilot.ports import Store
from copilot.review.ledger import AccountCall, Ledger, ledger
from copilot.review.ledger.carrying import (
    Moving,
    SameCalculation,
    as_there,
    going_along,
    moving,
    names_call,
    shared_calculation,
)
from copilot.review.ledger.checking import UnusableNote, check
from copilot.review.ledger.csv_readings import Readings, readings_in
from copilot.review.ledger.meanwhile import check_seen
from copilot.review.ledger.standing_notes import standing_notes
from copilot.review.value_report import Asked, ValueReport, value_report

log = logging.getLogger(__name__)

Key = TypeVar("Key")
Kept = TypeVar("Kept")

MOST_CALLS = 1000  # the newest, of one account or of all in the list
MOST_STATES, MOST_LEDGERS = 256, 512  # that are kept folded; the least recently used go first


class NoSuchAccount(CopilotError):
    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__(f"there is no account {account!r}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account with everything that its ledger is folded from."""

    name: str
    calls: Sequence[AccountCall]
    notes: Sequence[Written[AccountNote]]

    def ledger(self, playbook: ValueDemonstration, today: date) -> Ledger:
        return ledger(self.name, self.calls, self.notes, today, milestones=playbook.milestones)

    def noting(self, note: AccountNote, at: datetime) -> Account:
        """As it would be with one more note."""
        seq = 1 + max((written.seq for written in self.notes), default=0)
        written = Written(seq, at, Subject("account", self.name), note)
        return replace(self, notes=(*self.notes, written))


class _Sources(NamedTuple):
    """What an account's ledger is made of, before anything of it is read."""

    name: str
    records: Sequence[CallRecord]
    notes: Sequence[Written[AccountNote]]

    def counting(self, *, demo: bool) -> _Sources:
        """Without its bundled calls, unless they are asked for."""
        return self._replace(records=[record for record in self.records if demo or not record.info.demo])


_Version = tuple[date, tuple[tuple[str, int, date], ...], tuple[int, ...]]
"""The day, the calls with their lengths and days, the notes: a ledger is a function of these."""


class Accounts:
    """`now` is the clock, in UTC.

    A call is folded once, and after that only what has come since is read; a ledger is folded anew where a call or the
    journal has grown, or another day has begun, and in a thread of its own, since a live call must not wait for it.
    """

    def __init__(self, store: Store, playbook: ValueDemonstration, now: Callable[[], datetime]) -> None:
        self._store = store
        self._playbook = playbook
        self._now = now
        self._states: OrderedDict[str, CallState] = OrderedDict()
        self._books: OrderedDict[tuple[str, bool], tuple[_Version, Ledger]] = OrderedDict()
        self._writing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def playbook(self) -> ValueDemonstration:
        return self._playbook

    async def ledgers(self, *, demo: bool = False) -> list[Ledger]:
        """The ledger of every account that one of the newest calls is with, the latest call first.

        Those that have no call any more and something that stands written down come last.
        """
        by_account: dict[str, list[CallRecord]] = {}
        for record in await self._store.records(MOST_CALLS):
            if record.info.account:
                by_account.setdefault(record.info.account, []).append(record)
        notes: dict[str, list[Written[AccountNote]]] = {}
        for written in await self._store.written("account", ACCOUNT_NOTE):
            notes.setdefault(written.subject.name, []).append(written)
        all_of_them = [_Sources(name, records, notes.get(name, ())) for name, records in by_account.items()]
        counted = [sources for s in all_of_them if (sources := s.counting(demo=demo)).records]
        left = [name for name in sorted(notes.keys() - by_account.keys()) if standing_notes(notes[name])]
        without_calls = [name for name in left if not await self._store.records(1, account=name)]
        counted.extend(_Sources(name, (), notes[name]) for name in without_calls)
        lengths = await self._store.lengths([record.info.id for sources in counted for record in sources.records])
        return [await self._folded(sources, lengths, demo=demo) for sources in counted]

    async def ledger(self, name: str, *, demo: bool = False) -> Ledger:
        """Raises NoSuchAccount."""
        sources = (await self._sources(name)).counting(demo=demo)
        lengths = await self._store.lengths([record.info.id for record in sources.records])
        return await self._folded(sources, lengths, demo=demo)

    async def open(self, name: str, *, demo: bool = False) -> Account:
        """The account with its calls, bundled ones only where they are asked for. Raises NoSuchAccount."""
        return await self._opened((await self._sources(name)).counting(demo=demo))

    async def report(self, name: str, playbook: Playbook, asked: Asked, *, demo: bool = False) -> ValueReport:
        """The value report of the account that the name means. Raises NoSuchAccount, NoSuchPersona."""
        name = await self._store.account_named(name) or name
        book = await self.ledger(name, demo=demo)
        account = await self.open(name, demo=demo)
        return await asyncio.to_thread(value_report, book, account.calls, playbook, asked)

    async def journal(self, name: str) -> Sequence[Written[AccountNote]]:
        """Everything that was written down about it, the oldest first. Raises NoSuchAccount."""
        return (await self._sources(name)).notes

    async def demos(self, name: str) -> int:
        """How many bundled calls it has. Raises NoSuchAccount."""
        return sum(record.info.demo for record in (await self._sources(name)).records)

    async def write(
        self, name: str, notes: Sequence[AccountNote], *, seen: int | None = None, demo: bool = False
    ) -> Ledger:
        """Write notes down, all or none, and the ledger with them; each may build on those before it.

        `seen` is the last note that their writer saw. Raises NoSuchAccount, UnusableNote, SumMovedOn, ChangedMeanwhile.
        """
        async with self.alone(name):
            account = await self.open(name, demo=demo)
            states = {call.id: call.state for call in account.calls}
            book = await asyncio.to_thread(account.ledger, self._playbook, self.today)
            before = account.notes
            for note in notes:
                if seen is not None:
                    check_seen(note, before, seen, book)
                check(note, book, self._playbook, states, frozenset(written.seq for written in account.notes))
                account = account.noting(note, self._now())
                book = await self._tried(account)
            return await self._write(name, notes, demo=demo)

    async def import_readings(
        self, name: str, text: str, *, file: str, by: str | None = None, demo: bool = False
    ) -> tuple[Ledger, Readings]:
        """Take readings as CSV, all or none; the ledger with them, and what was taken. Raises UnusableReadings."""
        async with self.alone(name):
            book = await self.ledger(name, demo=demo)
            taken = await asyncio.to_thread(readings_in, text, file=file, book=book, by=by)
            return await self._write(name, taken.notes, demo=demo), taken

    async def moving(self, call_id: str) -> Moving:
        """What goes along if the call moves to another account, and what stays with its own. Raises NoSuchCall."""
        record = await self._store.record(call_id)
        if record is None:
            raise NoSuchCall(call_id)
        name = record.info.account
        calls = await self._store.records(MOST_CALLS, account=name) if name else []
        every = await self._store.written("account", ACCOUNT_NOTE)
        return moving(call_id, name, every, calls_left=sum(call.info.id != call_id for call in calls))

    async def carry(self, call_id: str, to: str) -> None:
        """Bring along what was written down about a call's promises to the account it moves to; it counts there alone.

        Raises SameCalculation.
        """
        every = await self._store.written("account", ACCOUNT_NOTE)
        for name in sorted({n.subject.name for n in every if names_call(n.note, call_id)} - {to}):
            await self._carry(call_id, name, to)

    async def _carry(self, call_id: str, old: str, new: str) -> None:
        """Each note with the time at which it was written; one that an interrupted move has brought is not doubled."""
        async with AsyncExitStack() as both:
            for name in sorted((old, new)):
                await both.enter_async_context(self.alone(name))
            going = going_along(call_id, await self._store.written("account", ACCOUNT_NOTE, old))
            there = await self._store.written("account", ACCOUNT_NOTE, new)
            if (shared := shared_calculation(going, there)) is not None:
                raise SameCalculation(shared, old, new)
            known = [(n.at, n.note) for n in standing_notes(there)]
            for n in going:
                if (n.at, as_there(n.note)) not in known:
                    await self._store.write(Subject("account", new), [as_there(n.note)], n.at)
            if going:
                await self._store.write(Subject("account", old), [TakenBack(note=n.seq) for n in going], self._now())

    def forget(self, call_id: str) -> None:
        """A call is deleted: nothing that was folded from it is kept in memory."""
        self._states.pop(call_id, None)
        for place, (version, _) in list(self._books.items()):
            if any(known == call_id for known, _, _ in version[1]):
                del self._books[place]

    def alone(self, name: str) -> asyncio.Lock:
        """Held from the check of an account's notes until they are written, so that nothing comes between."""
        return self._writing.setdefault(name, asyncio.Lock())

    async def _tried(self, account: Account) -> Ledger:
        """A note with which no ledger could be made any more must never come into the journal."""
        try:
            return await asyncio.to_thread(account.ledger, self._playbook, self.today)
        except (ArithmeticError, LookupError, ValueError) as error:
            raise UnusableNote("the account's ledger cannot be worked out with it") from error

    async def _write(self, name: str, notes: Sequence[AccountNote], *, demo: bool) -> Ledger:
        await self._store.write(Subject("account", name), notes, self._now())
        return await self.ledger(name, demo=demo)

    @property
    def today(self) -> date:
        return self._now().date()

    async def _sources(self, name: str) -> _Sources:
        records = await self._store.records(MOST_CALLS, account=name)
        notes = await self._store.written("account", ACCOUNT_NOTE, name)
        if not records and not notes:
            raise NoSuchAccount(name)
        return _Sources(name, records, notes)

    async def _folded(self, sources: _Sources, lengths: Mapping[str, int], *, demo: bool) -> Ledger:
        today, place = self.today, (sources.name, demo)
        calls = tuple((r.info.id, lengths.get(r.info.id, 0), r.held_on) for r in sources.records)
        version = (today, calls, tuple(note.seq for note in sources.notes))
        known = self._books.get(place)
        if known is None or known[0] != version:
            account = await self._opened(sources)
            known = version, await asyncio.to_thread(account.ledger, self._playbook, today)
        _keep(self._books, place, known, most=MOST_LEDGERS)
        return known[1]

    async def _opened(self, sources: _Sources) -> Account:
        """With the calls as they stand; one whose log cannot be read is left out, and the program's log says so."""
        calls = []
        for record in sources.records:
            try:
                state = await self._state(record.info.id)
            except BrokenLog as broken:
                log.error("%s; the ledger goes without it", broken)  # noqa: TRY400  the sentence says it all
                continue
            info = state.call or record.info
            calls.append(AccountCall(info.id, info.title, info.kind, record.held_on, state, demo=info.demo))
        return Account(sources.name, calls, sources.notes)

    async def _state(self, call_id: str) -> CallState:
        known = self._states.get(call_id, CallState())
        logged = await self._store.read(call_id, known.seq)
        if logged:
            known = await asyncio.to_thread(_continued, known, [entry.event for entry in logged])
        _keep(self._states, call_id, known, most=MOST_STATES)
        return known


def _keep(kept: OrderedDict[Key, Kept], key: Key, value: Kept, *, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)


def _continued(state: CallState, events: Iterable[Event]) -> CallState:
    for event in events:
        state = apply(state, event)
    return state
