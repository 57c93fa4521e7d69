"""Which notes of an account's journal go along when one of its calls moves to another account."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.accounts import AccountNote, AgreementNoted, Assumed
from copilot.domain.journal import Written
from copilot.errors import UnusableInput
from copilot.review.ledger.standing_notes import standing_notes

Notes = Sequence[Written[AccountNote]]

_NAMING = ("promise", "into", "other")


class SameCalculation(UnusableInput):
    def __init__(self, calculation: str, old: str, new: str) -> None:
        super().__init__(
            f"the call cannot move: “{calculation}” goes with it, and {old} and {new} each have one of that name; "
            "take one of them back first"
        )


def names_call(note: AccountNote, call_id: str) -> bool:
    """Whether the note is about a promise by what was said of it on this call."""
    return any(str(getattr(note, field, None)).startswith(f"{call_id}:") for field in _NAMING)


def going_along(call_id: str, notes: Notes) -> list[Written[AccountNote]]:
    """The standing notes that name the call's promises; a calculation goes whole, with what was agreed of it."""
    standing = standing_notes(notes)
    calculations = {n.note.calculation for n in standing if isinstance(n.note, Assumed) and names_call(n.note, call_id)}
    return [
        written
        for written in standing
        if names_call(written.note, call_id)
        or (isinstance(written.note, Assumed | AgreementNoted) and written.note.calculation in calculations)
    ]


def shared_calculation(going: Notes, there: Notes) -> str | None:
    """A calculation that both have by name, and which would become one; what has arrived already is no other."""
    arrived = [(n.at, as_there(n.note)) for n in going]
    theirs = {
        n.note.calculation
        for n in standing_notes(there)
        if isinstance(n.note, Assumed) and (n.at, n.note) not in arrived
    }
    ours = (n.note.calculation for n in going if isinstance(n.note, Assumed))
    return next((name for name in ours if name in theirs), None)


def as_there(note: AccountNote) -> AccountNote:
    """The note without what only the numbers of the former journal made true."""
    return note.model_copy(update={"as_of": None}) if isinstance(note, AgreementNoted) else note
