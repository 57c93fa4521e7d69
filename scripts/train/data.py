"""Labelled calls as windows of talk, with what a model should make of every turn in them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copilot.adapters.encoder.packing import MOST_TURNS, Packed, pack
from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.analysis.scoring.variants import as_recognised
from copilot.domain.call import CallKind, Role
from copilot.domain.conversation import OTHER_STAGE
from copilot.domain.impressions import Part, Tag, Turn
from copilot.domain.labelled import LabelledCall, Marked, PitfallLabel, labelled_call
from copilot.domain.pitfall_rules import PitfallKind
from scripts.train.marks import MARKED, PARTS, Mark, carried_over, marks_of, part_targets

Floats = NDArray[np.float32]

STAGES = (
    "before_scenario",
    "negative_consequences",
    "after_scenario",
    "positive_business_outcomes",
    "required_capabilities",
    "metrics",
    "how_we_do_it",
    "proof_points",
    OTHER_STAGE,
)
TAGS = tuple(Tag)
LABELLED = Path("fixtures/labelled")
APART = "writers-apart.txt"  # beside a model, the writers whom it has not learnt from
_SHARE_OF_ALSO = 0.25  # of a target, spread over the stages that could be defended too
_RECOGNISED, _NAMELESS = 1 / 3, 0.1  # shares of windows as a recogniser writes them, and with nobody's side known


@dataclass(frozen=True)
class Example:
    """A call, and its targets: (utterances, stages), (utterances, tags), and for every utterance (words, parts)."""

    call: LabelledCall
    misheard: LabelledCall
    stages: Floats
    tags: Floats
    parts: list[Floats]
    misheard_parts: list[Floats]

    @property
    def kind(self) -> CallKind:
        return self.call.call.kind

    def turns(self, *, misheard: bool = False) -> list[Turn]:
        call = self.misheard if misheard else self.call
        return [Turn(u.role, u.text) for u in call.utterances]


@dataclass(frozen=True)
class Window:
    """The turns up to one utterance; rows of `stages` and `tags` belong to the spans, those of `parts` to the ids."""

    packed: Packed
    stages: Floats
    tags: Floats
    parts: Floats


def writer_of(path: Path) -> str:
    """Who wrote the call, by its file's name; calls without a mark are all by one other writer."""
    first = path.stem.split("-")[0]
    return first if first[:1] == "w" and first[1:].isdigit() else "w00"


def load(folder: Path, writers: Sequence[str] | None = None) -> list[Example]:
    """Every call in the folder, or those of some writers."""
    paths = [path for path in sorted(folder.glob("*.json")) if writers is None or writer_of(path) in writers]
    marked = MARKED / folder.name
    return [
        example(
            labelled_call(json.loads(path.read_text("utf-8")), name=path.name), marks_of(marked / f"{path.stem}.jsonl")
        )
        for path in paths
    ]


def writers_in(folder: Path) -> list[str]:
    return sorted({writer_of(path) for path in folder.glob("*.json")})


def example(call: LabelledCall, marks: Sequence[Mark]) -> Example:
    misheard, parts = as_recognised(call), part_targets(call, marks)
    misheard_parts = carried_over(parts, call, misheard)
    return Example(call, misheard, stage_targets(call), tag_targets(call, marks), parts, misheard_parts)


def stage_targets(call: LabelledCall) -> Floats:
    """A distribution for every utterance; all zero where it has no label."""
    targets = np.zeros((len(call.utterances), len(STAGES)), dtype=np.float32)
    for label in call.labels.stages:
        also = [stage for stage in label.also if stage in STAGES and stage != label.stage]
        targets[label.i, STAGES.index(label.stage)] = 1 - _SHARE_OF_ALSO if also else 1.0
        for stage in also:
            targets[label.i, STAGES.index(stage)] = _SHARE_OF_ALSO / len(also)
    return targets


