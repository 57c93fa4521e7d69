from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times


class TestTsv:
    def test_reads_whole_milliseconds(self) -> None:
        call = call_in(
            "start\tend\ttext\n43810\t47850\tHello and welcome.\n48350\t54570\tWe talk\n54570\t57590\tnow.\n"
        )
        assert call.format == "tsv"
        assert said(call) == [(None, "Hello and welcome."), (None, "We talk now.")]
        assert times(call) == [(43.81, 47.85), (48.35, 57.59)]

    def test_reads_seconds_where_they_have_a_point(self) -> None:
        assert times(call_in("start\tend\ttext\n0.0\t1.5\tHello.\n2\t3.5\tBye.\n")) == [(0.0, 1.5), (2.0, 3.5)]

    def test_reads_a_speaker_column_and_leaves_out_broken_rows(self) -> None:
        call = call_in("Start\tEnd\tSpeaker\tText\n0\t900\tDana\tHello.\tAll.\n\nx\ty\tLuis\tHi.\nnonsense\n")
        assert said(call) == [("Dana", "Hello. All."), ("Luis", "Hi.")]
        assert times(call) == [(0.0, 0.9), (None, None)]
