"""One request to a language model, within its limits: budget, breaker, places, and one deadline for all of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from copilot.domain.events import ModelPurpose
from copilot.domain.language_model import ModelRequest, Usage
from copilot.domain.prices import Prices
from copilot.errors import ModelFailed
from copilot.live.asked import NOTHING_USED, Asked, FailureLog
from copilot.live.breaker import Breaker
from copilot.live.budget import Allowance, Budget, Spend
from copilot.live.places import Places
from copilot.ports import LanguageModel

CHARACTERS_PER_TOKEN = 4.0  # of English, as providers count; for what one of them does not report
FEWEST_PER_TOKEN = 3.0  # for the most that a request may cost
_WHILE_ANOTHER_TRIES_S = 0.2
NO_LIMITS = Allowance()


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which requests are sent, all calls together."""

    deadline_s: float = 12.0
    wrap_up_deadline_s: float = 90.0
    concurrency: int = 8
    allowance: Allowance = NO_LIMITS
    hide_names: bool = False


class Taker(Protocol):
    """Whoever takes an answer in."""

    @property
    def has_something(self) -> bool:
        """Whether anything of the answer could be used so far."""

    @property
    def is_whole(self) -> bool:
        """Whether the answer has come to its proper end."""

    async def take(self, piece: str) -> bool:
        """Take a piece of the answer's text; whether more is wanted."""


