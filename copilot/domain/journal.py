"""What people, and what is made of calls afterwards, write down beside the calls: one append-only journal per subject.

A subject is a kind and a name: an account, a call's scorecard, the team's own maturity. What anyone sees of it is a
fold of its notes, oldest first, as a call is a fold of its events; nothing is changed in place, so every reading,
override and assessment keeps its history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import Field

from copilot.domain.value import Value

SubjectKind = Literal["account", "scorecard", "team", "maturity", "webhook", "call"]
OF_A_CALL: tuple[SubjectKind, ...] = ("scorecard", "call")
"""Kinds whose subjects are calls: what is written there goes when its call is deleted."""


class Subject(NamedTuple):
    """What a note is about: a kind, and a name of its own within the kind (an account's, a call's id)."""

    kind: SubjectKind
    name: str


class Note(Value):
    """The base of everything written down. Each has a `type`, by which it is read back; `v` is raised when it changes.

    `by` is who wrote it, as that person signs; None for the program itself.
    """

    v: Literal[1] = 1
    type: str
    by: str | None = Field(default=None, max_length=200)


N = TypeVar("N", bound=Note)


@dataclass(frozen=True, slots=True)
class Written(Generic[N]):
    """A note with its place in the journals (ascending, not without gaps) and the time it was written."""

    seq: int
    at: datetime
    subject: Subject
    note: N


@dataclass(frozen=True, slots=True)
class Parting:
    """What becomes of an account's notes when a call of it is deleted, by their numbers: the one place where a journal
    is changed, since nothing of the call may be left in it."""

    gone: frozenset[int] = frozenset()
    changed: Mapping[int, Note] = field(default_factory=dict)


NO_PARTING = Parting()
