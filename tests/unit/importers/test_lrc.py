from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times


class TestLrc:
    def test_ends_a_line_at_the_next_and_at_an_empty_one(self) -> None:
        call = call_in(
            "[ti:A call]\n[00:43.810] Hello and welcome.\n[00:47.850]\n[01:48.35] We talk now.\n[01:54.570]\n"
        )
        assert (call.format, call.title) == ("lrc", "A call")
        assert said(call) == [(None, "Hello and welcome."), (None, "We talk now.")]
        assert times(call) == [(43.81, 47.85), (108.35, 114.57)]
        assert not call.estimated_times

    def test_marks_ends_that_are_only_the_next_start(self) -> None:
        call = call_in("[00:01.00]Hello.\n[00:09.00]Bye.\n")
        assert times(call) == [(1.0, 9.0), (9.0, None)]
        assert call.estimated_times

    def test_is_not_taken_for_a_transcript_with_times_in_brackets(self) -> None:
        assert call_in("[00:01] Dana: Hello.\n[00:02] Luis: Hi.\n").format == "plain_text"
