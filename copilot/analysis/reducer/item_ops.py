"""What becomes of a proposal about the value map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copilot.analysis.grounding import grounded
from copilot.analysis.identity import find_same, same_thing
from copilot.analysis.numbers import same_value
from copilot.analysis.reducer.history import with_history
from copilot.analysis.reducer.noting import ItemKind, joined, next_id, noted, place_of, reliance
from copilot.analysis.reducer.question_ops import dismiss_about
from copilot.analysis.reducer.refusal import Refused
from copilot.domain.call import Role
from copilot.domain.events import By, Event
from copilot.domain.items import Alternative, Capability, Evidence, Item, ItemState, Metric
from copilot.domain.ops import (
    AddCapability,
    AddItem,
    AddMetric,
    AddNextStep,
    AddOutcome,
    ConfirmItem,
    EmptyField,
    RetireItem,
    UpdateItem,
)
from copilot.domain.state import CallState

_KINDS: Mapping[type[AddItem], ItemKind] = {
    AddOutcome: "outcome",
    AddCapability: "capability",
    AddMetric: "metric",
    AddNextStep: "next_step",
}
_PROPOSAL_ONLY = {"op", "v", "id", "text", "evidence", "outcomes"}


def add_item(state: CallState, op: AddItem, by: By) -> list[Event]:
    """A new entry, or more evidence for the one that it names again."""
    evidence = grounded(op.evidence, state.utterances)
    if not evidence:
        raise Refused("ungrounded")
    known, kind, prefix = place_of(state, _KINDS[type(op)])
    quotes = [e.quote for e in evidence] if isinstance(op, AddNextStep) else ()
    numbers_matter = not isinstance(op, AddMetric)
    same = find_same(known, op.text, quotes, numbers_matter=numbers_matter, shown=by == "llm")
    if same is not None:
        return _merge(
            state, same, _given(op), links=_links(state, op), evidence=evidence, text=op.text, replacing=False
        )
    fields = {**_given(op), **_links_field(op, _links(state, op))}
    quoted = joined((), evidence, state.utterances)
    item = kind(
        id=next_id(prefix, known),
        text=op.text,
        evidence=quoted,
        state=reliance(evidence, state.utterances),
        found_by="llm" if by == "llm" else "embedded",
        **fields,
    )
    return [noted(item, "added")]


def update_item(state: CallState, op: UpdateItem) -> list[Event]:
    """More evidence, another wording, or another value: the log keeps what stood before."""
    item = _known(state, op.id)
    evidence = grounded(op.evidence, state.utterances)
    if op.evidence and not evidence:
        raise Refused("ungrounded")
    given = _given(op)
    if not given.keys() <= type(item).model_fields.keys():
        raise Refused("no_such_field")
    return _merge(state, item, given, links=_links(state, op), evidence=evidence, text=op.text, replacing=True)


def empty_field(state: CallState, op: EmptyField) -> list[Event]:
    """Without that value, unless it is confirmed or a person had a hand in it."""
    item = _known(state, op.id)
    evidence = grounded(op.evidence, state.utterances)
    if not evidence:
        raise Refused("ungrounded")
    if op.field not in type(item).model_fields:
        raise Refused("no_such_field")
    if not item.stands or _settled(item) or getattr(item, op.field) is None:
        return []
    updates = {op.field: None, "evidence": joined(item.evidence, evidence, state.utterances)}
    return [noted(_changed(item, **with_history(item, updates)), "changed")]


def confirm_item(state: CallState, op: ConfirmItem) -> list[Event]:
    """The customer's explicit yes. Only their own words can give it."""
    item = _known(state, op.id)
    evidence = grounded(op.evidence, state.utterances)
    if not evidence:
        raise Refused("ungrounded")
    if any(state.utterances[e.utterance].role is not Role.CUSTOMER for e in evidence):
        raise Refused("not_the_customer")
    if not item.stands or "state" in item.locked:
        return []
    quoted = joined(item.evidence, evidence, state.utterances)
    confirmed = _changed(item, state=ItemState.CONFIRMED, confirmed_by="customer", evidence=quoted)
    return [] if confirmed == item else [noted(confirmed, "confirmed")]


