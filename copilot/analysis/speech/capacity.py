"""How much decoding the calls need, of what there is: whether one more can be heard as well as these."""

from __future__ import annotations

from collections import deque
from statistics import median

WINDOW_S = 30.0
MOST_LOAD = 0.9
NEEDED_PER_S = 0.5  # decodes of a call of two: some 15 utterances a minute, and one early look at each
REMEMBERED = 20


class Capacity:
    """Counts what no call can do without: finals, and the first words of each. The rest stretches."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._took: deque[tuple[float, float]] = deque()  # when a decode ended, and its seconds
        self._lately: deque[float] = deque(maxlen=REMEMBERED)

    @property
    def decode_s(self) -> float | None:
        """What a decode takes lately, or None before the first."""
        return median(self._lately) if self._lately else None

    def decoded(self, now_s: float, took_s: float) -> None:
        self._took.append((now_s, took_s))
        self._lately.append(took_s)

    def load(self, now_s: float) -> float:
        """The share of the last half minute in which decodes were at work; 1: all that can be at once, all the time."""
        while self._took and self._took[0][0] <= now_s - WINDOW_S:
            self._took.popleft()
        return sum(took_s for _, took_s in self._took) / (WINDOW_S * self._at_once)

    def load_with(self, now_s: float, new: float) -> float:
        """With so many calls on top of which nothing has been measured yet."""
        return self.load(now_s) + new * NEEDED_PER_S * (self.decode_s or 0.0) / self._at_once
