from __future__ import annotations

import pytest

from copilot.errors import UnreadableTranscript
from copilot.importers.detect import read_transcripts
from tests.unit.importers.reading import call_in, said, times

READINGS = "date,measure,value\n2026-01-31,Lead time,9\n2026-02-28,Lead time,6\n"


class TestWithTabs:
    def test_reads_whole_milliseconds(self) -> None:
        call = call_in(
            "start\tend\ttext\n43810\t47850\tHello and welcome.\n48350\t54570\tWe talk\n54570\t57590\tnow.\n"
        )
        assert call.format == "table"
        assert said(call) == [(None, "Hello and welcome."), (None, "We talk now.")]
        assert times(call) == [(43.81, 47.85), (48.35, 57.59)]

    def test_reads_seconds_where_they_have_a_point(self) -> None:
        assert times(call_in("start\tend\ttext\n0.0\t1.5\tHello.\n2\t3.5\tBye.\n")) == [(0.0, 1.5), (2.0, 3.5)]

    def test_reads_a_speaker_column_and_leaves_out_broken_rows(self) -> None:
        call = call_in("Start\tEnd\tSpeaker\tText\n0\t900\tDana\tHello.\tAll.\n\nx\ty\tLuis\tHi.\nnonsense\n")
        assert said(call) == [("Dana", "Hello. All."), ("Luis", "Hi.")]
        assert times(call) == [(0.0, 0.9), (None, None)]


class TestWithCommas:
    def test_reads_who_said_what_and_when_with_quotes_around_words(self) -> None:
        call = call_in('Speaker,Time,Text\nDana,0:01,"Hello, Luis.\nShall we?"\nLuis,0:05,Yes.\nDana,0:09,Good.\n')
        assert (call.format, call.estimated_times) == ("table", True)
        assert said(call) == [("Dana", "Hello, Luis. Shall we?"), ("Luis", "Yes."), ("Dana", "Good.")]
        assert times(call) == [(1.0, 5.0), (5.0, 9.0), (9.0, None)]

    def test_reads_semicolons_too_and_a_delimiter_too_many_as_words(self) -> None:
        assert said(call_in("name;text\nDana;Hello; all of you.\nLuis;Hi.\n")) == [
            ("Dana", "Hello; all of you."),
            ("Luis", "Hi."),
        ]

    def test_takes_whole_times_for_seconds_where_nobody_talks_that_fast(self) -> None:
        assert times(call_in("start,end,text\n0,4,Hello and welcome to you.\n4,6,We begin.\n")) == [(0, 4), (4, 6)]


class TestWithoutWords:
    @pytest.mark.parametrize(
        ("content", "columns"),
        [
            (READINGS, "date, measure, value"),
            (READINGS.replace(",", ", "), "date, measure, value"),
            (READINGS.replace(",", ";"), "date, measure, value"),
            (READINGS.replace(",", "\t"), "date, measure, value"),
            ("customer,plan,owner\nAcme Inc.,Gold,Dana\nLarkfield,Silver,Luis\n", "customer, plan, owner"),
        ],
    )
    def test_is_refused_with_the_columns_that_would_do(self, content: str, columns: str) -> None:
        with pytest.raises(UnreadableTranscript) as refused:
            read_transcripts(content.encode(), name="readings.csv")
        sentence = str(refused.value)
        assert sentence.startswith("readings.csv: this is a table without a column of what was said")
        assert "text, transcript, utterance" in sentence
        assert sentence.endswith(f"its columns are {columns}")

    @pytest.mark.parametrize(
        "content",
        [
            "Well, yes, of course\nno, thanks, Dana. We have 3 of them.\n",
            "Dana\tHello there\nLuis\tHi, it is me.\n",
            "Dana, Luis, Mei\n\nDana: Hello, all.\nLuis: Hi.\n",
        ],
    )
    def test_talk_with_as_many_commas_on_each_line_is_none(self, content: str) -> None:
        assert call_in(content).format == "plain_text"
