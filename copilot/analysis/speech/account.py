"""What has become of every sample of one channel.

At every moment finals + silence + failed + pending = received, without a gap and without anything counted twice. It
holds by the way things are written down: endpointing only ever moves a border onwards, and a stretch between two
borders is settled once.
"""

from __future__ import annotations

from enum import StrEnum

from copilot.domain.audio import Span


class Fate(StrEnum):
    """`silence` is also what was heard and found to be no speech; `pending` waits to be heard, ended or decoded."""

    FINAL = "final"
    SILENCE = "silence"
    FAILED = "failed"
    PENDING = "pending"


class Account:
    """Positions only ever grow: `received` ≥ `endpointed`."""

    def __init__(self) -> None:
        self.received = 0
        self._stretches: dict[int, tuple[int, Fate]] = {}  # by start; each begins where the one before ends
        self._last_start = 0
        self.endpointed = 0

    def receive(self, up_to: int) -> None:
        if up_to < self.received:
            raise ValueError(f"{self.received} samples were received; it cannot be {up_to} now")
        self.received = up_to

    def silence(self, up_to: int) -> None:
        """Nobody speaks between the last border and `up_to`."""
        if up_to <= self.endpointed:
            return
        _, fate = self._stretches.get(self._last_start, (0, Fate.PENDING))
        if fate is Fate.SILENCE:
            self._check_border(up_to)
            self._stretches[self._last_start] = (up_to, Fate.SILENCE)
            self.endpointed = up_to
        else:
            self._add(up_to, Fate.SILENCE)

    def utterance(self, up_to: int) -> Span:
        """Somebody speaks between the last border and `up_to`; it is pending until it is settled."""
        span = Span(self.endpointed, up_to)
        self._add(up_to, Fate.PENDING)
        return span

    def settle(self, span: Span, fate: Fate) -> None:
        """Say what became of an utterance. What failed may be tried again; everything else is settled for good."""
        end, before = self._stretches.get(span.start, (0, Fate.SILENCE))
        if end != span.end or before not in (Fate.PENDING, Fate.FAILED) or fate is Fate.PENDING:
            raise ValueError(f"{span} is no utterance that waits to be settled")
        self._stretches[span.start] = (end, fate)

    def stretches(self) -> list[tuple[Span, Fate]]:
        """Everything received, from the first sample to the last."""
        told = [(Span(start, end), fate) for start, (end, fate) in self._stretches.items()]
        if self.received > self.endpointed:
            told.append((Span(self.endpointed, self.received), Fate.PENDING))
        return told

    def totals(self) -> dict[Fate, int]:
        """Samples by what became of them; they sum to `received`."""
        totals = dict.fromkeys(Fate, 0)
        for span, fate in self.stretches():
            totals[fate] += len(span)
        return totals

    def waiting(self) -> list[Span]:
        """The utterances that have ended and are not settled."""
        return [span for span, fate in self.stretches() if fate is Fate.PENDING and span.start < self.endpointed]

    def failed(self) -> list[Span]:
        return [span for span, fate in self.stretches() if fate is Fate.FAILED]

    def _add(self, up_to: int, fate: Fate) -> None:
        self._check_border(up_to)
        self._last_start = self.endpointed
        self._stretches[self.endpointed] = (up_to, fate)
        self.endpointed = up_to

    def _check_border(self, up_to: int) -> None:
        if not self.endpointed < up_to <= self.received:
            raise ValueError(f"a border at {up_to} is not between {self.endpointed} and {self.received}")
