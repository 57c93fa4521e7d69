from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.call import Role, Transcript
from copilot.errors import UnreadableTranscript
from copilot.importers.detect import FORMATS, read_transcripts
from tests.unit.importers.reading import call_in

CALL = "Dana: Hello.\nLuis: Hi.\nMei: Good morning.\nDana: Shall we?\n"
FRAGMENTS = [
    "WEBVTT", "\n", "\n\n", "\r", "1", "00:01.000 --> 00:02.000", "00:00:01,000 --> 00:00:02,000", "<v Dana>", "</v>",
    "Dana: ", "Luis  0:07  ", "[00:01.50]", "[00:01]", "(0:12)", "10:30 Meeting: ", "hello there.", "start\tend\ttext",
    "00:13:10\tDana:\thi", "**Dana**", "NOTE", "<00:00:01.000><c>", "{", "}", "[", "]", '"spokenText":', '"', ":", ",",
    "Meeting ended after 00:39:06", "Transcribed by https://otter.ai", "\\textbf{Dana}", "0:0:5.3", "99:99:99", "é",
    "\0", "1e999", '{"results": [', '{"segments": [{"start": 1, "text": "hi"}]}', '{"utterances": null}',
    '{"monologues": [1]}',
]  # fmt: skip


def readable(content: bytes) -> tuple[Transcript, ...] | None:
    """The calls in a file, or None where it is refused; anything else that is raised fails the test."""
    try:
        return read_transcripts(content, name="call")
    except UnreadableTranscript:
        return None


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableTranscript) as refused:
        read_transcripts(content, name="call.txt")
    return str(refused.value)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "found"),
        [
            (b"", "this file is empty"),
            (b" \n\t\n", "this file is empty"),
            (b'{"results": [', "begins like JSON and is broken"),
            (b'[{"a": 1},', "begins like JSON and is broken"),
            (b'{"height": 3, "age": 2}', "its fields are age, height"),
            (b"{}", "this JSON is empty"),
            (b"[1, 2]", "this JSON is in no format we know"),
            (b"<!DOCTYPE html><html><p>Dana: Hello.</p></html>", "web page"),
            (b"--- *** ---", "this file is in no format we know"),
            (b"WEBVTT\n\n", "not a word of speech"),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n", "not a word of speech"),
        ],
    )
    def test_say_what_was_found_and_what_would_work(self, content: bytes, found: str) -> None:
        sentence = refusal(content)
        assert sentence.startswith("call.txt: ")
        assert found in sentence
        assert "would work" in sentence
        assert "\n" not in sentence

    def test_go_by_content_and_not_by_the_file_name(self) -> None:
        (call,) = read_transcripts(b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", name="call.vtt")
        assert call.format == "srt"

    @given(st.binary(max_size=300))
    def test_are_all_that_arbitrary_bytes_can_cause(self, content: bytes) -> None:
        transcripts = readable(content)
        assert transcripts is None or all(transcript.utterances for transcript in transcripts)

    @given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
    def test_are_all_that_scraps_of_known_formats_can_cause(self, scraps: list[str]) -> None:
        transcripts = readable("".join(scraps).encode())
        assert transcripts is None or all(transcript.utterances for transcript in transcripts)


class TestHostileFiles:
    def test_more_utterances_than_a_call_has_are_refused(self) -> None:
        assert "20,002 utterances are more than a call has" in refusal(b"Ann: Yes.\nBob: No.\n" * 10_001)

    @pytest.mark.timeout(10)
    @pytest.mark.parametrize(
        "content",
        [
            b"\n" * 100_000 + b"a",
            b"a" + b" " * 100_000 + b"b",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 50_000,
            b"\\textbf{" * 20_000,
            b"{\\" * 30_000 + b"x",
            b"[00:01] " * 30_000 + b"x",
            b"x ([{*" * 30_000,
        ],
        ids=["newlines", "spaces", "voices", "latex", "styles", "stamps", "brackets"],
    )
    def test_take_no_time_out_of_proportion(self, content: bytes) -> None:
        transcripts = readable(content)
        assert transcripts is None or len(transcripts) == 1


class TestFormats:
    def test_have_names_of_their_own(self) -> None:
        names = [known.NAME for known in FORMATS]
        assert len(set(names)) == len(names)


class TestReps:
    def test_make_everyone_else_who_is_named_a_customer(self) -> None:
        call = call_in(f"and before that\n{CALL}", reps=("DANA", "mei"))
        assert {p.name: p.role for p in call.participants} == {
            "Dana": Role.REP,
            "Luis": Role.CUSTOMER,
            "Mei": Role.REP,
        }
        assert [u.role for u in call.utterances] == [Role.UNKNOWN, Role.REP, Role.CUSTOMER, Role.REP, Role.REP]

    def test_overrule_what_the_file_says(self) -> None:
        call = call_in("Customer: Hello.\nRep: Hi.\n", reps=("customer",))
        assert [u.role for u in call.utterances] == [Role.REP, Role.CUSTOMER]

    def test_have_to_be_in_the_file(self) -> None:
        with pytest.raises(
            UnreadableTranscript, match="no speaker Priya in this file; its speakers are Dana, Luis, Mei"
        ):
            call_in(CALL, reps=("Dana", "Priya"))

    def test_cannot_be_named_where_nobody_is(self) -> None:
        with pytest.raises(UnreadableTranscript, match="it names no speakers"):
            call_in("Six weeks is long.\n", reps=("Dana",))

    def test_left_out_leave_roles_unknown(self) -> None:
        assert {u.role for u in call_in(CALL).utterances} == {Role.UNKNOWN}
