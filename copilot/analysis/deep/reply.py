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
    "confirm",
    "retire",
    "stage",
    "pitfall",
    "question",
    "close_question",
]


class WireQuote(Value):
    utterance: int = Field(description="The number of the utterance: 17 for u17.")
    quote: str = Field(description="A few of its words in a row, copied letter by letter.")


class WireOp(Value):
    op: WireOpName
    evidence: list[WireQuote] = Field(description="The words this rests on; the customer's wherever they said it.")
    id: str | None = Field(
        description="The entry that is changed or meant (O2, P1, Q4). Of something new: a label of your own (new1), "
        "if a later op of this answer ties to it."
    )
    text: str | None = Field(
        description="The entry or the question in words; for a pitfall, what was seen, in five words."
    )
    outcomes: list[str] | None = Field(
        description="Ids of the outcomes that a capability or a metric serves, as the call ties them."
    )
    priority: Literal[1, 2, 3] | None = Field(description="Of an outcome, where the customer ranks.")
    phase: Literal["1", "later"] | None = Field(description="Of a capability: needed on day one, or postponed.")
    kind: str | None = Field(
        description="Of a metric: leading or lagging. Of a pitfall: its kind. Of a closed question: asked or answered."
    )
    baseline: str | None = Field(description="Of a metric: the figure today, as said.")
    target: str | None = Field(description="Of a metric: the figure aimed for or reached, as said.")
    owner: str | None = Field(description="Who reports the metric, or does the next step.")
    cadence: str | None = Field(description="How often the metric is looked at, as said.")
    due: str | None = Field(description="Of a next step: by when, as said.")
    stage: str | None = Field(description="What the utterances are about, or what the question opens.")
    why: str | None = Field(description="A reason in at most twelve words; for question and retire.")


class LiveReply(Value):
    ops: list[WireOp] = Field(description="Only what is new. Empty if nothing is.")


class WireSentence(Value):
    evidence: list[WireQuote] = Field(description="The words that the sentence rests on; empty if it claims nothing.")
    purpose: ProsePurpose
    text: str = Field(description="One sentence.")


class WrapUpReply(Value):
    ops: list[WireOp] = Field(description="What the map still needs. Empty if it is right.")
    prose: list[WireSentence] = Field(description="The three texts, sentence by sentence, in order.")
