from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import UnreadableTranscript
from copilot.importers.source import Source


def decode(content: bytes) -> Source:
    return Source.decode("call.txt", content)


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_are_told_apart_with_and_without_a_mark(self, encoding: str) -> None:
        assert decode("Zoë: fünf Wochen, not six\n".encode(encoding)).text == "Zoë: fünf Wochen, not six\n"

    def test_fall_back_to_the_western_code_page(self) -> None:
        assert decode("Zoë: that’s “fine”".encode("cp1252")).text == "Zoë: that’s “fine”"

    def test_keep_a_file_in_utf8_that_has_one_stray_byte(self) -> None:
        assert decode("Zoë spricht über Größe".encode() + b"\xff ok").text == "Zoë spricht über Größe\ufffd ok"

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
    def test_lose_no_printable_character_of_utf8(self, text: str) -> None:
        kept = text.replace("\ufeff", "").replace("\u2028", "\n").replace("\u2029", "\n")
        assert decode(b"\xef\xbb\xbf" + text.encode()).text == kept


class TestCleaning:
    def test_makes_every_line_ending_a_newline(self) -> None:
        assert decode(b"a\r\nb\rc\nd").text == "a\nb\nc\nd"

    def test_drops_zero_bytes_and_control_characters(self) -> None:
        assert (
            decode(b"a lon\x00g line with a st\x07ray byte or tw\x1bo").text == "a long line with a stray byte or two"
        )

    def test_drops_a_byte_order_mark_in_the_middle(self) -> None:
        assert decode("one\ufefftwo".encode()).text == "onetwo"


class TestJson:
    def test_is_none_for_text_that_merely_begins_with_a_bracket(self) -> None:
        assert decode(b"[00:01] Dana: hello").json is None

    def test_is_the_document(self) -> None:
        assert decode(b'\xef\xbb\xbf {"a": [1, 2.5, "x"]}').json == {"a": [1, 2.5, "x"]}

    def test_is_a_list_for_json_lines(self) -> None:
        assert decode(b'{"a": 1}\n\n{"a": 2}\n').json == [{"a": 1}, {"a": 2}]

    def test_reads_numbers_that_no_float_can_hold_as_none(self) -> None:
        content = (
            b'{"far": 1e999, "nan": NaN, "inf": -Infinity, "long": ' + b"9" * 6000 + b', "id": 18446744073709551615}'
        )
        assert decode(content).json == {"far": None, "nan": None, "inf": None, "long": None, "id": 18446744073709551615}

    def test_is_cleaned_of_what_its_own_escapes_bring_in(self) -> None:
        assert decode(b'{"a": "x\\ud800y\\u0000z"}').json == {"a": "xyz"}

    @pytest.mark.parametrize("depth", [500, 200_000])
    def test_refuses_nesting_beyond_reason(self, depth: int) -> None:
        with pytest.raises(UnreadableTranscript, match="nested too deeply"):
            decode(b"[" * depth + b"]" * depth)


class TestBinaryFiles:
    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            (b"PK\x03\x04word/document.xml", "Office document"),
            (b"%PDF-1.7", "PDF"),
            (b"RIFF\x00\x00\x00\x00WAVEfmt ", "WAV"),
            (b"fLaC\x00\x00", "FLAC"),
            (b"ID3\x04", "MP3"),
            (b"\x00\x00\x00\x20ftypM4A ", "M4A"),
            (b"{\\rtf1\\ansi", "RTF"),
        ],
    )
    def test_are_refused_by_what_they_are(self, content: bytes, kind: str) -> None:
        with pytest.raises(UnreadableTranscript, match=kind):
            decode(content)

    def test_are_refused_where_their_kind_is_unknown(self) -> None:
        with pytest.raises(UnreadableTranscript, match="this file is not text"):
            decode(bytes(range(256)) * 4)

    def test_are_refused_though_their_bytes_would_be_text(self) -> None:
        with pytest.raises(UnreadableTranscript, match="this file is not text"):
            decode(b"notes.txt" + b"\0" * 91 + b"Dana: Hello.\n")


def test_what_only_its_name_calls_a_recording_is_told_so() -> None:
    with pytest.raises(UnreadableTranscript, match="this is no recording that can be read"):
        Source.decode("call.WAV", bytes(range(256)) * 4)
