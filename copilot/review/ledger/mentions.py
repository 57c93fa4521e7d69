"""The items of an account's calls, each with its place and its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from copilot.analysis.extraction.agreement import agrees
from copilot.domain.call import Role, Utterance
from copilot.domain.items import Capability, Item, Metric, Outcome
from copilot.review.confidence import in_confidence
from copilot.review.ledger.entries import AccountCall
from copilot.review.ledger.told import Mention, Quote

ItemT = TypeVar("ItemT", bound=Item)
_REACH = 2


@dataclass(frozen=True, slots=True)
class Found(Generic[ItemT]):
    """An item as it stands in its call."""

    mention: Mention
    item: ItemT


@dataclass(frozen=True, slots=True)
class AllFound:
    outcomes: tuple[Found[Outcome], ...]
    capabilities: tuple[Found[Capability], ...]
    metrics: tuple[Found[Metric], ...]


def mention_id(call_id: str, item_id: str) -> str:
    """How notes name an item of a call."""
    return f"{call_id}:{item_id}"


def find_all(calls: Sequence[AccountCall]) -> AllFound:
    """Everything that stands in the value maps of the calls, the oldest call first, whatever order they come in."""
    in_order = sorted(calls, key=lambda call: (call.on, call.id))
    return AllFound(
        outcomes=tuple(f for call in in_order for f in _found(call, call.state.outcomes.values())),
        capabilities=tuple(f for call in in_order for f in _found(call, call.state.capabilities.values())),
        metrics=tuple(f for call in in_order for f in _found(call, call.state.metrics.values())),
    )


def promised(groups: Iterable[list[Found[ItemT]]]) -> list[list[Found[ItemT]]]:
    """Those that the customer named or took up; what only we said is no promise."""
    return [group for group in groups if not all(found.mention.ours for found in group)]


def mentions_of(group: Sequence[Found[ItemT]]) -> tuple[Mention, ...]:
    """In order of time, but that what the customer did not take up cannot be the first."""
    heard = next(found.mention for found in group if not found.mention.ours)
    return (heard, *(found.mention for found in group if found.mention is not heard))


def _found(call: AccountCall, items: Iterable[ItemT]) -> list[Found[ItemT]]:
    private = in_confidence(call.state.utterances)
    return [
        Found(_mention(call, item, confidential=private.issuperset(item.utterances)), item)
        for item in sorted(items, key=lambda item: int(item.id[1:]))
        if item.stands
    ]


def _mention(call: AccountCall, item: Item, *, confidential: bool) -> Mention:
    return Mention(
        id=mention_id(call.id, item.id),
        call=call.id,
        title=call.title,
        kind=call.kind,
        on=call.on,
        text=item.text,
        state=item.state,
        confirmed_by=item.confirmed_by,
        quotes=tuple(_quote(call, e.utterance, e.quote) for e in item.evidence),
        confidential=confidential,
    )


def _quote(call: AccountCall, utterance: int, quote: str) -> Quote:
    said = call.state.utterances[utterance]
    return Quote(
        call=call.id,
        on=call.on,
        utterance=utterance,
        quote=quote,
        speaker=said.speaker,
        role=said.role,
        agreed=said.role is Role.REP and _is_answered_with_yes(call.state.utterances[utterance + 1 :]),
    )


def _is_answered_with_yes(later: Sequence[Utterance]) -> bool:
    """Whether the customer's first words after it are a yes."""
    answer = next((spoken for spoken in later[:_REACH] if spoken.role is Role.CUSTOMER), None)
    return answer is not None and agrees(answer.text)
