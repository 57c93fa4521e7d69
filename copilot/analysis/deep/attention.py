"""What a model was told of a call, and whether it should be asked now: both folds of one log, kept in step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copilot.analysis.deep.epoch import Epoch
from copilot.analysis.deep.gate import Cause, Gate
from copilot.analysis.pitfalls.signs import Signs
from copilot.domain.events import Logged, ModelEnd, ModelUsed

MISSED: frozenset[ModelEnd] = frozenset({"timed_out", "failed", "broken_off"})
"""What such a request was about is asked again with what comes next."""


@dataclass(frozen=True, slots=True)
class Attention:
    epoch: Epoch
    gate: Gate

    @classmethod
    def begin(cls, signs: Signs) -> Attention:
        """Before anything was logged."""
        return cls(Epoch.begin(), Gate(signs))

    @classmethod
    def of(cls, log: Sequence[Logged], signs: Signs) -> Attention:
        """What a whole log leads to, with the requests that were answered made again where they were made.

        A request is logged when it is over; what was said meanwhile was not told to it. Logs of before that was noted
        do not say where it was made: there all that came before its event counts.
        """
        made = {_made_after(logged) for logged in log}
        attention = cls.begin(signs)
        for logged in log:
            attention = attention.after(logged)
            if logged.seq in made:
                attention = attention.asked()
        return attention

    @property
    def due(self) -> Cause | None:
        return self.gate.due

    def after(self, logged: Logged) -> Attention:
        return Attention(self.epoch.after(logged), self.gate.after(logged))

    def asked(self) -> Attention:
        """A request is on its way: what is logged from now on counts for the next one."""
        return Attention(self.epoch.asked(), self.gate.asked())

    def not_answered(self) -> Attention:
        """The request under way came to nothing."""
        return replace(self, epoch=self.epoch.not_answered(), gate=self.gate.not_answered())


def _made_after(logged: Logged) -> int | None:
    """The number of the event after which the request was made that this event tells of, if it was answered."""
    used = logged.event
    if not isinstance(used, ModelUsed) or used.purpose != "live" or used.ended in MISSED:
        return None
    return logged.seq if used.told_up_to is None else used.told_up_to