def retire_item(state: CallState, op: RetireItem) -> list[Event]:
    """Withdrawn with the open questions about it, unless it is confirmed or a person had a hand in it."""
    item = _known(state, op.id)
    if not item.stands or _settled(item):
        return []
    withdrawn = _changed(item, state=ItemState.WITHDRAWN, reason=op.reason)
    return [noted(withdrawn, "withdrawn"), *dismiss_about(state, {item.id})]


def _merge(
    state: CallState,
    item: Item,
    given: Mapping[str, Any],
    *,
    links: tuple[str, ...],
    evidence: tuple[Evidence, ...],
    text: str | None,
    replacing: bool,
) -> list[Event]:
    """The item with what is new added. Without `replacing`, only fields that are still empty take a value."""
    if item.state is ItemState.REJECTED or item.taken_back:
        return []  # a person set it aside: it does not come back
    updates: dict[str, Any] = {"evidence": joined(item.evidence, evidence, state.utterances)}
    apart = list(item.also_heard)
    latest = evidence[-1].utterance if evidence else item.evidence[-1].utterance
    for name, value in given.items():
        current = getattr(item, name)
        if name in item.locked:
            apart.extend(_alternative(item, name, value, latest, apart))
        elif current in (None, False) or (replacing and not same_value(str(current), str(value))):
            updates[name] = value
    if links:
        updates.update(_more_links(item, links))
    if text and not any(text.casefold() == known.casefold() for known in (item.text, *item.wordings)):
        updates["wordings"] = tuple(dict.fromkeys((*item.wordings, item.text, text)))
        if "text" in item.locked:
            same = same_thing(text, item.text, numbers_matter=True)
            apart.extend(() if same else _alternative(item, "text", text, latest, apart))
        elif replacing:
            updates["text"] = text
    updates["also_heard"] = tuple(apart)
    if "state" not in item.locked and item.state is not ItemState.CONFIRMED:
        updates["state"] = reliance(updates["evidence"], state.utterances)
    merged = _changed(item, **with_history(item, updates))
    if merged == item:
        return []
    return [noted(merged, "restored" if item.state is ItemState.WITHDRAWN else "changed")]


def _alternative(item: Item, name: str, value: object, utterance: int, known: list[Alternative]) -> list[Alternative]:
    """What was heard for a field that a person has settled, unless it says the same or is waiting already."""
    if same_value(str(getattr(item, name)), str(value)):
        return []
    if any(a.field == name and same_value(a.value, str(value)) for a in known):
        return []
    return [Alternative(field=name, value=str(value), utterance=utterance)]


def _more_links(item: Item, links: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    if not isinstance(item, Capability | Metric) or "outcomes" in item.locked:
        return {}
    return {"outcomes": tuple(dict.fromkeys((*item.outcomes, *links)))}


def _settled(item: Item) -> bool:
    return item.state is ItemState.CONFIRMED or bool(item.locked)


def _known(state: CallState, item_id: str) -> Item:
    item = state.item(item_id)
    if item is None:
        raise Refused("unknown_item")
    return item


def _given(op: AddItem | UpdateItem) -> dict[str, Any]:
    """The fields that an op gives a value for."""
    return {name: value for name, value in op if value is not None and name not in _PROPOSAL_ONLY}


def _links(state: CallState, op: AddItem | UpdateItem) -> tuple[str, ...]:
    """The outcomes an op ties its item to, those that exist."""
    wanted = () if isinstance(op, AddOutcome | AddNextStep) else op.outcomes or ()
    return tuple(dict.fromkeys(link for link in wanted if link in state.outcomes))


def _links_field(op: AddItem, links: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"outcomes": links} if isinstance(op, AddCapability | AddMetric) else {}


def _changed(item: Item, **updates: Any) -> Item:
    return item.model_copy(update=updates)
