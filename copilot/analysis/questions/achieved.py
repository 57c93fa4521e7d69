"""Whether an outcome has come true already, as the talk tells it."""

from __future__ import annotations

import re
from functools import lru_cache

from copilot.analysis.numbers import find_changes
from copilot.domain.items import Outcome
from copilot.domain.state import CallState

_HAS_MOVED = re.compile(
    r"\b(?:dropped|fell|went|came|rose|grew|was|were|took|used to|has|have|had|now|improved|reduced|fallen|gone"
    r"|risen|grown|saved|reached|achieved|(?:down|up) from)\b",
    re.I,
)
_WISHED = re.compile(
    r"\b(?:want\w*|would|need\w*|should|must|ha(?:s|ve) to|goals?|target\w*|aim\w*|hop(?:e|ing)|could"
    r"|get (?:it|that) )\b|['’]d\b",
    re.I,
)


def achieved(state: CallState, outcome: Outcome) -> bool:
    """Whether it is told from what to what its figures have moved, and not only to what they shall."""
    measures = (m for m in state.metrics.values() if m.stands and outcome.id in m.outcomes)
    quotes = dict.fromkeys(e.quote for item in (outcome, *measures) for e in item.evidence)
    return _tells_a_move(tuple(quotes))


@lru_cache(maxsize=512)
def _tells_a_move(quotes: tuple[str, ...]) -> bool:
    told = " ".join(quote for quote in quotes if not _WISHED.search(quote))
    return bool(_HAS_MOVED.search(told)) and any(c.baseline and c.target and not c.relative for c in find_changes(told))
