"""Which notes of an account's journal go along when one of its calls moves to another account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from copilot.domain.accounts import AccountNote, AgreementNoted, Assumed, MilestoneDone
from copilot.domain.journal import Written
from copilot.domain.value import Value
from copilot.errors import UnusableInput
from copilot.review.ledger.standing_notes import standing_notes

Notes = Sequence[Written[AccountNote]]

Counted = Literal["reading", "amended", "merged", "parted", "contract", "investment", "sum", "milestone", "goal"]
NAMING = ("promise", "into", "other")


class SameCalculation(UnusableInput):
    def __init__(self, calculation: str, old: str, new: str) -> None:
        super().__init__(
            f"the call cannot move: “{calculation}” goes with it, and {old} and {new} each have one of that name; "
            "take one of them back first"
        )


def names_call(note: AccountNote, call_id: str) -> bool:
    """Whether the note is about a promise by what was said of it on this call."""
    return any(str(getattr(note, field, None)).startswith(f"{call_id}:") for field in NAMING)


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


class Moving(Value):
    """What becomes of an account's notes if one of its calls moves to another one: how many of which kind.

    `calls_left` are the account's other calls. Without an account nothing stays anywhere.
    """

    account: str | None
    goes: dict[Counted, int]
    stays: dict[Counted, int]
    calls_left: int


def moving(call_id: str, account: str | None, notes: Notes, *, calls_left: int) -> Moving:
    """`notes` are those of every account: what was written about a call may be with one that it had before."""
    by_account: dict[str, list[Written[AccountNote]]] = {}
    for written in notes:
        by_account.setdefault(written.subject.name, []).append(written)
    return Moving(
        account=account,
        goes=_counted(n for of_one in by_account.values() for n in going_along(call_id, of_one)),
        stays=_counted(_staying(call_id, by_account.get(account, ()))) if account else {},
        calls_left=calls_left,
    )


def _counted(notes: Iterable[Written[AccountNote]]) -> dict[Counted, int]:
    """Standing notes by kind, as a reader counts them: a sum, a milestone and the contract once each."""
    told: dict[Counted, set[object]] = {}
    for written in notes:
        note = written.note
        match note.type:
            case "assumption":
                told.setdefault("sum", set()).add(note.calculation)
            case "contract":
                told.setdefault("contract", set()).add("it")
            case "milestone":
                told.setdefault("milestone", set()).add(note.milestone)
            case "agreement" | "taken_back":
                continue
            case kind:
                told.setdefault(kind, set()).add(written.seq)
    return {kind: len(those) for kind, those in told.items()}


def _staying(call_id: str, notes: Notes) -> list[Written[AccountNote]]:
    """The standing notes that do not go along; of the milestones those that are done."""
    standing, going = standing_notes(notes), {written.seq for written in going_along(call_id, notes)}
    done_on = {n.note.milestone: n.note.on for n in standing if isinstance(n.note, MilestoneDone)}
    left = (written for written in standing if written.seq not in going)
    return [n for n in left if not isinstance(n.note, MilestoneDone) or done_on[n.note.milestone]]


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
