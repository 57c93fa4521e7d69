"""Other ways in which a labelled call may reach the analysis: cut off, badly recognised, with the sides confused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

from copilot.domain.call import Role
from copilot.domain.labelled import LabelledCall, LabelledCapability, LabelledMetric, LabelledUtterance, Labels, Marked

Found = TypeVar("Found", bound=Marked)
Tied = TypeVar("Tied", LabelledCapability, LabelledMetric)

GARBLED_OF = 12  # one word in so many is misheard
_PUNCTUATION = re.compile(r"[^\w\s'’-]|(?<!\w)['’-]|['’-](?!\w)")
_OTHER_SIDE = {Role.REP: Role.CUSTOMER, Role.CUSTOMER: Role.REP}


def first_part(call: LabelledCall, share: float) -> LabelledCall:
    """The call up to this share of its utterances, with what has been said of its labels by then."""
    n = max(1, round(len(call.utterances) * share))
    labels = call.labels
    outcomes = _until(labels.outcomes, n)
    known = {outcome.id for outcome in outcomes}
    return LabelledCall(
        call=call.call,
        participants=call.participants,
        utterances=call.utterances[:n],
        labels=Labels(
            stages=tuple(label for label in labels.stages if label.i < n),
            outcomes=outcomes,
            capabilities=tuple(_tied(item, known) for item in _until(labels.capabilities, n)),
            metrics=tuple(_tied(item, known) for item in _until(labels.metrics, n)),
            pitfalls=_until(labels.pitfalls, n),
            next_steps=_until(labels.next_steps, n),
            questions=tuple(moment for moment in labels.questions if moment.after < n),
        ),
    )


def as_recognised(call: LabelledCall) -> LabelledCall:
    """As a poor speech recogniser writes it: lower case, no punctuation, one word in twelve lost or cut short."""
    return call.model_copy(update={"utterances": tuple(_garbled(u) for u in call.utterances)})


def sides_swapped(call: LabelledCall) -> LabelledCall:
    """With every rep taken for a customer and the other way round."""
    swapped = (u.model_copy(update={"role": _OTHER_SIDE.get(u.role, u.role)}) for u in call.utterances)
    people = (p.model_copy(update={"role": _OTHER_SIDE.get(p.role, p.role)}) for p in call.participants)
    return call.model_copy(update={"utterances": tuple(swapped), "participants": tuple(people)})


def _until(items: Sequence[Found], n: int) -> tuple[Found, ...]:
    early = (item for item in items if min(item.at, default=n) < n)
    return tuple(
        item.model_copy(
            update={
                "utterances": tuple(i for i in item.utterances if i < n),
                "evidence": tuple(e for e in item.evidence if e.utterance < n),
            }
        )
        for item in early
    )


def _tied(item: Tied, known: set[str | None]) -> Tied:
    links = tuple(link for link in item.outcomes if link in known)
    return item.model_copy(update={"outcomes": links})


def _garbled(utterance: LabelledUtterance) -> LabelledUtterance:
    words = _PUNCTUATION.sub(" ", utterance.text.lower()).split()
    kept = [heard for k, word in enumerate(words) if (heard := _misheard(word, f"{utterance.i} {k} {word}"))]
    return utterance.model_copy(update={"text": " ".join(kept or words or ["um"])})


def _misheard(word: str, seed: str) -> str:
    """Mostly the word itself; the same words are misheard in the same way every time."""
    chance = crc32(seed.encode())
    if chance % GARBLED_OF:
        return word
    return "" if chance // GARBLED_OF % 2 else word[: max(2, len(word) - 2)]
