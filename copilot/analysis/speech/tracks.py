"""The tracks of a telephone call, which come as numbered messages with times, put side by side.

Messages may be doubled, out of order or missing; what is missing becomes silence, so that both sides stay in step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

RATE_HZ = 8000
SILENT = b"\xff"  # 0 in µ-law

BLOCK = RATE_HZ // 10  # samples of all tracks that are given at once
MOST_HELD = 20  # messages, 0.2 s of two tracks, that one before them is waited for
SLACK = RATE_HZ // 25  # samples that a time may be off without meaning a hole
MOST_BEHIND = 2 * RATE_HZ  # samples that a track may be behind the other before it is taken to be silent


@dataclass(frozen=True, slots=True)
class Media:
    """20 ms of one track, or however much; `time_ms` from the beginning of the stream."""

    track: str
    time_ms: int
    payload: bytes


class InOrder:
    """Gives messages in the order of their numbers, each once. A number that does not come is not waited for long."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._held: dict[int, Media | None] = {}

    def add(self, number: int, media: Media | None) -> Iterator[Media]:
        """Those that this one lets through; None stands for a message of another kind."""
        if self._next is None:
            self._next = number
        if number >= self._next:
            self._held.setdefault(number, media)
        while self._held and (self._next in self._held or len(self._held) > MOST_HELD):
            self._next = min(self._held)
            yield from self._let_through()

    def rest(self) -> Iterator[Media]:
        """What is still held, at the end."""
        while self._held:
            self._next = min(self._held)
            yield from self._let_through()

    def _let_through(self) -> Iterator[Media]:
        while self._next in self._held:
            media = self._held.pop(self._next)
            self._next += 1
            if media is not None:
                yield media


class Tracks:
    """Puts the tracks' samples side by side by their times."""

    def __init__(self, names: Sequence[str]) -> None:
        self._tracks = {name: bytearray() for name in names}
        self._given = 0  # samples of every track

    def add(self, media: Media) -> None:
        """Another stretch of one track; of a track that was not announced, nothing."""
        track = self._tracks.get(media.track)
        if track is None:
            return
        off = media.time_ms * RATE_HZ // 1000 - self._given - len(track)
        if off < -SLACK:
            return  # a time that is over, and has been given as silence
        if off > SLACK:
            track.extend(SILENT * off)
        track.extend(media.payload)

    def blocks(self) -> Iterator[bytes]:
        """Interleaved samples of all tracks, as far as all have come or are not waited for."""
        ahead = max(map(len, self._tracks.values()))
        while True:
            least = min(map(len, self._tracks.values()))
            if least < BLOCK and ahead < BLOCK + MOST_BEHIND:
                return
            yield self._give(BLOCK)
            ahead -= BLOCK

    def rest(self) -> Iterator[bytes]:
        """What is left at the end; the shorter tracks end in silence."""
        left = max(map(len, self._tracks.values()))
        if left:
            yield self._give(left)

    def _give(self, samples: int) -> bytes:
        together = bytearray(samples * len(self._tracks))
        for place, track in enumerate(self._tracks.values()):
            together[place :: len(self._tracks)] = track[:samples].ljust(samples, SILENT)
            del track[:samples]
        self._given += samples
        return bytes(together)
