"""Which notes of a journal stand, once what was taken back is left out."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.domain.accounts import AccountNote, TakenBack
from copilot.domain.journal import Written


def standing_notes(notes: Sequence[Written[AccountNote]]) -> tuple[Written[AccountNote], ...]:
    """Without those that were taken back and without the takings back, the oldest first."""
    gone: set[int] = set()
    for written in sorted(notes, key=lambda n: n.seq, reverse=True):
        if isinstance(written.note, TakenBack) and written.seq not in gone:
            gone.add(written.note.note)
    standing = (n for n in notes if n.seq not in gone and not isinstance(n.note, TakenBack))
    return tuple(sorted(standing, key=lambda n: n.seq))
