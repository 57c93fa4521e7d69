"""What is left out, step by step, when decoding falls behind. Finals never are: they come later at worst."""

from __future__ import annotations

from enum import IntEnum

BEHIND_S = 1.5  # a final has waited so long: another step
LATE_S = 5.0  # what is shown so long after it was said is of little use any more
IN_TIME_S = 0.5  # finals wait less than this again: a step back, in time
STEP_EVERY_S = 2.0
STEP_BACK_AFTER_S = 10.0


class Shed(IntEnum):
    """Each step leaves out what it names on top of those before it."""

    NOTHING = 0
    PARTIALS_EVERY_2_S = 1
    PARTIALS_EVERY_4_S = 2
    PARTIALS_OF_THE_REP = 3  # the customer's words are what the panel lives on
    PARTIALS = 4
    GUESSED_ENDS = 5  # finals decoded before the silence after them is long enough
    CARE = 6  # finals are decoded greedily, and by a smaller model where there is one
    CALLS = 7  # new ones are refused

    @property
    def partial_every_s(self) -> float:
        if self is Shed.NOTHING:
            return 1.0
        return 2.0 if self is Shed.PARTIALS_EVERY_2_S else 4.0

    def says(self, *, smaller: bool) -> str | None:
        """For the panel; `smaller`: there is a smaller model to go over to."""
        match self:
            case Shed.NOTHING:
                return None
            case Shed.PARTIALS_EVERY_2_S | Shed.PARTIALS_EVERY_4_S:
                shows = f"words show every {self.partial_every_s:.0f} s while somebody speaks"
            case Shed.PARTIALS_OF_THE_REP:
                shows = "the rep's words show once they are said"
            case Shed.PARTIALS | Shed.GUESSED_ENDS:
                shows = "words show once they are said"
            case Shed.CARE:
                shows = "a smaller model writes them" if smaller else "they are written with less care"
            case Shed.CALLS:
                shows = "no further calls are taken"
        return f"Transcription is behind: {shows}. Nothing is lost."


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
