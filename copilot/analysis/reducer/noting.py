"""From an item to the event that notes it, and from evidence to how far an item can be relied on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from copilot.domain.call import Role, Utterance
from copilot.domain.events import CapabilityNoted, Change, ItemNoted, MetricNoted, NextStepNoted, OutcomeNoted
from copilot.domain.items import Capability, Evidence, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.state import CallState

ItemKind = Literal["outcome", "capability", "metric", "next_step"]
MOST_EVIDENCE = 24  # quotes kept per item: a call repeats itself, a card need not
MOST_QUOTED = 240  # characters from the first quote of an utterance to its last, beyond which the longer one stands


def noted(item: Item, change: Change) -> ItemNoted:
    """The event that says how an item stands now."""
    match item:
        case Outcome():
            return OutcomeNoted(item=item, change=change)
        case Capability():
            return CapabilityNoted(item=item, change=change)
        case Metric():
            return MetricNoted(item=item, change=change)
        case NextStep():
            return NextStepNoted(item=item, change=change)
        case _:
            raise TypeError(f"{type(item).__name__} is no item of the value map")


def place_of(state: CallState, kind: ItemKind) -> tuple[Mapping[str, Item], type[Item], str]:
    """The entries of a kind, their class, and the letter that their ids begin with."""
    match kind:
        case "outcome":
            return state.outcomes, Outcome, "O"
        case "capability":
            return state.capabilities, Capability, "C"
        case "metric":
            return state.metrics, Metric, "M"
        case "next_step":
            return state.next_steps, NextStep, "N"


def next_id(prefix: str, taken: Mapping[str, object]) -> str:
    """An id that was never used in this call: nothing is ever taken out of a state."""
    return f"{prefix}{len(taken) + 1}"


def reliance(evidence: Iterable[Evidence], utterances: Sequence[Utterance]) -> ItemState:
    """`heard` once words support it that may be the customer's, else `proposed`: only the rep has said it."""
    may_be_customers = any(utterances[e.utterance].role is not Role.REP for e in evidence)
    return ItemState.HEARD if may_be_customers else ItemState.PROPOSED


def joined(known: Sequence[Evidence], new: Iterable[Evidence], utterances: Sequence[Utterance]) -> tuple[Evidence, ...]:
    """Both, one quote per utterance, in order of arrival."""
    quotes = {piece.utterance: piece.quote for piece in known}
    for piece in new:
        text = utterances[piece.utterance].text
        before = quotes.get(piece.utterance, piece.quote)
        quotes[piece.utterance] = _both(before, piece.quote, text)
    return tuple(Evidence(utterance=i, quote=quote) for i, quote in list(quotes.items())[:MOST_EVIDENCE])


def _both(a: str, b: str, text: str) -> str:
    """What holds both quotes, as long as it is short; else the longer of them."""
    start = min(text.find(a), text.find(b))
    end = max(text.find(a) + len(a), text.find(b) + len(b))
    return text[start:end] if start >= 0 and end - start <= MOST_QUOTED else max(a, b, key=len)
