"""What people put right in a promise. A person's word stands; what a call tells otherwise later is shown beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from copilot.analysis.numbers import same_value
from copilot.domain.accounts import AccountNote, Amended, AmendedField
from copilot.domain.journal import Written
from copilot.review.ledger.figures import figure_of
from copilot.review.ledger.told import Change, Mention, Told


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on one field; `value` is None where they say that it is not known."""

    seq: int
    on: date
    by: str | None
    value: str | None

    @property
    def told(self) -> Told | None:
        if self.value is None:
            return None
        return Told(text=self.value, on=self.on, figure=figure_of(self.value), note=self.seq, by=self.by)


@dataclass(frozen=True, slots=True)
class Amendments:
    """The last word on each field of each promise, by the mention that it names."""

    words: Mapping[tuple[str, AmendedField], Word]

    @classmethod
    def of(cls, standing: Iterable[Written[AccountNote]]) -> Amendments:
        return cls(
            {
                (n.note.promise, n.note.field): Word(n.seq, n.at.date(), n.note.by, n.note.value)
                for n in standing
                if isinstance(n.note, Amended)
            }
        )

    def on(self, mentions: Sequence[Mention], field: AmendedField) -> Word | None:
        """The last word on a field of the promise that these mentions are of."""
        given = [self.words[mention.id, field] for mention in mentions if (mention.id, field) in self.words]
        return max(given, key=lambda word: word.seq, default=None)

    def text_of(self, mentions: Sequence[Mention]) -> str | None:
        """The words that a person gave it, if any."""
        word = self.on(mentions, "text")
        return word.value if word else None


def settled(changes: Sequence[Change], field: AmendedField, word: Word) -> tuple[Change, ...]:
    """The changes of a promise seen from a person's word: those before it are settled, others depart from it."""
    return tuple(_seen_from(change, word) if change.field == field else change for change in changes)


def _seen_from(change: Change, word: Word) -> Change:
    told = word.told
    if told is None or change.after.on <= word.on or same_value(change.after.text, told.text):
        return change.model_copy(update={"settled": True})
    return change.model_copy(update={"before": told})
