"""Readers that need no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Tag, Turn
from tests.unit.analysis.books import playbook


class Unsure:
    """Finds every stage as likely as any other."""

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        stages = playbook().stage_ids
        return Impression(dict.fromkeys(stages, 1 / len(stages)), dict.fromkeys(Tag, 0.0))


class Sure:
    """Of some texts it knows what they are about; `asked` is everything that it was given to read."""

    def __init__(self, about: Mapping[str, str]) -> None:
        self._about = about
        self.asked: list[tuple[tuple[Turn, ...], CallKind]] = []

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        self.asked.append((tuple(turns), kind))
        stage = self._about.get(turns[-1].text)
        stages = playbook().stage_ids
        if stage is None:
            return Unsure().read(turns, kind)
        return Impression(
            {s: 0.92 if s == stage else 0.08 / (len(stages) - 1) for s in stages}, dict.fromkeys(Tag, 0.0)
        )
