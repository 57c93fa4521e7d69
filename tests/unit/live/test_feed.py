from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copilot.domain.call import Utterance
from copilot.domain.events import Logged, UtteranceHeard
from copilot.domain.state import CallState
from copilot.live.feed import MOST_PARTIALS, Feed, Partial, Snapshot, Status

pytestmark = pytest.mark.anyio

NOW = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


def heard(seq: int) -> Logged:
    return Logged(seq=seq, at=NOW, event=UtteranceHeard(utterance=f"u{seq}", i=seq - 1, text="words"))


def partial(number: int, rev: int = 1) -> Partial:
    return Partial(Utterance(id=f"u{number}", i=0, text=f"words, {rev}"), rev)


class TestWhatWaits:
    async def test_events_come_in_order_and_before_what_is_newest(self) -> None:
        feed = Feed()
        status = Status(listening=True)
        for item in (status, partial(9), heard(1), heard(2)):
            feed.put(item)

        assert await feed.next() == [heard(1), heard(2), partial(9), status]

    async def test_a_newer_partial_or_status_replaces_the_older(self) -> None:
        feed = Feed()
        for item in (partial(9, 1), Status(listening=False), partial(9, 2), Status(listening=True)):
            feed.put(item)

        assert await feed.next() == [partial(9, 2), Status(listening=True)]

    async def test_a_final_drops_its_partial(self) -> None:
        feed = Feed()
        feed.put(partial(1))
        feed.put(heard(1))

        assert await feed.next() == [heard(1)]

    async def test_what_was_missed_goes_in_front(self) -> None:
        feed = Feed()
        feed.put(heard(3))
        feed.put_first([heard(1), heard(2)])

        assert await feed.next() == [heard(1), heard(2), heard(3)]


class TestTooMuch:
    async def test_events_beyond_the_bound_ask_for_a_snapshot_which_stands_for_all_of_them(self) -> None:
        feed = Feed(most_waiting=2)
        for seq in (1, 2, 3, 4):
            feed.put(heard(seq))
        assert feed.overflowed
        assert await feed.next() == []

        snapshot = Snapshot(CallState(seq=4))
        feed.put(snapshot)
        feed.put(heard(5))

        assert await feed.next() == [snapshot, heard(5)]

    async def test_partials_that_are_never_settled_make_room_for_newer_ones(self) -> None:
        feed = Feed()
        for number in range(MOST_PARTIALS + 5):
            feed.put(partial(number))

        assert await feed.next() == [partial(number) for number in range(5, MOST_PARTIALS + 5)]
