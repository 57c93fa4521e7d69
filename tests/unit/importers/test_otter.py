from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times

OTTER = (
    "Dana Reyes  0:00  \nHow long is a release at  10:30?\n\nUnknown Speaker  0:07  \nSix weeks.\n\n"
    "Unknown Speaker  0:09  \nI would say: seven.\n\nLuis  1:00:02  \nRight.\n\nTranscribed by https://otter.ai\n"
)


class TestOtter:
    def test_reads_a_name_and_a_time_above_the_words(self) -> None:
        call = call_in(OTTER)
        assert call.format == "otter"
        assert said(call) == [
            ("Dana Reyes", "How long is a release at 10:30?"),
            (None, "Six weeks."),
            (None, "I would say: seven."),
            ("Luis", "Right."),
        ]

    def test_bounds_ends_by_the_next_start_and_says_so(self) -> None:
        call = call_in(OTTER)
        assert times(call) == [(0.0, 7.0), (7.0, 9.0), (9.0, 3602.0), (3602.0, None)]
        assert call.estimated_times

    def test_lists_no_unknown_speaker(self) -> None:
        assert [p.name for p in call_in(OTTER).participants] == ["Dana Reyes", "Luis"]

    def test_is_known_without_its_trailer_and_with_windows_line_endings(self) -> None:
        without = OTTER.removesuffix("Transcribed by https://otter.ai\n").replace("\n", "\r\n")
        assert call_in(without) == call_in(OTTER)
