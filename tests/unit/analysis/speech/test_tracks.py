from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from copilot.analysis.speech.tracks import BLOCK, MOST_BEHIND, SILENT, InOrder, Media, Tracks

FRAME_MS, FRAME = 20, 160


def media(number: int, track: str = "inbound", *, byte: int | None = None, at: int | None = None) -> Media:
    """The `number`th 20 ms of a track, its bytes saying so."""
    return Media(
        track, FRAME_MS * (number if at is None else at), bytes([byte if byte is not None else number]) * FRAME
    )


def together(tracks: Tracks, *stretches: Media) -> bytes:
    given = b""
    for stretch in stretches:
        tracks.add(stretch)
        given += b"".join(tracks.blocks())
    return given + b"".join(tracks.rest())


class TestOrder:
    def test_what_comes_in_order_goes_through_at_once(self) -> None:
        order = InOrder()

        assert [list(order.add(n, media(n))) for n in (3, 4)] == [[media(3)], [media(4)]]

    def test_what_is_ahead_waits_for_what_is_before_it(self) -> None:
        order = InOrder()
        list(order.add(1, media(1)))

        assert list(order.add(3, media(3))) == []
        assert list(order.add(2, media(2))) == [media(2), media(3)]

    def test_doubles_go_through_once(self) -> None:
        order = InOrder()
        through = [m for n in (1, 1, 3, 3, 2, 3, 2) for m in order.add(n, media(n))]

        assert through == [media(1), media(2), media(3)]

    def test_what_never_comes_is_not_waited_for_long(self) -> None:
        order = InOrder()
        list(order.add(1, media(1)))
        through = [m for n in range(3, 40) for m in order.add(n, media(n))]

        assert through == [media(n) for n in range(3, 40)]

    def test_messages_of_another_kind_leave_no_hole(self) -> None:
        order = InOrder()
        list(order.add(1, None))
        list(order.add(2, None))

        assert list(order.add(3, media(3))) == [media(3)]

    @given(st.integers(0, 2**32), st.floats(0, 0.3))
    def test_a_shuffle_within_reach_comes_out_in_order(self, seed: int, doubled: float) -> None:
        chance = random.Random(seed)  # noqa: S311
        numbers = [n for n in range(1, 200) for _ in range(1 + (chance.random() < doubled))]
        sent = sorted(numbers, key=lambda n: n + chance.uniform(0, 8))
        order = InOrder()
        list(order.add(0, None))
        through = [m for n in sent for m in order.add(n, media(n % 250))]

        assert [*through, *order.rest()] == [media(n % 250) for n in range(1, 200)]


class TestTracks:
    def test_stand_side_by_side(self) -> None:
        tracks = Tracks(["inbound", "outbound"])
        stretches = [
            media(n, track, byte=value) for n in range(6) for track, value in (("inbound", 1), ("outbound", 2))
        ]

        assert together(tracks, *stretches) == b"\1\2" * (6 * FRAME)

    def test_a_hole_becomes_silence_on_its_own_side(self) -> None:
        tracks = Tracks(["inbound"])
        given = together(tracks, media(0), media(4))

        assert given == b"\0" * FRAME + SILENT * (3 * FRAME) + b"\4" * FRAME

    def test_times_that_are_a_little_off_are_no_holes(self) -> None:
        tracks = Tracks(["inbound"])
        given = together(tracks, media(0), Media("inbound", 35, b"\1" * FRAME), Media("inbound", 50, b"\2" * FRAME))

        assert given == b"\0" * FRAME + b"\1" * FRAME + b"\2" * FRAME

    def test_a_side_that_sends_nothing_is_silent_and_holds_up_nobody(self) -> None:
        tracks = Tracks(["inbound", "outbound"])
        blocks = 0
        for n in range(150):
            tracks.add(media(n, byte=1))
            blocks += len(list(tracks.blocks()))

        assert blocks == (150 * FRAME - MOST_BEHIND) // BLOCK
        tracks.add(Media("outbound", 0, b"\2" * FRAME))  # too late
        assert set(b"".join(tracks.rest())[1::2]) == {0xFF}

    def test_a_track_that_was_not_announced_is_left_out(self) -> None:
        assert together(Tracks(["inbound"]), media(0, "outbound")) == b""
