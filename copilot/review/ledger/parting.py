"""What becomes of an account's notes when one of its calls is deleted.

A note on a promise that another call tells too names it by what was said there from then on; one on a promise of the
deleted call alone goes with it, and so does a reading that was heard on it. Sums and goals stay without their promise.
"""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.accounts import AccountNote, Assumed, GoalSet, Heard, ReadingNoted
from copilot.domain.journal import Parting, Written
from copilot.review.ledger.carrying import NAMING, names_call
from copilot.review.ledger.entries import Ledger


def is_about(note: AccountNote, call_id: str) -> bool:
    return names_call(note, call_id) or _heard_on(note, call_id)


def parting(call_id: str, notes: Sequence[Written[AccountNote]], before: Ledger, after: Ledger) -> Parting:
    """`before` and `after` are the ledger of the call's account with it and without it; `notes` are of any account."""
    gone: set[int] = set()
    changed: dict[int, AccountNote] = {}
    for written in notes:
        if not is_about(written.note, call_id):
            continue
        homeless = written.subject.name != before.account or _heard_on(written.note, call_id)
        kept = None if homeless else _elsewhere(written.note, call_id, before, after)
        if kept is None and isinstance(written.note, Assumed | GoalSet):
            kept = written.note.model_copy(update={"promise": None})
        if kept is None:
            gone.add(written.seq)
        else:
            changed[written.seq] = kept
    return Parting(frozenset(gone), changed)


def _heard_on(note: AccountNote, call_id: str) -> bool:
    return isinstance(note, ReadingNoted) and isinstance(note.source, Heard) and note.source.said.call == call_id


def _elsewhere(note: AccountNote, call_id: str, before: Ledger, after: Ledger) -> AccountNote | None:
    """The note by other mentions of what it names; None where there are none, or two that it names become one."""
    named = {field: name for field in NAMING if (name := getattr(note, field, None)) is not None}
    homes = {
        field: _another(name, before, after) if name.startswith(f"{call_id}:") else name
        for field, name in named.items()
    }
    if None in homes.values() or len(set(homes.values())) < len(homes):
        return None
    return note.model_copy(update=homes)


def _another(mention: str, before: Ledger, after: Ledger) -> str | None:
    entry = before.entry(mention)
    return next((m.id for m in entry.mentions if after.entry(m.id)), None) if entry else None
