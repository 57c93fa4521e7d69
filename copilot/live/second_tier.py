"""The second tier: a language model that listens in on every call, on top of what is found without it.

For each call there is one part that follows its log and asks when there is something to ask about; never twice at
once, and with everything that was said by then. Whatever goes wrong here, the call goes on, and its panel says what is
at work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from copilot.analysis.deep.inputs import Briefing
from copilot.analysis.pitfalls.signs import Signs
from copilot.domain.events import Logged, ModelUsed
from copilot.domain.playbook import Playbook
from copilot.domain.prices import Prices
from copilot.live.asking import Desk, Terms
from copilot.live.budget import Spend
from copilot.live.call import LiveCall
from copilot.live.model_on_call import Means, ModelOnCall, Models
from copilot.ports import Prompts


class SecondTier:
    """The language model's part in all calls of this server."""

    def __init__(self, models: Models, prompts: Prompts, playbook: Playbook, prices: Prices, terms: Terms) -> None:
        self.means = Means(models, prompts, playbook, Briefing(playbook), Signs(playbook))
        self.desk = Desk(prices, terms)
        self._parts: dict[LiveCall, ModelOnCall] = {}

    def remember(self, used: Iterable[Logged]) -> None:
        """What an earlier run of the server used counts for its day."""
        for logged in used:
            if isinstance(logged.event, ModelUsed):
                usage = logged.event.usage
                cost = Spend(usage.input_tokens + usage.output_tokens, logged.event.cost_usd or 0.0)
                self.desk.budget.add_to_day(cost, logged.at.date())

    def join(self, call: LiveCall) -> None:
        """Listen in on a call from now on, until it is over."""
        if call in self._parts or call.state.wrapped_up:
            return
        part = self._parts[call] = ModelOnCall(call, self.means, self.desk, self._show_tiers)
        part.show_tier()
        if not call.state.ended:
            part.start()

    async def review(self, call: LiveCall) -> None:
        """Look at a call that has ended once more, as a whole; keeps its own deadline."""
        self.join(call)
        part = self._parts[call]
        await part.stop()
        try:
            if call.state.utterances and not call.state.model.reviewed:
                await part.review()
        finally:
            await self.leave(call)

    async def leave(self, call: LiveCall) -> None:
        """Listen no longer."""
        part = self._parts.pop(call, None)
        if part is not None:
            await part.leave()

    async def caught_up(self, call: LiveCall) -> None:
        """Wait until everything said on a call so far has been taken in, and asked about where there was reason to."""
        part = self._parts.get(call)
        if part is not None:
            await part.caught_up()

    async def close(self) -> None:
        """Hang up on everything that is under way."""
        await asyncio.gather(*(part.stop() for part in self._parts.values()))
        self._parts.clear()

    def _show_tiers(self) -> None:
        """Say on every panel what is at work: the provider is everybody's."""
        for part in self._parts.values():
            part.show_tier()
