"""What somebody else wrote down about the same thing since a writer looked: two who write at once lose nothing."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.accounts import (
    AccountNote,
    Amended,
    Assumed,
    ContractSet,
    MilestoneDone,
    ReadingNoted,
    TakenBack,
)
from copilot.domain.journal import Written
from copilot.errors import MovedOn
from copilot.review.ledger.entries import Ledger
from copilot.review.ledger.standing_notes import standing_notes

Notes = Sequence[Written[AccountNote]]


class ChangedMeanwhile(MovedOn):
    """Notes that would take the place of others that their writer has not seen. `newer` are what these say."""

    def __init__(self, newer: Sequence[str]) -> None:
        self.newer = tuple(newer)
        super().__init__(
            f"this was changed since it was shown, and nothing of it is written down yet; now {', '.join(newer)}; "
            "saved again, yours takes its place"
        )


def check_seen(note: AccountNote, journal: Notes, seen: int, book: Ledger) -> None:
    """Raises ChangedMeanwhile where the journal has something about the same thing beyond note `seen`."""
    about = _about(note, book)
    if about is None:
        return
    if isinstance(note, TakenBack):
        newer = [n for n in journal if n.seq > seen and n.note == note.model_copy(update={"by": n.note.by})]
    else:
        newer = [n for n in standing_notes(journal) if n.seq > seen and _about(n.note, book) == about]
    if newer:
        raise ChangedMeanwhile([_says(written) for written in newer])


def _about(note: AccountNote, book: Ledger) -> tuple[object, ...] | None:
    """What a later note of the same kind takes the place of; None where each note stands for itself."""
    match note:
        case Assumed():
            return "sum", note.calculation
        case ReadingNoted():
            return "reading", _entry(note.promise, book), note.on
        case Amended():
            return "amended", _entry(note.promise, book), note.field
        case MilestoneDone():
            return "milestone", note.milestone
        case ContractSet():
            return ("contract",)
        case TakenBack():
            return "taken back", note.note
        case _:
            return None


def _entry(promise: str, book: Ledger) -> str:
    entry = book.entry(promise)
    return entry.id if entry else promise


def _says(written: Written[AccountNote]) -> str:
    who = f" ({written.note.by})" if written.note.by else ""
    match written.note:
        case Assumed() as note:
            told = f"{note.input.replace('_', ' ')} of “{note.calculation}” is “{note.figure.text}”"
        case ReadingNoted() as note:
            told = f"the reading of {note.on.isoformat()} is “{note.figure.text}”"
        case Amended() as note:
            told = f"{'its words are' if note.field == 'text' else f'the {note.field} is'} {_value(note.value)}"
        case MilestoneDone() as note:
            told = f"the milestone is done on {note.on.isoformat()}" if note.on else "the milestone is not done"
        case ContractSet() as note:
            told = f"the contract begins on {note.start.isoformat()}"
            told += f" and is renewed on {note.renewal.isoformat()}" if note.renewal else ""
        case _:
            told = "it is taken back"
    return f"{told}{who}"


def _value(value: str | None) -> str:
    return f"“{value}”" if value else "not known"
