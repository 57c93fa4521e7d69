"""How one call is heard just now: what its panels are told beside its events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from copilot.domain.recordings import Progress
from copilot.live.feed import Asr, Status, Tier


class Condition:
    """What is known of it. The setters say whether it has changed, so that it is shown only then."""

    def __init__(self) -> None:
        self.trouble: str | None = None  # why nothing is being saved
        self.lag_s = 0.0
        self._tier = Tier()
        self._asr: Asr = "off"
        self._asr_reason: str | None = None
        self._recording: Progress | None = None

    def tier(self, name: Literal["embedded", "llm"], reason: str | None) -> bool:
        if (name, reason) == (self._tier.name, self._tier.reason):
            return False
        self._tier = Tier(name, reason, since=datetime.now(UTC))
        return True

    def asr(self, asr: Asr, reason: str | None, behind_s: float) -> bool:
        self.lag_s = max(self.lag_s, round(behind_s, 3))
        changed = (asr, reason) != (self._asr, self._asr_reason)
        self._asr, self._asr_reason = asr, reason
        return changed

    def recording(self, progress: Progress | None) -> bool:
        changed = progress != self._recording
        self._recording = progress
        return changed

    def status(self, *, ended: bool, sent: bool) -> Status:
        """Put together for panels; `sent`: somebody sends the call."""
        if ended and self.trouble is None:
            return Status(False, self._tier, "The call has ended.", recording=self._recording)
        reason = self.trouble or self._asr_reason or (None if sent else "Nobody is sending this call.")
        listening = sent and self.trouble is None
        return Status(listening, self._tier, reason, self.lag_s, self._asr, self._recording)
