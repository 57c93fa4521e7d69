"""Which predicted entry is which labelled one: paired one to one, best overlap first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from copilot.analysis.language.words import content_words
from copilot.domain.labelled import LabelledItem, Marked, PitfallLabel

LEAST_CONTAINMENT = 0.3  # of the content words of whichever text has fewer
ITEM_REACH = 1  # utterances that evidence may be apart
PITFALL_REACH = 2

Label = TypeVar("Label", bound=Marked)
Found = TypeVar("Found", bound=Marked)
Overlap = tuple[float, ...]
"""How well two entries fit, the most important first."""


def pair_items(labels: Sequence[LabelledItem], found: Sequence[LabelledItem]) -> dict[int, int]:
    """Place of the label by place of the prediction, for all that match in evidence and words."""
    return _pairs(labels, found, _item_overlap)


def pair_pitfalls(labels: Sequence[PitfallLabel], found: Sequence[PitfallLabel]) -> dict[int, int]:
    """The same for pitfalls, which match by kind and place."""
    return _pairs(labels, found, _pitfall_overlap)


def apart(a: Marked, b: Marked) -> int | None:
    """The least number of utterances between the evidence of both; None where one has none."""
    return min((abs(x - y) for x in a.at for y in b.at), default=None)


def containment(a: str, b: str) -> float:
    """Share of the content words of the text that has fewer which the other has too, in [0, 1]."""
    words_a, words_b = content_words(a), content_words(b)
    fewer = min(len(words_a), len(words_b))
    return len(words_a & words_b) / fewer if fewer else 0.0


def _pairs(
    labels: Sequence[Label], found: Sequence[Found], overlap: Callable[[Label, Found], Overlap | None]
) -> dict[int, int]:
    candidates = [
        (fit, p, t) for p, there in enumerate(found) for t, label in enumerate(labels) if (fit := overlap(label, there))
    ]
    candidates.sort(key=lambda candidate: (*(-part for part in candidate[0]), candidate[1], candidate[2]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, p, t in candidates:
        if p not in pairs and t not in taken:
            pairs[p] = t
            taken.add(t)
    return pairs


def _item_overlap(label: LabelledItem, found: LabelledItem) -> Overlap | None:
    distance = apart(label, found)
    if distance is None or distance > ITEM_REACH:
        return None
    share = containment(label.text, found.text)
    return (share, len(label.at & found.at) / len(label.at | found.at)) if share >= LEAST_CONTAINMENT else None


def _pitfall_overlap(label: PitfallLabel, found: PitfallLabel) -> Overlap | None:
    distance = apart(label, found)
    if label.kind is not found.kind or distance is None or distance > PITFALL_REACH:
        return None
    return (float(PITFALL_REACH + 1 - distance),)
