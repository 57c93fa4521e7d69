"""Which outcome a capability serves, as the conversation ties them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from copilot.analysis.extraction.matching import by_number, by_theme, latest, meant
from copilot.analysis.language.clauses import sentences
from copilot.analysis.language.dialogue import may_be_customer, question_answered
from copilot.analysis.language.themes import themes
from copilot.domain.items import Capability, Evidence, Outcome
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

TiePass = Callable[[CallState, int], Sequence[UpdateItem]]

_EFFECT = re.compile(
    r"\b(?:so that|then|otherwise|which means|that means|that['’]s (?:how|where|why|what)|that way|because"
    r"|would (?:take|save|cut|give|get|free)|we(?:['’]ve| have) gained nothing|without (?:it|that|this)"
    r"|if that['’]s)\b",
    re.I,
)
_REACH = 3
_SAME = 0.5


def tie_pass() -> TiePass:
    """A pass that links what was just required to the outcome named with it, or in the question for it."""

    def run(state: CallState, i: int) -> Sequence[UpdateItem]:
        if not state.outcomes or not may_be_customer(state.utterances[i]):
            return ()
        capability = latest(state.capabilities.values(), i, reach=_REACH)
        return tuple(_ties(state, i, capability)) if capability is not None else ()

    return run


def _ties(state: CallState, i: int, capability: Capability) -> Iterator[UpdateItem]:
    """What is tied in words; where nothing is, to what was just required for the first time the last outcome."""
    here = [c for c in state.capabilities.values() if c.stands and i in c.utterances]
    tied = list(_tied_in_words(state, i, here, capability))
    last = None if tied else latest(state.outcomes.values(), i, reach=_REACH)
    if last is not None:
        fresh = (c for c in here if not c.outcomes and c.utterances[0] == i)
        tied.extend(UpdateItem(id=c.id, outcomes=(last.id,)) for c in fresh)
    yield from tied


def _tied_in_words(
    state: CallState, i: int, here: Sequence[Capability], capability: Capability
) -> Iterator[UpdateItem]:
    asked = question_answered(state.utterances, i)
    if here and asked is not None:
        for outcome in _named(state, state.utterances[asked].text):
            yield from (UpdateItem(id=c.id, outcomes=(outcome.id,)) for c in here)
    for sentence in sentences(state.utterances[i].text):
        outcomes = _named(state, sentence.said)
        if not outcomes and _EFFECT.search(sentence.said):
            outcomes = _by_effect(state, sentence.said)
        for outcome in outcomes:
            evidence = (Evidence(utterance=i, quote=sentence.said),)
            for served in here or [capability]:
                yield UpdateItem(id=served.id, evidence=evidence, outcomes=(outcome.id,))


def _named(state: CallState, said: str) -> list[Outcome]:
    return meant(state.outcomes, said, least=_SAME) or by_number(state.outcomes.values(), said)[:1]


def _by_effect(state: CallState, said: str) -> list[Outcome]:
    """The one outcome of the theme that the effect is about; several leave it open."""
    found = by_theme(state.outcomes.values(), said)
    return found if len(found) == 1 and themes(said) else []
