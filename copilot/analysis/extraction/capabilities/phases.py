"""When what is required has to be there: on day one, or later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from copilot.analysis.extraction.matching import latest, meant
from copilot.analysis.language.asking import asks
from copilot.analysis.language.clauses import Clause, listed
from copilot.analysis.language.dialogue import may_be_about, may_be_customer
from copilot.analysis.language.lexicon import Lexicon
from copilot.analysis.language.wants import opens_with_pronoun
from copilot.analysis.language.words import content_words
from copilot.domain.items import Evidence
from copilot.domain.ops import UpdateItem
from copilot.domain.state import CallState

Phase = Literal["1", "later"]

_NEEDS = "required_capabilities"
_SAME = 0.6
_ANOTHER_WORDS = 4  # said before "it" in one utterance, they are what it stands for
_PHASE_REACH = 2


def phase_said(said: str, lexicon: Lexicon) -> Phase | None:
    """Day one or later, as the words put it; later where they contrast the two."""
    if lexicon.has("signals.phase_later", said):
        return "later"
    return "1" if lexicon.has("signals.phase_one", said) else None


def phased(state: CallState, i: int, lexicon: Lexicon) -> Iterator[UpdateItem]:
    """ "That can wait until the spring": said of what was just required, by name or as the last thing spoken of."""
    text = state.utterances[i].text
    if asks(text) or not may_be_about(state, i, _NEEDS):
        return
    open_ones = [c for c in state.capabilities.values() if c.phase is None]
    for clause in listed(text):
        phase = phase_said(clause.said, lexicon)
        if phase is None:
            continue
        alone = len(listed(text)) == 1 or may_be_customer(state.utterances[i])
        said = meant(open_ones, clause.said, least=_SAME)
        last = latest(open_ones, i, reach=_PHASE_REACH) if alone and not _names_another(text, clause) else None
        known = said[0] if said else last
        if known is not None:
            yield UpdateItem(id=known.id, evidence=(Evidence(utterance=i, quote=clause.said),), phase=phase)


def _names_another(text: str, clause: Clause) -> bool:
    """ "And the portal would save a few days, but it can wait": that speaks of the portal, not of what came before."""
    return opens_with_pronoun(clause.said) and len(content_words(text[: clause.start])) >= _ANOTHER_WORDS
