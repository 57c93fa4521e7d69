"""The shape of a model's answer.

One flat shape for every op, all fields required and null where they do not apply: no unions of objects, no defaults,
no constraints. Providers that hold a model to a schema agree on no more than that. What a field has to fulfil is
checked afterwards (`copilot.analysis.deep.translation`). Evidence comes first: words are found before a verdict.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copilot.domain.prose import ProsePurpose
from copilot.domain.value import Value

WireOpName = Literal[
    "add_outcome",
    "add_capability",
    "add_metric",
    "add_next_step",
    "update",
    "empty",
    "confirm",
    "retire",
    "stage",
    "pitfall",
    "question",
    "close_question",
]


class WireQuote(Value):
    utterance: int = Field(description="17 for u17.")
    quote: str = Field(description="Words in a row, letter by letter.")


class WireOp(Value):
    op: WireOpName
    evidence: list[WireQuote]
    id: str | None = Field(description="The entry or question meant; or your own label of a new one: new1.")
    text: str | None = Field(description="The entry or question in words; of a pitfall, what was seen, in five words.")
    outcomes: list[str] | None = Field(description="Ids or labels of the outcomes served.")
    priority: Literal[1, 2, 3] | None = Field(description="Of an outcome, as the customer ranks.")
    phase: Literal["1", "later"] | None = Field(description="Of a capability.")
    kind: str | None = Field(
        description="leading, lagging; of a pitfall its kind; of a closed question asked, answered; of empty the field."
    )
    baseline: str | None
    target: str | None
    owner: str | None
    cadence: str | None
    due: str | None
    stage: str | None = Field(description="Of utterances, or what a question opens.")
    why: str | None = Field(description="Of question and retire.")


class LiveReply(Value):
    ops: list[WireOp] = Field(description="What is new; empty if nothing is.")


class WireSentence(Value):
    evidence: list[WireQuote] = Field(description="The words that the sentence rests on.")
    purpose: ProsePurpose
    text: str = Field(description="One sentence.")


class WrapUpReply(Value):
    ops: list[WireOp] = Field(description="What the map still needs. Empty if it is right.")
    prose: list[WireSentence] = Field(description="The texts, sentence by sentence.")
