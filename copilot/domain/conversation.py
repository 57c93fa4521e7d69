"""The value conversation: its stages, what each is for, what to ask, and when it counts as covered."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from copilot.domain.call import CallKind
from copilot.domain.phrases import Phrase
from copilot.domain.templates import uses_only
from copilot.domain.value import Value

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Text = Annotated[str, Field(min_length=1)]
PlainQuestion = Annotated[str, Field(min_length=1), AfterValidator(uses_only())]

OTHER_STAGE = "other"


class ItemKind(StrEnum):
    """What a value map is made of."""

    OUTCOMES = "outcomes"
    CAPABILITIES = "capabilities"
    METRICS = "metrics"


HAVING = {
    ItemKind.OUTCOMES: frozenset({"measurable", "priority", "capability", "metric"}),
    ItemKind.CAPABILITIES: frozenset({"outcome", "phase"}),
    ItemKind.METRICS: frozenset({"outcome", "baseline", "target", "owner", "cadence"}),
}
"""What an item of each kind may be asked to have before it counts."""


class Condition(Value):
    """What has to be there; every field given must hold at once.

    `utterances` counts those of the stage by whomever, `customer_utterances` and `customer_words` only the customer's,
    `rep_utterances` only the rep's. `items` counts what stands in the value map and was heard from the customer:
    `at_least` so many of one kind, each with all that `having` names.
    """

    utterances: int | None = Field(default=None, ge=1)
    customer_utterances: int | None = Field(default=None, ge=1)
    customer_words: int | None = Field(default=None, ge=1)
    rep_utterances: int | None = Field(default=None, ge=1)
    items: ItemKind | None = None
    at_least: int | None = Field(default=None, ge=1)
    having: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        counts = (self.utterances, self.customer_utterances, self.customer_words, self.rep_utterances)
        if self.items is None:
            if self.at_least is not None or self.having:
                raise ValueError("`at_least` and `having` need `items`")
            if all(count is None for count in counts):
                raise ValueError("a condition names at least one threshold")
            return self
        if self.at_least is None:
            raise ValueError("`items` needs `at_least`")
        unknown = set(self.having) - HAVING[self.items]
        if unknown:
            known = ", ".join(sorted(HAVING[self.items]))
            raise ValueError(f"{self.items} cannot have {min(unknown)!r}; they can have {known}")
        return self


class DoneWhen(Value):
    """When a stage leaves `untouched`: `thin` from the first condition of `thin` that holds, `covered` likewise."""

    thin: tuple[Condition, ...] = Field(min_length=1)
    covered: tuple[Condition, ...] = Field(min_length=1)


class Stage(Value):
    """One part of the conversation. `other` has no `done_when`, and nothing is asked to open it."""

    id: Identifier
    title: Text
    short_name: str = Field(min_length=1, max_length=12)
    code: str = Field(min_length=1, max_length=2)
    purpose: Text
    listen_for: tuple[Text, ...] = ()
    ask: tuple[PlainQuestion, ...] = ()
    coaching: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()
    done_when: DoneWhen | None = None


class ExampleMetrics(Value):
    """Measures customers agree on: early signals, and the results themselves."""

    leading: tuple[Text, ...]
    lagging: tuple[Text, ...]


class Principle(Value):
    id: Identifier
    text: Text


class ConversationPitfall(Value):
    """A pitfall in the playbook's words; `kind` is the event that watches for it."""

    kind: Identifier
    text: Text


class ValueConversation(Value):
    version: int = Field(ge=1)
    changed: Text
    summary: Text
    value_drivers: tuple[Text, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    example_metrics: ExampleMetrics
    principles: tuple[Principle, ...] = ()
    pitfalls: tuple[ConversationPitfall, ...] = ()


class PositioningHook(Value):
    """A reason why us, and what a customer has to care about for it to be worth saying."""

    id: Identifier
    text: Text
    fits: tuple[Text, ...] = ()


class ProofPoint(Value):
    """A story, benchmark or reference of the company's own, and what it is matched by."""

    id: Identifier
    text: Text
    industries: tuple[Text, ...] = ()
    outcomes: tuple[Text, ...] = ()
    capabilities: tuple[Text, ...] = ()


class Company(Value):
    """What a company says of itself. Everything here is replaced by whoever uses the playbook."""

    version: int = Field(ge=1)
    changed: Text
    name: str = Field(description="As customers call it; empty where nobody has filled it in.")
    also_known_as: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    integrations: tuple[str, ...] = ()
    example_outcomes: tuple[Text, ...] = ()
    example_capabilities: tuple[Text, ...] = ()
    positioning_hooks: tuple[PositioningHook, ...] = ()
    proof_points: tuple[ProofPoint, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its own and those of what it makes and works with."""
        return (self.name, *self.also_known_as, *self.products, *self.features, *self.integrations)


class Cues(Value):
    """Phrases that point to a stage: strong ones by themselves, weak ones only together or in context."""

    strong: tuple[Phrase, ...] = ()
    weak: tuple[Phrase, ...] = ()


class StageCues(Value):
    """`customer` and `rep` hold phrases that point to a stage only on that side's lips; `stages` are for anybody's."""

    version: int = Field(ge=1)
    changed: Text
    stages: dict[Identifier, Cues]
    customer: dict[Identifier, Cues] = Field(default_factory=dict)
    rep: dict[Identifier, Cues] = Field(default_factory=dict)


ByKind = dict[Literal["discovery", "demo", "qbr", "other"], Annotated[float, Field(ge=0)]]


def for_kind(weights: ByKind, kind: CallKind) -> float:
    """The weight for a kind of call; a kind that is not named has that of `other`, or 0."""
    return weights.get(kind.value, weights.get("other", 0.0))
