"""Whole calls heard by both tiers at once, as `copilot analyze` and `copilot eval` do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from copilot.analysis.hearing import Analyst, Step, Talk
from copilot.errors import WorkFailed
from copilot.live.call import LiveCall
from copilot.live.places import live_at_once
from copilot.live.second_tier import SecondTier
from copilot.ports import Store

Complain = Callable[[str], None]


async def heard_by_both(
    talks: Sequence[Talk],
    analyst: Analyst,
    tier: SecondTier,
    *,
    playbook: str,
    new_store: Callable[[], Store],
    complain: Complain,
) -> list[Step]:
    """As many calls at a time as there are places for live requests.

    `complain` is told in a sentence where a model left something unanswered. Raises WorkFailed where it answered
    nothing at all: what comes out would be the first tier's alone.
    """
    places = asyncio.Semaphore(live_at_once(tier.desk.terms.concurrency))

    async def hear(talk: Talk) -> tuple[LiveCall, Step]:
        store = new_store()
        async with places:
            call = await LiveCall.begin(talk.call, playbook, store, analyst, tier.review)
            tier.join(call)
            await _hear(call, talk, tier)
            return call, Step(call.state, tuple(logged.event for logged in await store.read(call.id)))

    heard = await asyncio.gather(*(hear(talk) for talk in talks))
    calls = [call for call, _ in heard]
    complaints = [complaint for call in calls if (complaint := _complaint(call))]
    if complaints and not any(call.state.model.requests > call.state.model.incomplete for call in calls):
        raise WorkFailed(complaints[0])
    for complaint in complaints:
        complain(complaint)
    return [step for _, step in heard]


async def _hear(call: LiveCall, talk: Talk, tier: SecondTier) -> None:
    for saying in talk.sayings:
        await call.hear(saying)
        await tier.caught_up(call)  # as if the model answered before anybody went on
    if talk.ended:
        await call.end("sender")
    else:
        await tier.leave(call)


def _complaint(call: LiveCall) -> str | None:
    use, reason = call.state.model, call.status.tier.reason
    if not use.incomplete and reason is None:
        return None
    answered = f"{use.requests - use.incomplete} of {use.requests} requests to the language model were answered in full"
    return f"{call.record.info.title or call.id}: {answered}. {reason or ''}"
