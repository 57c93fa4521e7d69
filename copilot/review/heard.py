"""What may leave the house: the part of a call that the customer said or took up.

Everything that is written to a customer is built from a `Heard` and nothing else. It has no pitfalls, questions, talk
figures or feedback in it, so none of them can slip into a text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from copilot.domain.call import CallKind, Participant, Role, Utterance
from copilot.domain.items import Capability, Item, ItemState, Metric, NextStep, Outcome
from copilot.domain.prose import Sentence
from copilot.domain.state import CallState, StageMark
from copilot.review.confidence import in_confidence

ItemT = TypeVar("ItemT", bound=Item)
OPEN_TO_THE_CUSTOMER = frozenset({ItemState.HEARD, ItemState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Heard:
    """`said` are the customer's own utterances by index, without what was said in confidence; `marks` are theirs.

    `customers` are the people on that side. `rep` is whoever spoke most on the other.
    """

    kind: CallKind
    language: str | None
    customers: tuple[Participant, ...]
    rep: str | None
    said: Mapping[int, Utterance]
    marks: Mapping[int, StageMark]
    outcomes: tuple[Outcome, ...]
    capabilities: tuple[Capability, ...]
    metrics: tuple[Metric, ...]
    next_steps: tuple[NextStep, ...]
    sentences: tuple[Sentence, ...] = ()


def heard_of(state: CallState) -> Heard:
    """Items that were heard or confirmed, tied only to one another, and the customer's words."""
    call = state.call
    private = in_confidence(state.utterances)
    said = {u.i: u for u in state.utterances if u.role is Role.CUSTOMER and u.i not in private}
    outcomes = tuple(o for o in state.outcomes.values() if may_be_told(o, private))
    told = {outcome.id for outcome in outcomes}
    prose = state.prose.get("summary_email")
    return Heard(
        kind=call.kind if call else CallKind.OTHER,
        language=call.language if call else None,
        customers=tuple(p for p in call.participants if p.role is Role.CUSTOMER) if call else (),
        rep=_leading_rep(state),
        said=said,
        marks={i: mark for i, mark in state.marks.items() if i in said},
        outcomes=outcomes,
        capabilities=tuple(_tied(c, told) for c in state.capabilities.values() if may_be_told(c, private)),
        metrics=tuple(_tied(m, told) for m in state.metrics.values() if may_be_told(m, private)),
        next_steps=tuple(
            step
            for step in state.next_steps.values()
            if may_be_told(step, private) or promised_by_its_owner(step, state.utterances)
        ),
        sentences=prose.sentences if prose else (),
    )


def may_be_told(item: Item, private: frozenset[int]) -> bool:
    """Whether an item was heard or confirmed, and not in confidence alone."""
    return item.state in OPEN_TO_THE_CUSTOMER and not only_in_confidence(item, private)


def promised_by_its_owner(step: NextStep, utterances: Sequence[Utterance]) -> bool:
    """Whether a rep took a step on in so many words: nobody else has to say so for it to be a promise."""
    spoken = (utterances[i] for i in step.utterances)
    took_on = any(u.role is Role.REP and u.speaker is not None and u.speaker == step.owner for u in spoken)
    return step.state is ItemState.PROPOSED and took_on


def only_in_confidence(item: Item, private: frozenset[int]) -> bool:
    return private.issuperset(item.utterances)


def _tied(item: ItemT, told: set[str]) -> ItemT:
    """Without ties to outcomes that are not told."""
    ties: tuple[str, ...] = getattr(item, "outcomes", ())
    return item.model_copy(update={"outcomes": tuple(tie for tie in ties if tie in told)})


def _leading_rep(state: CallState) -> str | None:
    """The rep who spoke most, the first of equals; a rep of the list where none spoke under a name."""
    spoken: dict[str, int] = {}
    for utterance in state.utterances:
        if utterance.role is Role.REP and utterance.speaker:
            spoken[utterance.speaker] = spoken.get(utterance.speaker, 0) + len(utterance.text.split())
    if spoken:
        return max(spoken, key=lambda name: spoken[name])
    listed = state.call.participants if state.call else ()
    return next((p.name for p in listed if p.role is Role.REP), None)
