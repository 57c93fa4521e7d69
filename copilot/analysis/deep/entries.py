"""A model's proposals about the value map: entries added, completed, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copilot.analysis.deep.about import SOON_AFTER, is_about, still_says
from copilot.analysis.deep.claims import (
    Dropped,
    demand_numbers,
    demand_their_words,
    has_the_customer,
    holding,
    is_known_person,
    quotes_of,
)
from copilot.analysis.deep.reply import WireOp
from copilot.analysis.extraction.agreement import agrees
from copilot.analysis.grounding import says
from copilot.analysis.identity import find_same
from copilot.analysis.language.words import content_words
from copilot.analysis.numbers import numbers_in
from copilot.domain.call import Role
from copilot.domain.items import SET_ASIDE, Capability, Evidence, Item, ItemState, Metric, NextStep, Outcome, Pitfall
from copilot.domain.ops import (
    AddCapability,
    AddItem,
    AddMetric,
    AddNextStep,
    AddOutcome,
    AnyOp,
    ConfirmItem,
    EmptyField,
    RetireItem,
    RetirePitfall,
    UpdateItem,
)
from copilot.domain.state import CallState

Result = tuple[tuple[AnyOp, ...], tuple[str, ...]]

_FIELDS: Mapping[type[Item], tuple[str, ...]] = {
    Outcome: ("priority",),
    Capability: ("phase",),
    Metric: ("kind", "baseline", "target", "owner", "cadence"),
    NextStep: ("owner", "due"),
}
_SPOKEN = frozenset({"baseline", "target", "owner", "cadence", "due"})
"""Fields whose value has to have been said."""

_EMPTIED = (*sorted(_SPOKEN), "priority", "phase")
"""Fields that can be without a value."""

_THEIRS = frozenset({"baseline", "target", "priority", "phase"})
"""Fields of which the customer decides, once an entry is theirs."""

_JUST_PUT = 4  # utterances within which a yes answers what was put into words
_SAME = 0.5  # share of an entry's content words by which it is recognised
_NO_REASON = "it was found not to be meant"


class Labels:
    """What a reply calls entries of its own, until they have ids: their kind, text and quotes."""

    def __init__(self) -> None:
        self._new: dict[str, tuple[type[Item], str, tuple[str, ...]]] = {}

    def remember(self, label: str | None, kind: type[Item], text: str, evidence: Iterable[Evidence]) -> None:
        if label:
            self._new[label] = kind, text, tuple(e.quote for e in evidence)

    def item(self, name: str | None, state: CallState) -> Item | None:
        """The entry meant by a label of this reply, or by an id of the call's."""
        if name is None:
            return None
        if name not in self._new:
            return state.item(name)
        kind, text, quotes = self._new[name]
        return find_same(_known(state, kind), text, quotes, numbers_matter=kind is not Metric, shown=True)


def added(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, labels: Labels) -> Result:
    """A new entry with the fields that were said."""
    if op.text is None:
        raise Dropped("no_text")
    kind = _KINDS[op.op]
    evidence = holding(evidence, [op.text, op.baseline, op.target, op.due, op.cadence], state.utterances)
    said = quotes_of(evidence)
    demand_numbers(op.text, said)
    demand_their_words(op.text, state, (e.utterance for e in evidence))
    names = _FIELDS[kind] if has_the_customer(evidence, state) else [n for n in _FIELDS[kind] if n != "priority"]
    fields, dropped = _said(op, names, said, evidence, state)
    if state.item(op.id or "") is None:
        labels.remember(op.id, kind, op.text, evidence)
    return (_adding(kind, op, evidence, fields, _links(op, state, labels)),), dropped


