"""Which items that rules find in an utterance are taken: those of which the reader hears something there, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.analysis.hearing import Pass
from copilot.analysis.reader import Impressions
from copilot.domain.impressions import Tag
from copilot.domain.ops import AddItem, AnyOp
from copilot.domain.state import CallState

_LEAST: Mapping[Tag, float] = {Tag.OUTCOME: 0.5, Tag.NEXT_STEP: 0.45}  # chosen on the development calls


def believed(find: Pass, tag: Tag, impressions: Impressions) -> Pass:
    """The pass, without new items where the reader finds the utterance too unlikely to speak of such a thing."""

    def run(state: CallState, i: int) -> Sequence[AnyOp]:
        found = find(state, i)
        if not found or impressions.of(state, i).tags[tag] >= _LEAST[tag]:
            return found
        return tuple(op for op in found if not isinstance(op, AddItem))

    return run
