"""What is not in the email, or not certain in it: for the rep, beside the text and never within it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copilot.domain.call import Role
from copilot.domain.items import Item, ItemState, Metric, NextStep
from copilot.domain.state import CallState
from copilot.domain.value import Value
from copilot.review.confidence import in_confidence
from copilot.review.heard import heard_of, may_be_told, only_in_confidence, promised_by_its_owner
from copilot.review.summary_email.letter import MOST_QUESTIONS, open_questions, tidy
from copilot.review.summary_email.wording import ENGLISH

_RELATIVE = re.compile(
    r"\b(?:today|tonight|tomorrow|next|this|after|day|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.I,
)


class Remark(Value):
    """`item` is the id of what it is about, where it is about one; `open_question`: one more than the email asks."""

    what: str
    why: str
    item: str | None = None
    open_question: bool = False


def left_out(state: CallState) -> tuple[Remark, ...]:
    """What the rep should know before sending: whose words these are, own promises, what only the rep said, doubts."""
    return (
        *_unfinished(state),
        *_unknown_speakers(state),
        *_promises(state),
        *_only_proposed(state),
        *_private(state),
        *_heard_differently(state),
        *_relative_dates(state),
        *_more_questions(state),
    )


def _unfinished(state: CallState) -> Iterator[Remark]:
    if state.utterances and not state.ended:
        yield Remark(what="The call", why="it has not ended, and more may come")


def _promises(state: CallState) -> Iterator[Remark]:
    for step in state.next_steps.values():
        if step.state is ItemState.PROPOSED and not promised_by_its_owner(step, state.utterances):
            who, due = step.owner or "owner open", step.due or "date open"
            why = "only your side has said it; confirm it on the call's page, and it goes into the email"
            yield Remark(what=f"{tidy(step.text)} · {who} · {due}", why=why, item=step.id)


def _only_proposed(state: CallState) -> Iterator[Remark]:
    for kind, items in (
        ("outcome", state.outcomes),
        ("capability", state.capabilities),
        ("metric", state.metrics),
    ):
        for item in items.values():
            if item.state is ItemState.PROPOSED:
                yield Remark(what=f"{tidy(item.text)} ({kind})", why="only your side has said it", item=item.id)


def _private(state: CallState) -> Iterator[Remark]:
    private = in_confidence(state.utterances)
    for item in _all_items(state):
        if item.stands and item.state is not ItemState.PROPOSED and only_in_confidence(item, private):
            yield Remark(what=tidy(item.text), why="it was said in confidence", item=item.id)


def _heard_differently(state: CallState) -> Iterator[Remark]:
    private = in_confidence(state.utterances)
    for item in _all_items(state):
        for other in item.also_heard if may_be_told(item, private) else ():
            settled = getattr(item, other.field, None)
            why = f"the email says {settled!r} as you settled it; the call also says {other.value!r}"
            yield Remark(what=f"{tidy(item.text)}: {other.field}", why=why, item=item.id)
        if isinstance(item, Metric) and may_be_told(item, private) and item.earlier:
            before = ", ".join(f"{value.field} {value.value!r}" for value in item.earlier)
            yield Remark(what=tidy(item.text), why=f"another figure stood before: {before}", item=item.id)


def _relative_dates(state: CallState) -> Iterator[Remark]:
    private = in_confidence(state.utterances)
    for step in state.next_steps.values():
        told = may_be_told(step, private) or promised_by_its_owner(step, state.utterances)
        if told and step.due and _RELATIVE.search(step.due):
            why = f"{step.due!r} was said on the call; a date is clearer"
            yield Remark(what=tidy(step.text), why=why, item=step.id)


def _more_questions(state: CallState) -> Iterator[Remark]:
    for question in [*open_questions(heard_of(state), ENGLISH)][MOST_QUESTIONS:]:
        yield Remark(what=question, why="open too, but the email asks enough", open_question=True)


def _unknown_speakers(state: CallState) -> Iterator[Remark]:
    roles = [utterance.role for utterance in state.utterances]
    unknown = roles.count(Role.UNKNOWN)
    if unknown:
        why = "their side is not known, so nothing of it is quoted; name the speakers, and it will be"
        if Role.REP not in roles:
            why = "nobody said who is on your side, so your own words may stand there as the customer's; say who it is"
        yield Remark(what=f"{unknown} of {len(roles)} utterances", why=why)


def _all_items(state: CallState) -> Iterable[Item]:
    steps: Iterable[NextStep] = state.next_steps.values()
    return (*state.outcomes.values(), *state.capabilities.values(), *state.metrics.values(), *steps)
