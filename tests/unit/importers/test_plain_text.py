from __future__ import annotations

import pytest

from copilot.domain.call import Role
from tests.unit.importers.reading import call_in, said, times


class TestNamesBeforeWords:
    def test_begin_a_turn(self) -> None:
        call = call_in("Dana: How long is a release?\nLuis Ortega: Six weeks\nDana: and before?\n")
        assert call.format == "plain_text"
        assert said(call) == [
            ("Dana", "How long is a release?"),
            ("Luis Ortega", "Six weeks"),
            ("Dana", "and before?"),
        ]
        assert times(call) == [(None, None)] * 3
        assert not call.estimated_times

    def test_are_followed_by_wrapped_lines_and_nameless_paragraphs_of_the_same_speaker(self) -> None:
        call = call_in("Dana: How long\nis a release?\n\nAnd what does it cost?\n\nLuis: Too much.\n\nDana: I see.\n")
        assert said(call) == [
            ("Dana", "How long is a release?"),
            ("Dana", "And what does it cost?"),
            ("Luis", "Too much."),
            ("Dana", "I see."),
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "Agenda: releases first.",
            "Note: we record.",
            "https://example.org/a: no",
            "https: no",
            "10:30 Meeting: the board",
            "Next steps: a pilot.",
            "So the question is this: who pays?",
            "Is this it: the plan?",
        ],
    )
    def test_are_no_labels_addresses_times_or_sentences(self, line: str) -> None:
        call = call_in(f"Dana: Hello.\nLuis: Hi.\n{line}\nDana: Right.\n")
        assert said(call)[1] == ("Luis", f"Hi. {line}")
        assert [p.name for p in call.participants] == ["Dana", "Luis"]

    @pytest.mark.parametrize(
        "name", ["Speaker 1", "SPEAKER_00", "José van der Berg", "Dr. Ana Lima", "Li Wei (Acme, Inc.)", "dana", "A"]
    )
    def test_may_be_written_in_many_ways(self, name: str) -> None:
        assert said(call_in(f"{name}: Hello.\nLuis: Hi.\n{name}: Bye.\n"))[0] == (name, "Hello.")

    def test_may_come_once_in_a_long_wrapped_text_where_they_are_full_names(self) -> None:
        filler = "and so it goes on and on\n" * 8
        call = call_in(f"Dana: Hello\n{filler}\nDana: Again\n{filler}\nLuis Ortega: Hi\n{filler}Result: nothing\n")
        assert [p.name for p in call.participants] == ["Dana", "Luis Ortega"]

    def test_give_a_role_where_they_say_one(self) -> None:
        call = call_in("Rep: Hello.\nCustomer: Hi.\nDana (rep): Me too.\nAlex: Me too.\n")
        assert [(u.speaker, u.role) for u in call.utterances] == [
            ("Rep", Role.REP),
            ("Customer", Role.CUSTOMER),
            ("Dana", Role.REP),
            ("Alex", Role.UNKNOWN),
        ]

    def test_do_not_make_speakers_of_a_page_of_notes(self) -> None:
        assert call_in("Agenda: intro\nNote: be kind\nNext steps: call again\n").participants == ()


