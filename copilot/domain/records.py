"""What is known of a call without reading its log: a line in the list of calls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from pydantic import Field

from copilot.domain.call import CallInfo
from copilot.domain.events import Coverage
from copilot.domain.value import Value


class CallFigures(Value):
    """Counts over a call's state; `gaps` and `pitfalls` are those still open."""

    utterances: int = 0
    duration_s: float | None = Field(
        default=None, description="End of the last utterance; None where times are unknown."
    )
    coverage: dict[str, Coverage] = Field(default_factory=dict)
    outcomes: int = 0
    gaps: int = 0
    pitfalls: int = 0


class CallRecord(Value):
    info: CallInfo
    started_at: datetime
    ended_at: datetime | None = None
    wrapped_up: bool = False
    figures: CallFigures = Field(default_factory=CallFigures)
    people: tuple[str, ...] = Field(default=(), description="Who was heard on it, by name.")
    content: str | None = Field(
        default=None,
        description="Of one made from a file: a hash of what is in it, by which the same is known again. None once the "
        "call has ended without having heard all of it.",
    )

    @property
    def held_on(self) -> date:
        """The day it took place, as far as is known: that on which it was taken in, unless somebody said another."""
        return self.info.held_on or self.started_at.date()

    @property
    def words(self) -> str:
        """What it is found by: its title, account, people and id; folded, a line each."""
        info = self.info
        people = (*(person.name for person in info.participants), *self.people)
        told = (info.title or "", info.account or "", *dict.fromkeys(people), info.id)
        return "\n".join(word.casefold() for word in told if word)


def terms_of(asked: str) -> list[str]:
    """What somebody looks for, as it stands in `CallRecord.words`: all of these."""
    return asked.casefold().split()


def account_key(name: str) -> str:
    """The same for every way in which a name is typed: case and outer space tell no accounts apart.

    The store keeps it beside the name, so that what is kept would not be found by a key of another making.
    """
    return name.strip().casefold()


def spelt_first(name: str, known: Iterable[str]) -> str | None:
    """Of accounts in their order, the one that the name means: spelt exactly so, or else the first of its key."""
    meant = [other for other in known if account_key(other) == account_key(name)]
    return name if name in meant else next(iter(meant), None)