def tag_targets(call: LabelledCall, marks: Sequence[Mark]) -> Floats:
    """1 where an utterance is evidence of such a thing; it is new where words that say it are first marked."""
    labels = call.labels
    found: dict[Tag, set[int]] = {
        Tag.OUTCOME: _evidence(labels.outcomes),
        Tag.CAPABILITY: _evidence(labels.capabilities),
        Tag.METRIC: _evidence(labels.metrics),
        Tag.PAIN: {
            mark.i
            for mark in labels.stages
            if mark.stage == "negative_consequences" and call.utterances[mark.i].role is Role.CUSTOMER
        },
        Tag.NEXT_STEP: _evidence(labels.next_steps),
        Tag.NEW_OUTCOME: _first(Part.OUTCOME, marks),
        Tag.NEW_CAPABILITY: _first(Part.CAPABILITY, marks),
        Tag.NEW_METRIC: _first(Part.METRIC, marks),
        Tag.NEW_NEXT_STEP: _first(Part.NEXT_STEP, marks),
        Tag.UNMAPPED_CAPABILITY: _evidence(_pitfalls(call, PitfallKind.UNMAPPED_CAPABILITY)),
        Tag.FEATURE_DUMPING: _evidence(_pitfalls(call, PitfallKind.FEATURE_DUMPING)),
        Tag.IGNORED_CUE: {max(label.at) for label in _pitfalls(call, PitfallKind.IGNORED_CUE)},
        Tag.INFLATED_CLAIM: _evidence(_pitfalls(call, PitfallKind.INFLATED_CLAIM)),
    }
    targets = np.zeros((len(call.utterances), len(TAGS)), dtype=np.float32)
    for column, tag in enumerate(TAGS):
        targets[sorted(found[tag]), column] = 1.0
    return targets


def windows(examples: Sequence[Example], wordpiece: WordPiece, draw: random.Random, *, stride: int) -> list[Window]:
    """Windows that end `stride` utterances apart, from a drawn beginning on, each as one way of hearing it."""
    found = []
    for one in examples:
        for end in range(draw.randrange(stride), len(one.call.utterances), stride):
            misheard = draw.random() < _RECOGNISED
            turns = one.turns(misheard=misheard)
            if draw.random() < _NAMELESS:
                turns = [Turn(Role.UNKNOWN, turn.text) for turn in turns]
            found.append(window(one, turns, end, wordpiece, misheard=misheard))
    return found


def window(one: Example, turns: Sequence[Turn], end: int, wordpiece: WordPiece, *, misheard: bool = False) -> Window:
    packed = pack(wordpiece, turns[max(0, end + 1 - MOST_TURNS) : end + 1], one.kind)
    rows = slice(end + 1 - len(packed.spans), end + 1)
    parts = (one.misheard_parts if misheard else one.parts)[rows]
    return Window(packed, one.stages[rows], one.tags[rows], _of_tokens(packed, parts))


def _of_tokens(packed: Packed, parts: Sequence[Floats]) -> Floats:
    """(tokens, parts); what is no word is not-a-number."""
    found = np.full((len(packed.ids), len(PARTS)), np.nan, dtype=np.float32)
    for (start, _), owners, targets in zip(packed.spans, packed.words, parts, strict=True):
        for offset, owner in enumerate(owners):
            if owner >= 0:
                found[start + offset] = targets[owner]
    return found


def _first(part: Part, marks: Sequence[Mark]) -> set[int]:
    """Where items are first put in words."""
    first: dict[str, int] = {}
    for mark in marks:
        if mark.part is part:
            first[mark.of] = min(mark.utterance, first.get(mark.of, mark.utterance))
    return set(first.values())


def _pitfalls(call: LabelledCall, kind: PitfallKind) -> list[PitfallLabel]:
    return [label for label in call.labels.pitfalls if label.kind is kind]


def _evidence(items: Sequence[Marked]) -> set[int]:
    return set(chain.from_iterable(item.at for item in items))