class TestTimes:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("[00:00:12] Dana: Hello.", "[00:00:15] Luis: Hi."),
            ("(0:12) Dana: Hello.", "(0:15) Luis: Hi."),
            ("0:12 Dana: Hello.", "0:15 Luis: Hi."),
            ("00:12 - Dana: Hello.", "00:15 - Luis: Hi."),
            ("Dana [00:12]: Hello.", "Luis [00:15]: Hi."),
            ("Dana: [00:12] Hello.", "Luis: [00:15] Hi."),
            ("**Dana** [0:12] Hello.", "**Luis** \\[0:15\\] Hi."),
            ("Dana  0:12\nHello.\n", "Luis  0:15\nHi."),
            ("Dana Reyes 0:12\nHello.\n", "Luis Ortega 0:15\nHi."),
            ("**Dana**  0:12\n\nHello.\n", "**Luis**  0:15\n\nHi."),
            ("### Dana (00:12)\nHello.\n", "### Luis (00:15)\nHi."),
            ("[0:12] Dana\nHello.\n", "[0:15] Luis\nHi."),
            ("Dana\n0:12\nHello.\n", "Luis\n0:15\nHi."),
            ("[Dana] 00:00:12\nHello.\n", "[Luis] 00:00:15\nHi."),
        ],
    )
    def test_stand_in_many_places(self, first: str, second: str) -> None:
        call = call_in(f"{first}\n{second}\n")
        assert [text for _, text in said(call)] == ["Hello.", "Hi."]
        assert [p.name.split()[0] for p in call.participants] == ["Dana", "Luis"]
        assert times(call) == [(12.0, 15.0), (15.0, None)]
        assert call.estimated_times

    def test_with_an_end_are_no_estimate(self) -> None:
        call = call_in("[00:01 - 00:05] Dana: Hello.\n[00:05 --> 00:08] Luis: Hi.\n")
        assert (times(call), call.estimated_times) == ([(1.0, 5.0), (5.0, 8.0)], False)

    def test_in_latex_and_gray_are_read(self) -> None:
        text = (
            "\\textbf{Dana} {\\color{gray}0:00 - 0:10}\n\nHello.\n\n\\textbf{Luis} {\\color{gray}0:10 - 0:15}\n\nHi.\n"
        )
        assert times(call_in(text)) == [(0.0, 10.0), (10.0, 15.0)]

    def test_inside_a_turn_begin_an_utterance_of_its_own(self) -> None:
        call = call_in("**Dana:** [0:00] Hello.\n\n\\[0:30\\] And more.\n\n**Luis:** [0:40] Hi.\n")
        assert said(call) == [("Dana", "Hello."), ("Dana", "And more."), ("Luis", "Hi.")]
        assert times(call) == [(0.0, 30.0), (30.0, 40.0), (40.0, None)]

    def test_without_names_are_times_of_nobody(self) -> None:
        call = call_in("(00:12)\nWhat we do is this.\n\n(00:30)\nAnd that.\n")
        assert said(call) == [(None, "What we do is this."), (None, "And that.")]
        assert times(call) == [(12.0, 30.0), (30.0, None)]

    def test_of_day_become_times_of_the_call(self) -> None:
        assert times(call_in("[14:00:05] Dana: Hello.\n[14:00:15] Luis: Hi.\n"))[0] == (0.0, 10.0)
        assert times(call_in("[2:03 PM] Dana: Hello.\n[2:04 PM] Luis: Hi.\n"))[0] == (0.0, 60.0)

    def test_that_are_part_of_what_is_said_stay_there(self) -> None:
        assert said(call_in("Dana: Let us meet at 10:30\nLuis: 11:15 is better\n")) == [
            ("Dana", "Let us meet at 10:30"),
            ("Luis", "11:15 is better"),
        ]


class TestMarkdown:
    def test_is_taken_off_names_and_words(self) -> None:
        call = call_in(
            "# A first call\n\n**Dana:** That is *very* **slow**.\n\n**Luis**: It is.\n\n- **Dana:** I see.\n"
        )
        assert said(call) == [("Dana", "That is *very* slow."), ("Luis", "It is."), ("Dana", "I see.")]
        assert call.title == "A first call"

    def test_leaves_stars_that_are_no_markup(self) -> None:
        assert said(call_in("Dana: What the h** is it?\nLuis: 5 ** 2.\n"))[0] == ("Dana", "What the h** is it?")


class TestAboveTheFirstTurn:
    def test_headings_are_no_speech(self) -> None:
        call = call_in("Call with Acme\nDate: 3 May\nParticipants: Dana, Luis\n\nDana: Hello.\nLuis: Hi.\n")
        assert said(call) == [("Dana", "Hello."), ("Luis", "Hi.")]
        assert call.title == "Call with Acme"

    def test_the_rest_of_a_sentence_is_speech_of_nobody(self) -> None:
        assert said(call_in("ing the release, as I said.\nDana: Hello.\nLuis: Hi.\n"))[0] == (
            None,
            "ing the release, as I said.",
        )

    def test_a_date_and_a_time_make_no_speaker_of_a_title(self) -> None:
        call = call_in("Acme discovery, 2025-04-16 at 08:00\n\nDana: Hello.\nLuis: Hi.\n")
        assert (call.title, len(call.utterances)) == ("Acme discovery, 2025-04-16 at 08:00", 2)

    def test_words_after_a_name_are_kept_even_where_the_name_is_in_doubt(self) -> None:
        filler = "and so it goes on and on\n" * 8
        call = call_in(f"Priya: hello all\nDana: Hi\n{filler}\nDana: Again\n{filler}")
        assert said(call)[0] == (None, "Priya: hello all")


class TestNoNames:
    def test_reads_paragraphs(self) -> None:
        call = call_in("We wanted to talk\nabout releases.\n\nThey take six weeks now.\n")
        assert said(call) == [(None, "We wanted to talk about releases."), (None, "They take six weeks now.")]

    def test_reads_lines_and_mends_those_that_are_wrapped(self) -> None:
        assert said(call_in("A release takes\nsix weeks.\nThat is long.\n")) == [
            (None, "A release takes six weeks."),
            (None, "That is long."),
        ]
