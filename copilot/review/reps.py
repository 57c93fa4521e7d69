"""One rep, however the name is typed: case, space and the way letters are encoded tell no two people apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from copilot.review.scorecard.keeping import KeptScorecards


def rep_key(name: str) -> str:
    """The same for every way in which a name is typed."""
    return unicodedata.normalize("NFC", _evened(name).casefold())


def _evened(name: str) -> str:
    """As it is shown: letters with their accents in one, single spaces between words."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def spelt_alike(keepings: Mapping[str, KeptScorecards]) -> dict[str, KeptScorecards]:
    """What was kept of calls, by their ids, with every rep as most of them spell the name."""
    spelling = _commonest(rep for kept in keepings.values() if kept.counted for rep in kept.counted.reps)
    return {call_id: _spelt(kept, spelling) for call_id, kept in keepings.items()}


def _commonest(names: Iterable[str]) -> dict[str, str]:
    """By key; of those that are as common one in both cases, then the one with more capitals."""
    times = Counter(map(_evened, names))
    rarest_first = sorted(
        times, key=lambda name: (times[name], not _is_one_case(name), sum(map(str.isupper, name)), name)
    )
    return {rep_key(name): name for name in rarest_first}


def _is_one_case(name: str) -> bool:
    return name.isupper() or name.islower()


def _spelt(kept: KeptScorecards, spelling: Mapping[str, str]) -> KeptScorecards:
    if kept.counted is None:
        return kept
    reps = tuple(dict.fromkeys(spelling[rep_key(rep)] for rep in kept.counted.reps))
    return replace(kept, counted=kept.counted.model_copy(update={"reps": reps}))
