from __future__ import annotations

import contextlib

import pytest

from copilot.domain.events import ModelPurpose
from copilot.live.places import Places

pytestmark = pytest.mark.anyio


async def taken(places: Places, purpose: ModelPurpose, stack: contextlib.AsyncExitStack) -> int:
    """How many places this kind gets, one after another, until there are none."""
    count = 0
    with contextlib.suppress(TimeoutError):
        while True:
            await stack.enter_async_context(places.place(purpose, within_s=0.01))
            count += 1
    return count


@pytest.mark.parametrize(("most", "live", "wrap_ups"), [(8, 6, 4), (3, 2, 2), (2, 1, 1), (1, 1, 1)])
class TestPlaces:
    async def test_leave_some_to_the_other_kind(self, most: int, live: int, wrap_ups: int) -> None:
        async with contextlib.AsyncExitStack() as stack:
            assert await taken(Places(most), "live", stack) == live
            assert await taken(Places(most), "wrap_up", stack) == wrap_ups

    async def test_are_never_more_than_there_are(self, most: int, live: int, wrap_ups: int) -> None:
        places = Places(most)
        async with contextlib.AsyncExitStack() as stack:
            assert await taken(places, "wrap_up", stack) == wrap_ups
            assert await taken(places, "live", stack) == min(live, most - wrap_ups)

    async def test_are_free_again_afterwards_also_after_waiting_in_vain(
        self, most: int, live: int, wrap_ups: int
    ) -> None:
        places = Places(most)
        for _ in range(3):
            async with contextlib.AsyncExitStack() as stack:
                await taken(places, "wrap_up", stack)
                await taken(places, "live", stack)
        async with contextlib.AsyncExitStack() as stack:
            assert await taken(places, "live", stack) == live
