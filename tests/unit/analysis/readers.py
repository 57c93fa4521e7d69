"""Readers that need no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression, Part, Tag, Turn, word_places
from tests.unit.analysis.books import playbook

_PERHAPS = {Tag.OUTCOME: 0.5, Tag.NEXT_STEP: 0.45}  # just enough for what rules find to be believed


class Unsure:
    """Finds every stage as likely as any other, and no words that say anything; whatever rules find may well be so."""

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        stages = playbook().stage_ids
        tags = {**dict.fromkeys(Tag, 0.0), **_PERHAPS}
        return Impression(dict.fromkeys(stages, 1 / len(stages)), tags, _no_parts(turns))


class UnsureAtFirst(Unsure):
    """Is unsure of the first utterance, and hears that the rest speaks of nothing."""

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        unsure = super().read(turns, kind)
        return unsure if len(turns) == 1 else replace(unsure, tags=dict.fromkeys(Tag, 0.0))


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
        likely = {s: 0.92 if s == stage else 0.08 / (len(stages) - 1) for s in stages}
        return replace(Unsure().read(turns, kind), stages=likely)


class Hears:
    """Of some texts it knows which words say what: `said` has them by text. It is unsure of every stage."""

    def __init__(self, said: Mapping[str, Sequence[tuple[Part, str]]]) -> None:
        self._said = said

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        text = turns[-1].text
        said = self._said.get(text, ())
        unsure = Unsure().read(turns, kind)
        tags = dict(unsure.tags)
        parts = dict(unsure.parts)
        for part, words in said:
            begin = text.index(words)
            inside = [start < begin + len(words) and begin < end for start, end in word_places(text)]
            parts[part] = tuple(max(p, 0.95 * w) for p, w in zip(parts[part], inside, strict=True))
            if part in _THINGS:
                tags[Tag(part.value)] = tags[Tag(f"new_{part.value}")] = 0.95
        return Impression(unsure.stages, tags, parts)


class Takes:
    """Takes some texts for what their tags say, and is unsure of every stage."""

    def __init__(self, meant: Mapping[str, Tag], *, likely: float = 0.95) -> None:
        self._meant = meant
        self._likely = likely

    def read(self, turns: Sequence[Turn], kind: CallKind) -> Impression:
        unsure = Unsure().read(turns, kind)
        tag = self._meant.get(turns[-1].text)
        return unsure if tag is None else Impression(unsure.stages, {**unsure.tags, tag: self._likely}, unsure.parts)


_THINGS = (Part.OUTCOME, Part.CAPABILITY, Part.METRIC, Part.NEXT_STEP)


def _no_parts(turns: Sequence[Turn]) -> dict[Part, tuple[float, ...]]:
    return dict.fromkeys(Part, (0.0,) * len(word_places(turns[-1].text)))