class Unavailable(Exception):
    """Nothing was sent; the reason is a sentence for the panel. Never leaves the second tier."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Desk:
    """Where every request of every call passes; there is one per provider."""

    def __init__(self, prices: Prices, terms: Terms) -> None:
        self.terms = terms
        self.budget = Budget(terms.allowance, _today())
        self.breaker = Breaker()
        self.paused_for: str | None = None  # why the provider is left alone
        self._prices = prices
        self._places = Places(terms.concurrency)
        self._failures = FailureLog()

    @contextlib.asynccontextmanager
    async def place(self, purpose: ModelPurpose, *, within_s: float) -> AsyncIterator[None]:
        """One of the places for requests under way. A request is best made only then, with all that came meanwhile."""
        async with contextlib.AsyncExitStack() as taken:
            try:
                await taken.enter_async_context(self._places.place(purpose, within_s=within_s))
            except TimeoutError:
                raise Unavailable("The language model is busy with other calls.") from None
            yield

    async def rested(self, *, within_s: float) -> None:
        """Wait for the end of a provider's pause, if it ends in time."""
        until_s = time.monotonic() + within_s
        while not self.breaker.admits(time.monotonic()):
            rest_ends_s = self.breaker.rests_until_s or 0.0
            if rest_ends_s >= until_s or time.monotonic() >= until_s:
                raise Unavailable(self.paused)
            await asyncio.sleep(max(rest_ends_s - time.monotonic(), _WHILE_ANOTHER_TRIES_S))

    def cost(self, model: LanguageModel, usage: Usage) -> float | None:
        return self._prices.cost(model.name, usage)

    async def ask(
        self,
        model: LanguageModel,
        request: ModelRequest,
        *,
        account: str,
        purpose: ModelPurpose,
        deadline_s: float,
        taker: Taker,
        asked: Asked,
    ) -> None:
        """Send the request, and hand its answer over piece by piece until it is enough.

        Raises Unavailable where it may not be sent. `asked` is told how it went, also when this is cancelled.
        """
        sent = sum(len(message.text) for message in request.messages)
        settle = self._admitted(model, request, sent, account, purpose)
        received = 0
        began = time.monotonic()
        try:
            async with contextlib.aclosing(_Timed(model.stream(request), began + deadline_s)) as answer:
                async for piece in answer:
                    if isinstance(piece, Usage):
                        asked.usage += piece
                    else:
                        received += len(piece)
                        if not await taker.take(piece):
                            break
            self._came(asked, taker)
        except TimeoutError:
            asked.ended = "timed_out"
            self._failed(asked, f"The language model did not answer within {round(deadline_s, 1):g} s.")
        except ModelFailed as failed:
            self._broke(asked, failed, taker)
        finally:
            self._failures.note(model.name, asked, self.breaker)
            asked.latency_s = time.monotonic() - began
            if asked.ended == "broken_off":
                self.breaker = self.breaker.let_go()
            answered_at_all = received or asked.ended in ("complete", "timed_out", "broken_off")
            if asked.usage == NOTHING_USED and answered_at_all:
                asked.estimated, asked.usage = True, _estimate(sent, received)
            settle(self._spend(model, asked.usage))

    def _admitted(
        self, model: LanguageModel, request: ModelRequest, sent: int, account: str, purpose: ModelPurpose
    ) -> Callable[[Spend], None]:
        if not self.breaker.admits(time.monotonic()):
            raise Unavailable(self.paused)
        most = Usage(input_tokens=round(sent / FEWEST_PER_TOKEN), output_tokens=request.most_output_tokens)
        spend, today = self._spend(model, most), _today()
        match self.budget.exhausted(account, spend, today, wrap_up=purpose == "wrap_up"):
            case "call":
                raise Unavailable("This call's budget for the language model is spent.")
            case "day":
                raise Unavailable("Today's budget for the language model is spent.")
        self.breaker = self.breaker.asked()
        return self.budget.set_aside(account, spend, today)

    @property
    def paused(self) -> str:
        """The sentence for a provider that is left alone."""
        return f"{self.paused_for or 'The language model does not answer.'} It is tried again after a pause."

    @property
    def is_paused(self) -> bool:
        return self.breaker.rests_until_s is not None

    def _came(self, asked: Asked, taker: Taker, why: str = "it has another shape") -> None:
        """The answer is all there; whether it is any good is another matter."""
        if taker.is_whole or taker.has_something:
            asked.ended = "complete" if taker.is_whole else "cut"
            self._answered()
        else:
            asked.ended = "unusable"
            self._failed(asked, f"The language model's answer could not be used: {why}.")

    def _answered(self) -> None:
        self.breaker, self.paused_for = self.breaker.answered(), None

    def _broke(self, asked: Asked, failed: ModelFailed, taker: Taker) -> None:
        match failed.kind:
            case "refused":
                asked.ended, asked.trouble = "refused", "The language model declined to answer."
                self._answered()
            case "unusable":
                self._came(asked, taker, failed.reason)
            case "retryable":
                asked.ended = "failed"
                self._failed(asked, f"The language model did not answer: {failed.reason}.", failed.retry_after_s)
            case "misconfigured":
                asked.ended = "failed"
                told = f"The language model is not set up right: {failed.reason}."
                self._failed(asked, told, for_long=True)

    def _failed(
        self, asked: Asked, trouble: str, retry_after_s: float | None = None, *, for_long: bool = False
    ) -> None:
        asked.trouble = trouble
        self.breaker = self.breaker.failed(time.monotonic(), retry_after_s=retry_after_s, for_long=for_long)
        if self.is_paused:
            self.paused_for = trouble

    def _spend(self, model: LanguageModel, usage: Usage) -> Spend:
        return Spend(usage.input_tokens + usage.output_tokens, self.cost(model, usage) or 0.0)


class _Timed:
    """An answer that has to be complete by a moment; a slow trickle is no excuse. Raises TimeoutError."""

    def __init__(self, pieces: AsyncIterator[str | Usage], until_s: float) -> None:
        self._pieces, self._until_s = pieces, until_s

    def __aiter__(self) -> _Timed:
        return self

    async def __anext__(self) -> str | Usage:
        async with asyncio.timeout(self._until_s - time.monotonic()):
            return await anext(self._pieces)

    async def aclose(self) -> None:
        close = getattr(self._pieces, "aclose", None)
        if close is not None:
            await close()


def _estimate(sent: int, received: int) -> Usage:
    return Usage(input_tokens=round(sent / CHARACTERS_PER_TOKEN), output_tokens=round(received / CHARACTERS_PER_TOKEN))


def _today() -> date:
    return datetime.now(UTC).date()
