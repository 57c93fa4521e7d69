"""Which words of an utterance say what a label says, as people marked them: labels name utterances alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from copilot.domain.impressions import Part, word_places
from copilot.domain.labelled import LabelledCall, LabelledUtterance

MARKED = Path("fixtures/marked")
PARTS = tuple(Part)

Floats = NDArray[np.float32]
_EDGES = "\"'“”‘’(),.;:!?…-–"


class Mark(BaseModel):
    """Words of an utterance that say a part of a labelled item.

    `of` is the item's id, or N and the place of a next step, which has none: N1 is the first. `quote` is verbatim, and
    meant is where it stands first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str = Field(pattern=r"^[OCMN]\d+$")
    part: Part
    utterance: int = Field(ge=0)
    quote: str = Field(min_length=1)


def marks_of(file: Path) -> tuple[Mark, ...]:
    """One mark a line."""
    return tuple(Mark.model_validate_json(line) for line in file.read_text("utf-8").splitlines())


def part_targets(call: LabelledCall, marks: Sequence[Mark]) -> list[Floats]:
    """For every utterance (words, parts): 1 where a word says it, else 0."""
    found = [np.zeros((len(word_places(u.text)), len(PARTS)), dtype=np.float32) for u in call.utterances]
    for mark in marks:
        text = call.utterances[mark.utterance].text
        start = text.index(mark.quote)
        end = start + len(mark.quote)
        for n, (first, last) in enumerate(word_places(text)):
            if start < last and first < end:
                found[mark.utterance][n, PARTS.index(mark.part)] = 1.0
    return found


def carried_over(targets: Sequence[Floats], call: LabelledCall, misheard: LabelledCall) -> list[Floats]:
    """The same of the call as a recogniser writes it, whose words are those of the call, fewer, or cut short."""
    both = zip(targets, call.utterances, misheard.utterances, strict=True)
    return [_carried(rows, said, heard) for rows, said, heard in both]


def _carried(rows: Floats, said: LabelledUtterance, heard: LabelledUtterance) -> Floats:
    words, others = _plain_words(said.text), _plain_words(heard.text)
    found = np.zeros((len(others), len(PARTS)), dtype=np.float32)
    for start, end, other_start, other_end in _stretches(words, others):
        for n in range(other_start, other_end):
            found[n] = rows[min(end - 1, start + n - other_start)] if start < end else 0
    return found


def _stretches(words: list[str], others: list[str]) -> Iterator[tuple[int, int, int, int]]:
    for _, start, end, other_start, other_end in SequenceMatcher(a=words, b=others, autojunk=False).get_opcodes():
        yield start, end, other_start, other_end


def _plain_words(text: str) -> list[str]:
    return [text[start:end].lower().strip(_EDGES) for start, end in word_places(text)]
