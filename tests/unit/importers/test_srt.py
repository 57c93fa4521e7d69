from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times

SRT = """1
00:00:43,810 --> 00:00:47,850
Hello and welcome.

2
00:00:48,350 --> 00:00:54,570
I am here with Luis and we talk

3
00:00:54,570 --> 00:00:57,590
about <i>releases</i>.
"""


class TestSrt:
    def test_reads_decimal_commas(self) -> None:
        call = call_in(SRT)
        assert call.format == "srt"
        assert times(call) == [(43.81, 47.85), (48.35, 57.59)]

    def test_equals_the_same_call_as_webvtt(self) -> None:
        vtt = call_in("WEBVTT\n\n" + SRT.replace(",", "."))
        assert call_in(SRT).utterances == vtt.utterances

    def test_takes_speakers_from_before_the_words(self) -> None:
        text = "1\n00:00:01,000 --> 00:00:02,000\nDana: Hello.\n\n2\n00:00:02,000 --> 00:00:03,000\nLuis: Hi.\n"
        assert said(call_in(text)) == [("Dana", "Hello."), ("Luis", "Hi.")]

    def test_reads_numbering_from_any_number_and_an_empty_cue(self) -> None:
        text = "7\n00:00:01,000 --> 00:00:02,000\n\n8\n00:00:02,000 --> 00:00:03,000\nHi.\n"
        assert said(call_in(text)) == [(None, "Hi.")]