def updated(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, labels: Labels) -> Result:
    """More of an entry. What is settled only gains what it does not have yet."""
    item = _meant(op, state, labels)
    given_up = item.state is ItemState.WITHDRAWN and not evidence
    if item.state is ItemState.REJECTED or item.taken_back or given_up:
        raise Dropped("set_aside")
    claims = [op.text, op.baseline, op.target, op.due, op.cadence]
    evidence = holding(evidence, claims, state.utterances)
    said = quotes_of((*item.evidence, *evidence))
    names = _open_fields(item, evidence, state)
    fields, dropped = _said(op, names, said, (*item.evidence, *evidence), state)
    text = None if op.text is None or op.text == item.text else _new_text(op.text, item, evidence, state)
    if text is None and op.text is not None and op.text != item.text:
        dropped = (*dropped, "settled")
    links = tuple(link for link in _links(op, state, labels) if link not in getattr(item, "outcomes", ()))
    fields = {name: value for name, value in fields.items() if getattr(item, name) != value}
    if not (evidence or fields or text or links):
        raise Dropped(dropped[0] if dropped else "no_change")
    return (UpdateItem(id=item.id, evidence=evidence, text=text, outcomes=links or None, **fields),), dropped


def emptied(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, labels: Labels) -> tuple[AnyOp, ...]:
    """A value taken off an entry, on words about it."""
    item = _meant(op, state, labels)
    if op.kind not in _EMPTIED or op.kind not in _FIELDS[type(item)]:
        raise Dropped("no_such_field")
    value = getattr(item, op.kind)
    if value is None:
        raise Dropped("no_change")
    _demand_words_about(item, evidence, state)
    if op.kind in _SPOKEN and still_says(value, item, evidence, state):
        raise Dropped("stated_value")
    return (EmptyField.model_validate({"id": item.id, "field": op.kind, "evidence": evidence}),)


def confirmed(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, labels: Labels) -> tuple[AnyOp, ...]:
    """The customer's plain yes, given to what was just put to them."""
    item = _meant(op, state, labels)
    if item.state in SET_ASIDE:
        raise Dropped("set_aside")
    yes = [e for e in evidence if _is_yes_to(item, e.utterance, state)]
    if not yes:
        raise Dropped("no_agreement")
    return (ConfirmItem(id=item.id, evidence=tuple(yes)),)


def retired(op: WireOp, evidence: tuple[Evidence, ...], state: CallState, labels: Labels) -> tuple[AnyOp, ...]:
    """An entry or a pitfall taken back, on words about it."""
    pitfall = state.pitfalls.get(op.id or "")
    if pitfall is not None:
        if pitfall.locked:
            raise Dropped("settled")
        if not any(_is_about_pitfall(pitfall, e.utterance) for e in evidence):
            raise Dropped("unrelated_words")
        return (RetirePitfall(id=pitfall.id, reason=op.why or _NO_REASON),)
    item = _meant(op, state, labels)
    _demand_words_about(item, evidence, state)
    return (RetireItem(id=item.id, reason=op.why or _NO_REASON),)


_KINDS: Mapping[str, type[Item]] = {
    "add_outcome": Outcome,
    "add_capability": Capability,
    "add_metric": Metric,
    "add_next_step": NextStep,
}


def _adding(
    kind: type[Item], op: WireOp, evidence: tuple[Evidence, ...], fields: Mapping[str, Any], links: tuple[str, ...]
) -> AddItem:
    text = op.text or ""
    if kind is Outcome:
        measurable = True if any(map(numbers_in, (text, *quotes_of(evidence)))) else None
        return AddOutcome(text=text, evidence=evidence, measurable=measurable, **fields)
    if kind is Capability:
        return AddCapability(text=text, evidence=evidence, outcomes=links, **fields)
    if kind is Metric:
        return AddMetric(text=text, evidence=evidence, outcomes=links, **fields)
    return AddNextStep(text=text, evidence=evidence, **fields)


