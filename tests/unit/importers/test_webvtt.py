from __future__ import annotations

from copilot.domain.call import Role
from tests.unit.importers.reading import call_in, said, times

ZOOM = """WEBVTT

1
00:03:01.000 --> 00:03:04.000
Dana Reyes (Northwind, Inc.): How long does a release take

2
00:03:04.200 --> 00:03:05.000
Dana Reyes (Northwind, Inc.): today?

3
00:03:05.000 --> 00:03:07.000
Luis: One thing: six weeks.

4
00:03:07.500 --> 00:03:08.000
And that is too long.

5
00:03:08.500 --> 00:03:09.000
+1 415-555-0100: I agree.
"""

TEAMS = """WEBVTT

0c9a8a8e-1111-4d2b-9c2f-2f0d6a3f5b11/12-0
00:00:01.000 --> 00:00:03.000
<v Dana Reyes (Guest)>How long does
a release take?</v>

0c9a8a8e-1111-4d2b-9c2f-2f0d6a3f5b11/12-1
00:00:03.000 --> 00:00:05.500
<v.loud Luis O&#39;Hara>Six weeks: too long.
"""


class TestZoom:
    def test_takes_the_speaker_from_before_the_words(self) -> None:
        call = call_in(ZOOM)
        assert call.format == "webvtt"
        assert said(call) == [
            ("Dana Reyes (Northwind, Inc.)", "How long does a release take today?"),
            ("Luis", "One thing: six weeks."),
            ("Luis", "And that is too long."),
            ("+1 415-555-0100", "I agree."),
        ]

    def test_keeps_the_recording_as_the_start_of_time(self) -> None:
        assert times(call_in(ZOOM))[0] == (181.0, 185.0)

    def test_reads_names_with_a_colon_in_them(self) -> None:
        cues = "\n\n".join(
            f"00:00:{k:02}.000 --> 00:00:{k + 1:02}.000\nNorthwind: Dana: Number {k}." for k in range(10, 14)
        )
        assert {u.speaker for u in call_in(f"WEBVTT\n\n{cues}\n").utterances} == {"Northwind: Dana"}

    def test_says_nothing_of_roles(self) -> None:
        assert {u.role for u in call_in(ZOOM).utterances} == {Role.UNKNOWN}

    def test_lists_each_speaker_once(self) -> None:
        assert [p.name for p in call_in(ZOOM).participants] == [
            "Dana Reyes (Northwind, Inc.)",
            "Luis",
            "+1 415-555-0100",
        ]


class TestTeams:
    def test_takes_the_speaker_from_the_voice_tag_closed_or_not(self) -> None:
        assert said(call_in(TEAMS)) == [
            ("Dana Reyes", "How long does a release take?"),
            ("Luis O'Hara", "Six weeks: too long."),
        ]

    def test_reads_several_voices_in_one_cue(self) -> None:
        cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>Ready?</v> <v Luis>Yes.</v>\n"
        assert said(call_in(cue)) == [("Dana", "Ready?"), ("Luis", "Yes.")]

    def test_reads_times_without_leading_zeros(self) -> None:
        assert times(call_in("WEBVTT\n\n0:0:5.3 --> 0:1:2.25\n<v Dana>Hello.</v>\n")) == [(5.3, 62.25)]

    def test_reads_cues_that_are_json(self) -> None:
        record = '{"speakerName": "Dana", "spokenText": "Hello: all.", "spokenLanguage": "en-us"}'
        call = call_in(f"WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n{record}\n")
        assert said(call) == [("Dana", "Hello: all.")]
        assert (times(call), call.language) == ([(16.246, 17.726)], "en-us")

    def test_reads_unattributed_cues_with_a_blank_line_before_the_words(self) -> None:
        text = "WEBVTT\n\n00:01.000 --> 00:02.000\n\nHello all.\n\n00:03.000 --> 00:04.000\n\nAt 10:30 then.\n"
        assert said(call_in(text)) == [(None, "Hello all."), (None, "At 10:30 then.")]

    def test_reads_names_on_the_line_above_the_words(self) -> None:
        text = (
            "0:0:1.0 --> 0:0:2.0\nDana Reyes\nHello.\n\n0:0:3.0 --> 0:0:4.0\nLuis\nHi.\n\n"
            "0:0:5.0 --> 0:0:6.0\nDana Reyes\nShall we?\n"
        )
        assert said(call_in(text)) == [("Dana Reyes", "Hello."), ("Luis", "Hi."), ("Dana Reyes", "Shall we?")]


class TestStructure:
    def test_needs_no_first_line(self) -> None:
        assert said(call_in(ZOOM.removeprefix("WEBVTT\n\n"))) == said(call_in(ZOOM))

    def test_needs_no_blank_lines(self) -> None:
        assert said(call_in(ZOOM.replace("\n\n", "\n"))) == said(call_in(ZOOM))

    def test_is_the_same_with_any_line_ending_and_in_any_encoding(self) -> None:
        assert said(call_in(ZOOM.replace("\n", "\r"))) == said(call_in(ZOOM))
        assert said(call_in("\ufeff" + ZOOM.replace("\n", "\r\n"))) == said(call_in(ZOOM))

    def test_leaves_out_notes_styles_and_settings(self) -> None:
        text = (
            "WEBVTT - a call\nKind: captions\nLanguage: en-GB\n\nSTYLE\n::cue { color: red }\n\nNOTE made by hand\n\n"
            "intro\n00:01.000 --> 00:02.000 align:start position:0%\nHello all.\n\nNOTE\nnobody\nsaid this\n\n"
            "last part\n00:03.000 --> 00:04.000 line:90%\nGoodbye.\n"
        )
        call = call_in(text)
        assert said(call) == [(None, "Hello all."), (None, "Goodbye.")]
        assert call.language == "en-GB"

    def test_keeps_lines_that_look_like_times_or_numbers_where_they_are_speech(self) -> None:
        text = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAt\n10:30\nsharp.\n\n2\n00:03.000 --> 00:04.000\n42\n"
        assert [text for _, text in said(call_in(text))] == ["At 10:30 sharp.", "42"]

    def test_finds_no_speaker_in_a_sentence_with_a_colon(self) -> None:
        cues = [f"00:{k:02}.000 --> 00:{k + 1:02}.000\nSentence number {k}." for k in range(10)]
        cues.append("00:20.000 --> 00:21.000\nThe Question: is it worth it?")
        cues.append("00:22.000 --> 00:23.000\nNote: it is.")
        call = call_in("WEBVTT\n\n" + "\n\n".join(cues))
        assert call.participants == ()
        assert said(call)[-2:] == [(None, "The Question: is it worth it?"), (None, "Note: it is.")]

    def test_reads_times_without_hours(self) -> None:
        assert times(call_in("WEBVTT\n\n59:43.810 --> 1:00:47.850\n Hello.\n")) == [(3583.81, 3647.85)]
