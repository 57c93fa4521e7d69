"""What language models may cost, per call and per day, in money and in tokens: asked before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Whose = Literal["call", "day"]


@dataclass(frozen=True, slots=True)
class Spend:
    """Tokens in and out together, and dollars. A model without a known price counts in tokens alone."""

    tokens: int = 0
    usd: float = 0.0

    def __add__(self, other: Spend) -> Spend:
        return Spend(self.tokens + other.tokens, self.usd + other.usd)

    def __sub__(self, other: Spend) -> Spend:
        return Spend(self.tokens - other.tokens, self.usd - other.usd)


@dataclass(frozen=True, slots=True)
class Allowance:
    """None: no limit. Of a call's allowance a share is kept for the wrap-up, which looks at all of it once more."""

    call_tokens: int | None = None
    call_usd: float | None = None
    day_tokens: int | None = None
    day_usd: float | None = None
    kept_for_wrap_up: float = 0.3


@dataclass(slots=True)
class Budget:
    """What was spent and what is set aside for requests on their way. A day ends at midnight UTC.

    Every request sets aside the most that it can cost, and gives back what it did not need.
    """

    allowance: Allowance
    day: date
    spent_today: Spend = Spend()
    _by_call: dict[str, Spend] = field(default_factory=dict)

    def open(self, call_id: str, spent: Spend) -> str:
        """An account for a call that is taken up, with what an earlier run of the server spent on it; its name.

        The call's own id, unless another of that id is being heard, as when files are analysed.
        """
        account, n = call_id, 1
        while account in self._by_call:
            n += 1
            account = f"{call_id} {n}"
        self._by_call[account] = spent
        return account

    def close(self, account: str) -> None:
        """The call is over."""
        self._by_call.pop(account, None)

    def of_call(self, account: str) -> Spend:
        """What a call has cost by now, with what is set aside."""
        return self._by_call.get(account, Spend())

    def exhausted(self, account: str, most: Spend, today: date, *, wrap_up: bool = False) -> Whose | None:
        """Whose budget a request would exceed that costs at most this much, if any."""
        self._turn(today)
        share = 1.0 if wrap_up else 1.0 - self.allowance.kept_for_wrap_up
        if _exceeds(self.of_call(account) + most, self.allowance.call_tokens, self.allowance.call_usd, share):
            return "call"
        if _exceeds(self.spent_today + most, self.allowance.day_tokens, self.allowance.day_usd, 1.0):
            return "day"
        return None

    def set_aside(self, account: str, most: Spend, today: date) -> Callable[[Spend], None]:
        """Take the most that a request can cost; call the result with what it did cost."""
        self._turn(today)
        self._take(account, most, today)

        def settle(cost: Spend) -> None:
            self._take(account, cost - most, today)

        return settle

    def add_to_day(self, cost: Spend, day: date) -> None:
        """What an earlier run of the server has spent on a day, if that is today."""
        if day == self.day:
            self.spent_today += cost

    def _take(self, account: str, cost: Spend, day: date) -> None:
        self._by_call[account] = self.of_call(account) + cost
        self.add_to_day(cost, day)

    def _turn(self, today: date) -> None:
        if today != self.day:
            self.day, self.spent_today = today, Spend()


def _exceeds(spend: Spend, tokens: int | None, usd: float | None, share: float) -> bool:
    return (tokens is not None and spend.tokens > tokens * share) or (usd is not None and spend.usd > usd * share)