def _said(
    op: WireOp, names: Sequence[str], said: Sequence[str], evidence: Sequence[Evidence], state: CallState
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values that were given and said; those that were not said are left out and counted."""
    fields: dict[str, Any] = {}
    dropped: list[str] = []
    for name in names:
        value = getattr(op, name)
        if value is None or (name == "kind" and value not in ("leading", "lagging")):
            continue
        if name == "phase" and value not in ("1", "later"):
            continue
        if name in _SPOKEN and not _was_said(name, value, said, evidence, state):
            dropped.append("unsaid_value")
            continue
        fields[name] = value
    return fields, tuple(dropped)


def _was_said(name: str, value: str, said: Sequence[str], evidence: Sequence[Evidence], state: CallState) -> bool:
    if says(value, said) or (name == "owner" and is_known_person(value, state)):
        return True
    if name in ("baseline", "target") or numbers_in(value):
        return False
    around = {k for e in evidence for k in range(max(0, e.utterance - SOON_AFTER), e.utterance + SOON_AFTER)}
    return says(value, [u.text for u in state.utterances if u.i in around])


def _new_text(text: str, item: Item, evidence: tuple[Evidence, ...], state: CallState) -> str | None:
    """Another wording, if it may be changed, out of the talk that the entry comes from; None where it may not."""
    if _settled(item):
        return None
    theirs = not evidence or item.state is ItemState.PROPOSED or has_the_customer(evidence, state)
    if not theirs and not _promises(item, evidence, state):
        raise Dropped("not_the_customer")
    demand_numbers(text, quotes_of((*item.evidence, *evidence)))
    demand_their_words(text, state, item.utterances)
    return text


def _promises(item: Item, evidence: Iterable[Evidence], state: CallState) -> bool:
    """Whether these are the words of the one who will do it, who knows best what they promise."""
    return isinstance(item, NextStep) and all(state.utterances[e.utterance].speaker == item.owner for e in evidence)


def _links(op: WireOp, state: CallState, labels: Labels) -> tuple[str, ...]:
    meant = (labels.item(name, state) for name in op.outcomes or ())
    return tuple(dict.fromkeys(item.id for item in meant if isinstance(item, Outcome) and item.stands))


def _meant(op: WireOp, state: CallState, labels: Labels) -> Item:
    item = labels.item(op.id, state)
    if item is None:
        raise Dropped("unknown_item")
    return item


def _open_fields(item: Item, evidence: tuple[Evidence, ...], state: CallState) -> list[str]:
    """What may take a value: of what is settled what is empty; the customer's figures and ranks on their word."""
    names = [name for name in _FIELDS[type(item)] if not _settled(item) or getattr(item, name) is None]
    if item.state is ItemState.PROPOSED or has_the_customer(evidence, state):
        return names
    return [name for name in names if name not in _THEIRS]


def _settled(item: Item) -> bool:
    """Whether the customer confirmed it, or a person had a hand in it."""
    return item.state is ItemState.CONFIRMED or bool(item.locked)


def _demand_words_about(item: Item, evidence: Iterable[Evidence], state: CallState) -> None:
    """Drops what would take something back that is settled or set aside, or on words about something else."""
    if _settled(item):
        raise Dropped("settled")
    if item.state in SET_ASIDE:
        raise Dropped("set_aside")
    if not any(is_about(item, e.utterance, state) for e in evidence):
        raise Dropped("unrelated_words")


def _is_yes_to(item: Item, i: int, state: CallState) -> bool:
    """Whether utterance `i` is the customer's yes and the entry was put into words just before."""
    if state.utterances[i].role is not Role.CUSTOMER or not agrees(state.utterances[i].text):
        return False
    words = content_words(item.text)
    for utterance in state.utterances[max(0, i - _JUST_PUT) : i]:
        if utterance.role is Role.CUSTOMER:
            continue
        if utterance.i in item.utterances or _share(words, utterance.text) >= _SAME:
            return True
    return False


def _is_about_pitfall(pitfall: Pitfall, i: int) -> bool:
    return pitfall.utterances[0] <= i <= pitfall.utterances[-1] + _JUST_PUT


def _share(words: frozenset[str], text: str) -> float:
    return len(words & content_words(text)) / len(words) if words else 0.0


def _known(state: CallState, kind: type[Item]) -> Mapping[str, Item]:
    known: Mapping[type[Item], Mapping[str, Item]] = {
        Outcome: state.outcomes,
        Capability: state.capabilities,
        Metric: state.metrics,
        NextStep: state.next_steps,
    }
    return known[kind]
