from __future__ import annotations

import pytest

from copilot.importers.stretches import Speakers, Stretch

SPEAKERS = Speakers([Stretch(5.0, 8.0, "B"), Stretch(0.0, 2.0, "A"), Stretch(6.0, 7.0, "C"), Stretch(9.0, 10.0, "")])


class TestSpeakers:
    @pytest.mark.parametrize(
        ("moment_s", "speaker"),
        [(0.0, "A"), (1.99, "A"), (2.0, None), (5.5, "B"), (6.5, "C"), (9.5, None), (-1.0, None), (None, None)],
    )
    def test_are_those_whose_stretch_holds_the_moment(self, moment_s: float | None, speaker: str | None) -> None:
        assert SPEAKERS.at(moment_s) == speaker

    def test_are_nobody_where_none_are_listed(self) -> None:
        assert Speakers([]).at(1.0) is None
