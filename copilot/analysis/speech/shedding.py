"""What is left out, step by step, when decoding falls behind. Finals never are: they come later at worst."""

from __future__ import annotations

from enum import IntEnum

BEHIND_S = 1.5  # a final has waited so long: another step
IN_TIME_S = 0.5  # finals wait less than this again: a step back, in time
STEP_EVERY_S = 2.0
STEP_BACK_AFTER_S = 10.0


class Shed(IntEnum):
    """Each step leaves out what it names on top of those before it."""

    NOTHING = 0
    PARTIALS_EVERY_2_S = 1
    PARTIALS_EVERY_4_S = 2
    PARTIALS_OF_THE_REP = 3  # the customer's words are what the panel lives on
    GUESSED_ENDS = 4  # finals decoded before the silence after them is long enough
    CARE = 5  # finals are decoded greedily, and new calls are refused
    PARTIALS = 6

    @property
    def partial_every_s(self) -> float:
        if self is Shed.NOTHING:
            return 1.0
        return 2.0 if self is Shed.PARTIALS_EVERY_2_S else 4.0

    @property
    def takes_calls(self) -> bool:
        return self < Shed.CARE

    @property
    def says(self) -> str | None:
        """For the panel."""
        if self is Shed.NOTHING:
            return None
        if self < Shed.CARE:
            return "Transcription is behind; words show later while somebody speaks."
        return "Transcription is behind; nothing is lost, and it comes later."


class Ladder:
    """Goes up quickly and down slowly, so that a step is not taken back in the next moment."""

    def __init__(self) -> None:
        self.step = Shed.NOTHING
        self._moved_s = float("-inf")
        self._in_time_since_s: float | None = None

    def observe(self, now_s: float, *, waited_s: float) -> Shed:
        """The step to be on, with the final that has waited longest (0: none waits) having waited so long."""
        if waited_s >= BEHIND_S:
            self._in_time_since_s = None
            if self.step < max(Shed) and now_s - self._moved_s >= STEP_EVERY_S:
                self._move(self.step + 1, now_s)
        elif waited_s >= IN_TIME_S:
            self._in_time_since_s = None
        elif self._in_time_since_s is None:
            self._in_time_since_s = now_s
        elif self.step > Shed.NOTHING and now_s - max(self._in_time_since_s, self._moved_s) >= STEP_BACK_AFTER_S:
            self._move(self.step - 1, now_s)
        return self.step

    def _move(self, step: int, now_s: float) -> None:
        self.step = Shed(step)
        self._moved_s = now_s
