"""Who answers whom: what an utterance stands in answer to, and what was said just before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copilot.analysis.language.asking import asks
from copilot.analysis.language.backchannels import is_backchannel
from copilot.domain.call import Role, Utterance
from copilot.domain.state import CallState

_ANSWER_REACH = 8


def may_be_customer(utterance: Utterance) -> bool:
    """Whether its speaker can be the customer; one whose side is not known may."""
    return utterance.role is not Role.REP


def same_side(a: Utterance, b: Utterance) -> bool:
    """Whether two utterances come from one side; by their speakers where no side is known."""
    if a.role is b.role is Role.UNKNOWN:
        return a.speaker == b.speaker
    return a.role is b.role


def question_answered(utterances: Sequence[Utterance], i: int) -> int | None:
    """The other side's question that utterance `i` belongs to the answer of.

    What the answering side has said since, and listening noises, lie between; a statement of the asking side ends it.
    """
    for k in range(i - 1, max(-1, i - 1 - _ANSWER_REACH), -1):
        if same_side(utterances[k], utterances[i]) or is_backchannel(utterances[k].text):
            continue
        return k if asks(utterances[k].text) else None
    return None


def may_be_about(state: CallState, i: int, stage: str) -> bool:
    """Whether an utterance's mark is this stage, or one that could be defended is."""
    mark = state.marks.get(i)
    return mark is not None and (mark.stage == stage or stage in mark.also)


def said_before(utterances: Sequence[Utterance], i: int) -> Iterator[Utterance]:
    """What was said before utterance `i`, latest first, without listening noises."""
    for k in range(i - 1, -1, -1):
        if not is_backchannel(utterances[k].text):
            yield utterances[k]
