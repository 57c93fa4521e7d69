"""The value map and what stands beside it: outcomes, capabilities, metrics, next steps, pitfalls, questions."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from copilot.domain.value import Value


class Evidence(Value):
    """Words that support an item. The quote stands verbatim in the utterance it names."""

    utterance: int = Field(ge=0, description="The utterance's index i.")
    quote: str = Field(min_length=1, description="Its words, verbatim.")


class ItemState(StrEnum):
    """How far an item can be relied on.

    Only the rep said it (`proposed`), the customer said it (`heard`), somebody explicitly agreed (`confirmed`),
    a person set it aside (`rejected`), or its words no longer support it (`withdrawn`).
    """

    PROPOSED = "proposed"
    HEARD = "heard"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


SET_ASIDE = frozenset({ItemState.REJECTED, ItemState.WITHDRAWN})


KEPT = "kept"


class Alternative(Value):
    """What was heard for a field that a person has settled otherwise; it waits to be taken."""

    field: str
    value: str
    utterance: int


class Item(Value):
    """What every entry of the value map has.

    `locked` names the fields that a person has set: nothing automatic changes them. `kept` stands there for an item
    that a person brought back: its state may grow, but it is never withdrawn. `wordings` are all texts under
    which the item has been known, so that it is recognised when it is said again.
    """

    id: str
    text: str = Field(min_length=1)
    state: ItemState = ItemState.HEARD
    confirmed_by: Literal["customer", "person"] | None = None
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    locked: tuple[str, ...] = ()
    also_heard: tuple[Alternative, ...] = ()
    found_by: Literal["embedded", "llm", "person"] = "embedded"
    added_as: str | None = Field(
        default=None, description="What the person who added it calls it, so that adding it twice adds it once."
    )
    wordings: tuple[str, ...] = ()
    reason: str | None = Field(default=None, description="Why it was withdrawn.")

    @property
    def utterances(self) -> tuple[int, ...]:
        """Indexes of the utterances that support it, ascending, each once."""
        return tuple(sorted({e.utterance for e in self.evidence}))

    @property
    def stands(self) -> bool:
        """Whether it is part of the map rather than set aside."""
        return self.state not in SET_ASIDE

    @property
    def taken_back(self) -> bool:
        """Whether a person added it and thought better of it: then it is as if it had never been there."""
        return self.added_as is not None and self.state is ItemState.WITHDRAWN


class Outcome(Item):
    """A business result that the customer wants or accepts."""

    priority: Literal[1, 2, 3] | None = Field(default=None, description="As the customer ranked it.")
    measurable: bool = Field(default=False, description="The call attaches a number, date or threshold to it.")


class Capability(Item):
    """What must be in place for an outcome."""

    outcomes: tuple[str, ...] = Field(default=(), description="Ids of the outcomes that the call ties it to.")
    phase: Literal["1", "later"] | None = Field(default=None, description="Day one, or postponed.")


class EarlierValue(Value):
    """A metric's figure until another took its place. `utterance` says it; None where it was typed, not heard."""

    field: Literal["baseline", "target"]
    value: str
    utterance: int | None = None


class Metric(Item):
    """A measure that both sides would track. Baseline, target, unit, owner and cadence are as said.

    `earlier` are the figures that stood before those that stand now, the oldest first.
    """

    outcomes: tuple[str, ...] = Field(default=(), description="Ids of the outcomes that it measures.")
    kind: Literal["leading", "lagging"] = "lagging"
    baseline: str | None = None
    target: str | None = None
    earlier: tuple[EarlierValue, ...] = ()
    unit: str | None = None
    owner: str | None = None
    cadence: str | None = None


class NextStep(Item):
    owner: str | None = None
    due: str | None = None


class PitfallState(StrEnum):
    OPEN = "open"
    DISMISSED = "dismissed"
    WRONG = "wrong"
    WITHDRAWN = "withdrawn"


class Pitfall(Value):
    """Something that goes wrong in the conversation, at the utterances where it happens."""

    id: str
    kind: str
    state: PitfallState = PitfallState.OPEN
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    fact: str | None = Field(default=None, description="What was seen, in a few words: '4 features, tied to nothing'.")
    about: str | None = Field(default=None, description="The id of the item it concerns.")
    locked: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def utterances(self) -> tuple[int, ...]:
        return tuple(sorted({e.utterance for e in self.evidence}))

    @property
    def counts(self) -> bool:
        """Whether it happened: closing its notice does not undo it, calling it wrong does."""
        return self.state in {PitfallState.OPEN, PitfallState.DISMISSED}


class QuestionState(StrEnum):
    OPEN = "open"
    PINNED = "pinned"
    ASKED = "asked"
    DISMISSED = "dismissed"
    ANSWERED = "answered"


class Question(Value):
    """A question worth asking next. `gap` and `about` say what it would close; together they are its identity.

    `worded_by` is whose words it is in: the playbook's, or those of the language model.
    """

    id: str
    stage: str
    text: str
    why: str
    gap: str
    about: str | None = Field(default=None, description="The id of the item, or the stage, that it would complete.")
    evidence: tuple[Evidence, ...] = ()
    worded_by: Literal["playbook", "llm"] = "playbook"
    state: QuestionState = QuestionState.OPEN
    after: int = Field(description="The last utterance heard when it was first suggested.")
    closed_at: int | None = Field(
        default=None,
        description="The last utterance heard when it was closed; null while it is open, and after the call.",
    )

    @property
    def key(self) -> tuple[str, str | None]:
        return (self.gap, self.about)
