from __future__ import annotations

from copilot.importers.units import unit_s


class TestUnit:
    def test_is_a_millisecond_where_nothing_is_known(self) -> None:
        assert unit_s([("Hello there.", None, None)], None) == 0.001

    def test_is_what_the_caller_says_where_nothing_is_known(self) -> None:
        assert unit_s([("Hello there.", 1.0, None)], otherwise_s=1.0) == 1.0

    def test_follows_the_length_of_the_call(self) -> None:
        late = [("Hello there.", 40_000.0, 41_000.0)]
        assert unit_s(late, 60) == 0.001
        assert unit_s([("Hello there.", 40.0, 41.0)], 60) == 1.0

    def test_follows_the_pace_of_speech_where_the_length_is_not_known(self) -> None:
        assert unit_s([("we need it in six weeks", 10.0, 12.0)], None) == 1.0
        assert unit_s([("we need it in six weeks", 10_000.0, 12_000.0)], None) == 0.001
