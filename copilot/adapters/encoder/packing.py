"""How talk is laid out for the model: the call's kind, then each turn with a mark for who speaks, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copilot.adapters.encoder.wordpiece import WordPiece
from copilot.domain.call import CallKind, Role
from copilot.domain.impressions import Turn, word_places

MOST_TOKENS = 96
MOST_TURNS = 6
ROLE_MARKS = {Role.REP: "[REP]", Role.CUSTOMER: "[CUST]", Role.UNKNOWN: "[WHO]"}
KIND_MARKS = {kind: f"[{kind.value.upper()}]" for kind in CallKind}
START, END = "[CLS]", "[SEP]"
_STRETCH = MOST_TOKENS - 8  # tokens of a turn that are read at once; more takes a second reading, as long as the first
_LEAST = 8  # tokens of an older turn that are worth keeping where it does not fit


class Packed(NamedTuple):
    """`spans` are where the turns are, oldest first: those that are wholly there, and the newest in any case.

    `words` says for every token of a span which word of the turn it belongs to, counted from 0; -1 is the turn's mark.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    words: list[list[int]]

    @property
    def turn_of(self) -> list[int]:
        """For every token its turn, counted from 1; 0 for what stands before the first. No turn sees those after it."""
        return [sum(start <= place for start, _ in self.spans) for place in range(len(self.ids))]

    @property
    def first_pieces(self) -> dict[int, int]:
        """For every word of the newest turn that is there, the place of its first piece within the turn."""
        places = ((word, n) for n, word in enumerate(self.words[-1]) if word >= 0)
        return dict(reversed(list(places)))


def pack(wordpiece: WordPiece, turns: Sequence[Turn], kind: CallKind) -> Packed:
    """As many of the latest turns as there is room for; what does not fit loses its beginning."""
    marks = wordpiece.number
    room = MOST_TOKENS - 3
    kept: list[tuple[list[int], list[int]]] = []
    cut = False
    for turn in reversed(turns[-MOST_TURNS:]):
        pieces, owners = _pieces(wordpiece, turn)
        cut = len(pieces) > room - 1
        if cut and kept and room <= _LEAST:
            cut = False
            break
        first = max(0, len(pieces) - room + 1)
        kept.append(([marks[ROLE_MARKS[turn.role]], *pieces[first:]], [-1, *owners[first:]]))
        room -= len(kept[-1][0])
        if cut:
            break
    ids = [marks[START], marks[KIND_MARKS[kind]]]
    spans, words = [], []
    for pieces, owners in reversed(kept):
        spans.append((len(ids), len(ids) + len(pieces)))
        words.append(owners)
        ids += pieces
    ids.append(marks[END])
    if cut and len(spans) > 1:
        spans, words = spans[1:], words[1:]
    return Packed(ids, spans, words)


def stretches(wordpiece: WordPiece, turn: Turn) -> list[Turn]:
    """The turn itself, or its parts where it is too long to be read at once:"""
    places = word_places(turn.text)
    cuts, room = [0], 0
    for n, (start, end) in enumerate(places):
        pieces = len(wordpiece.encode_word(turn.text[start:end]))
        if room + pieces > _STRETCH:
            cuts.append(n)
            room = 0
        room += pieces
    ends = [*cuts[1:], len(places)]
    if len(cuts) == 1:
        return [turn]
    return [Turn(turn.role, turn.text[places[a][0] : places[b - 1][1]]) for a, b in zip(cuts, ends, strict=True)]


def _pieces(wordpiece: WordPiece, turn: Turn) -> tuple[list[int], list[int]]:
    """The turn's pieces, and for each the word that it belongs to; of a turn that never fits, those of its end."""
    said = [turn.text[start:end] for start, end in word_places(turn.text)]
    pieces: list[int] = []
    owners: list[int] = []
    for n in range(max(0, len(said) - MOST_TOKENS), len(said)):
        found = wordpiece.encode_word(said[n])
        pieces += found
        owners += [n] * len(found)
    return pieces, owners
