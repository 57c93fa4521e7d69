from __future__ import annotations

import asyncio

import numpy as np
import pytest

from copilot.domain.audio import RATE_HZ, DecodeRequest, Span
from copilot.live.waiting import Job, Urgency, Waiting

pytestmark = pytest.mark.anyio


def job(call_id: str, urgency: Urgency = Urgency.FINAL, *, seconds: float = 1.0, channel: int = 0) -> Job:
    span = Span(0, round(seconds * RATE_HZ))
    request = DecodeRequest(call_id, channel, span, final=urgency is not Urgency.PARTIAL)
    done = asyncio.get_running_loop().create_future()
    return Job(request, lambda: np.zeros(len(span), dtype=np.int16), urgency, 0.0, done)


def waiting(*jobs: Job) -> Waiting:
    line = Waiting()
    for each in jobs:
        line.put(each)
    return line


def taken(line: Waiting) -> list[Job]:
    jobs = []
    while (each := line.take()) is not None:
        jobs.append(each)
    return jobs


class TestWhoseTurnItIs:
    async def test_finals_go_before_guesses_before_partials_before_recordings(self) -> None:
        in_order = [job(f"call-{urgency}", urgency) for urgency in Urgency]

        assert taken(waiting(*reversed(in_order))) == in_order
        assert [each.urgency.name for each in in_order] == [
            "FINAL",
            "GUESS",
            "FIRST_PARTIAL",
            "LEFT_OVER",
            "PARTIAL",
            "RECORDED",
        ]

    async def test_what_can_wait_is_left_where_only_what_cannot_is_asked_for(self) -> None:
        line = waiting(job("a", Urgency.FIRST_PARTIAL), job("b", Urgency.RECORDED))

        assert line.take(Urgency.GUESS) is None

    async def test_a_recording_stays_behind_also_when_its_turn_in_the_call_has_come(self) -> None:
        recorded, final = job("a", Urgency.RECORDED), job("b")
        line = waiting(recorded, final)
        line.promote(recorded)

        assert taken(line) == [final, recorded]

    async def test_a_flooding_call_does_not_hold_up_another(self) -> None:
        flood = [job("flood", seconds=5) for _ in range(20)]
        line = waiting(*flood)
        line.take()
        modest = job("modest")
        line.put(modest)

        assert modest in [line.take(), line.take()]

    async def test_calls_share_by_seconds_of_sound_and_not_by_jobs(self) -> None:
        line = waiting(*(job("long", seconds=4) for _ in range(10)), *(job("short") for _ in range(40)))
        order = [each.request.call_id for each in taken(line)][:25]

        assert order.count("long") == 5

    async def test_a_call_that_was_silent_has_saved_nothing_up(self) -> None:
        line = waiting(*(job("busy") for _ in range(10)))
        for _ in range(8):
            line.take()
        for _ in range(10):
            line.put(job("silent"))
        order = [each.request.call_id for each in taken(line)][:4]

        assert order.count("busy") == 2

    async def test_finals_of_a_call_keep_their_order(self) -> None:
        jobs = [job("a") for _ in range(5)]

        assert taken(waiting(*jobs)) == jobs


class TestPartials:
    async def test_the_newest_of_a_channel_replaces_older_ones(self) -> None:
        old, other, new = (job("a", Urgency.PARTIAL, channel=c) for c in (0, 1, 0))
        line = waiting(old, other, new)

        assert old.done.cancelled()
        assert set(taken(line)) == {other, new}

    async def test_the_guess_of_an_end_replaces_those_of_its_channel(self) -> None:
        partial, other, guess = job("a", Urgency.PARTIAL), job("a", Urgency.PARTIAL, channel=1), job("a", Urgency.GUESS)
        line = waiting(partial, other, guess)

        assert partial.done.cancelled()
        assert taken(line) == [guess, other]


class TestGuesses:
    async def test_one_that_was_right_goes_with_the_finals(self) -> None:
        guess, other_guess = job("a", Urgency.GUESS), job("b", Urgency.GUESS)
        line = waiting(other_guess, guess)
        line.promote(guess)

        assert taken(line) == [guess, other_guess]


class TestWhatIsLeftOver:
    async def test_goes_with_the_finals_once_its_turn_has_come(self) -> None:
        earlier, later, guess = job("a", Urgency.LEFT_OVER), job("a", Urgency.LEFT_OVER), job("b", Urgency.GUESS)
        line = waiting(earlier, later, guess)
        line.promote(earlier)

        assert taken(line) == [earlier, guess, later]


class TestWhatNobodyWants:
    async def test_is_passed_over(self) -> None:
        dropped, wanted = job("a"), job("a")
        line = waiting(dropped, wanted)
        dropped.done.cancel()

        assert taken(line) == [wanted]

    async def test_goes_when_its_call_is_over(self) -> None:
        gone, stays = job("a"), job("b")
        line = waiting(gone, stays)
        line.forget("a")

        assert gone.done.cancelled()
        assert taken(line) == [stays]
