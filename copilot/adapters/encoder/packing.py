"""How talk is laid out for the model: the call's kind, then each turn with a mark for who speaks, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.domain.call import CallKind, Role
from copilot.domain.impressions import Turn

MOST_TOKENS = 96
MOST_TURNS = 6
ROLE_MARKS = {Role.REP: "[REP]", Role.CUSTOMER: "[CUST]", Role.UNKNOWN: "[WHO]"}
KIND_MARKS = {kind: f"[{kind.value.upper()}]" for kind in CallKind}
START, END = "[CLS]", "[SEP]"
_MOST_CHARACTERS = 2000  # of a turn; more never fits
_LEAST = 8  # tokens of an older turn that are worth keeping where it does not fit


class Packed(NamedTuple):
    """`spans` are where the turns are, oldest first: those that are wholly there, and the newest in any case."""

    ids: list[int]
    spans: list[tuple[int, int]]


def pack(wordpiece: WordPiece, turns: Sequence[Turn], kind: CallKind) -> Packed:
    """As many of the latest turns as there is room for; what does not fit loses its beginning."""
    marks = wordpiece.number
    room = MOST_TOKENS - 3
    kept: list[list[int]] = []
    cut = False
    for turn in reversed(turns[-MOST_TURNS:]):
        words = wordpiece.encode(turn.text[-_MOST_CHARACTERS:])
        cut = len(words) > room - 1
        if cut and kept and room <= _LEAST:
            cut = False
            break
        kept.append([marks[ROLE_MARKS[turn.role]], *words[max(0, len(words) - room + 1) :]])
        room -= len(kept[-1])
        if cut:
            break
    ids = [marks[START], marks[KIND_MARKS[kind]]]
    spans = []
    for pieces in reversed(kept):
        spans.append((len(ids), len(ids) + len(pieces)))
        ids += pieces
    ids.append(marks[END])
    return Packed(ids, spans[1:] if cut and len(spans) > 1 else spans)
