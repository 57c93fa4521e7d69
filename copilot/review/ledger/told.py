"""What was told of a promise: the words, the mentions, the figures and readings, and the scale they stand on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from copilot.domain.accounts import (
    Figure,
    Source,
)
from copilot.domain.call import CallKind, Role
from copilot.domain.items import ItemState
from copilot.domain.value import Value

Direction = Literal["up", "down"]
CLAIMED = "claimed by our side"


class Quote(Value):
    """Words of a call, with who said them on which day. `agreed`: the customer answered them with yes."""

    call: str
    on: date
    utterance: int
    quote: str
    speaker: str | None = None
    role: Role = Role.UNKNOWN
    agreed: bool = False

    @property
    def claimed(self) -> bool:
        """Whether our side said it, and the customer did not say yes to it."""
        return self.role is Role.REP and not self.agreed


class Mention(Value):
    """An item of one call: `id` is how notes name it. `ours` says that only we said it, and nobody took it up.

    `confidential` says that all of it was said in confidence, so that it goes into nothing that is handed on.
    """

    id: str
    call: str
    title: str | None
    kind: CallKind
    on: date
    text: str
    state: ItemState
    confirmed_by: Literal["customer", "person"] | None = None
    quotes: tuple[Quote, ...] = ()
    confidential: bool = False

    @property
    def ours(self) -> bool:
        return self.state is ItemState.PROPOSED


class Told(Value):
    """What stands for a field: as somebody said it (`quote`), or as a person put it right (`note`, `by`).

    `ours` says that only our side said it: the customer neither told it nor agreed to it.
    """

    text: str
    on: date
    figure: Figure | None = None
    quote: Quote | None = None
    mention: str | None = None
    ours: bool = False
    note: int | None = None
    by: str | None = None


class Change(Value):
    """A figure of a promise that a later call told otherwise, or a person amended. `settled`: a person has since."""

    field: Literal["baseline", "target"]
    before: Told
    after: Told
    settled: bool = False


class Reading(Value):
    """Where a metric stood on a day. `low` and `high` are on the promise's own scale; None where it has no place there.

    A heard one has the quote and no note. `ours` says that only we said it on the call.
    """

    figure: Figure
    on: date
    source: Source
    low: float | None = None
    high: float | None = None
    quote: Quote | None = None
    mention: str | None = None
    ours: bool = False
    note: int | None = None
    at: datetime | None = None
    by: str | None = None


class Scale(Value):
    """The promise's own scale: what its figures are counted in, and where it was to get from where.

    `target` is a level; `calculated` says that it was worked out from a change that was told ("by thirty per cent").
    """

    unit: str | None
    per: str | None = None
    kind: str
    baseline: float | None = None
    target: float | None = None
    calculated: bool = False
    direction: Direction | None = None
