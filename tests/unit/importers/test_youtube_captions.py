from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times

ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:04.390 align:start position:0%
~
[Music]

00:00:04.390 --> 00:00:04.400 align:start position:0%
~
~

00:00:04.400 --> 00:00:06.869 align:start position:0%
~
a<00:00:04.799><c> release</c><00:00:04.960><c> takes</c>

00:00:06.869 --> 00:00:06.879 align:start position:0%
a release takes
~

00:00:06.879 --> 00:00:08.549 align:start position:0%
a release takes
six<00:00:07.120><c> weeks</c>

00:00:08.549 --> 00:00:08.559 align:start position:0%
six weeks
~

00:00:08.559 --> 00:00:09.430 align:start position:0%
six weeks
six<00:00:08.900><c> weeks</c>

00:00:09.430 --> 00:00:09.440 align:start position:0%
six weeks
~

00:00:13.000 --> 00:00:14.000 align:start position:0%
six weeks
no<00:00:13.500><c> less</c>
""".replace("~", " ")  # lines that YouTube leaves blank hold one space


class TestRollingCaptions:
    def test_say_every_line_once_and_a_repeated_one_twice(self) -> None:
        call = call_in(ROLLING)
        assert call.format == "youtube_captions"
        assert said(call) == [(None, "a release takes six weeks six weeks"), (None, "no less")]

    def test_are_timed_from_when_a_line_first_appears(self) -> None:
        assert times(call_in(ROLLING)) == [(4.4, 9.43), (13.0, 14.0)]

    def test_give_their_language(self) -> None:
        assert call_in(ROLLING).language == "en"
