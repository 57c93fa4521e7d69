from __future__ import annotations

import pytest

from copilot.errors import UnreadableTranscript
from copilot.importers.detect import attach_chat, read_transcripts
from tests.unit.importers.reading import call_in

CALL = "WEBVTT\n\n00:13:00.000 --> 00:14:00.000\nDana: Hello.\n\n00:14:00.000 --> 00:15:00.000\nLuis: Hi.\n"
CHAT = (
    "00:13:10\tDana:\tgood morning\r\n"
    '00:13:32\tLuis Ortega:\tReplying to "good morning"\n\nsix weeks, see https://example.org/a:b\r\n'
    '00:13:33\tDana:\tReacted to "six weeks..." with ❤️\r\n'
    "00:14:14\tLuis Ortega:\ttwo lines\nin one message\r\n"
)


class TestChatBesideACall:
    def test_becomes_its_chat_and_no_speech(self) -> None:
        call = attach_chat(call_in(CALL), CHAT.encode(), name="chat.txt")
        assert call.utterances == call_in(CALL).utterances
        assert [(m.id, m.speaker, m.start_s, m.text) for m in call.chat] == [
            ("c1", "Dana", 790.0, "good morning"),
            ("c2", "Luis Ortega", 812.0, "six weeks, see https://example.org/a:b"),
            ("c3", "Luis Ortega", 854.0, "two lines in one message"),
        ]

    def test_is_read_in_the_older_form_without_its_time_of_day(self) -> None:
        chat = "09:30:12 From Dana to Everyone:\n\tgood morning\n09:31:00  From  Luis  to  Everyone : hi: all\n"
        call = attach_chat(call_in(CALL), chat.encode(), name="chat.txt")
        assert [(m.speaker, m.start_s, m.text) for m in call.chat] == [
            ("Dana", None, "good morning"),
            ("Luis", None, "hi: all"),
        ]

    def test_has_to_be_a_chat(self) -> None:
        with pytest.raises(UnreadableTranscript, match="not a chat"):
            attach_chat(call_in(CALL), b"Dana: Hello.\nLuis: Hi.\n", name="chat.txt")

    def test_may_hold_only_reactions(self) -> None:
        chat = '00:13:33\tDana:\tReacted to "six weeks..." with ❤️\n'
        assert attach_chat(call_in(CALL), chat.encode(), name="chat.txt").chat == ()


class TestChatAlone:
    def test_is_refused(self) -> None:
        with pytest.raises(UnreadableTranscript, match="Zoom chat, not speech"):
            read_transcripts(CHAT.encode(), name="chat.txt")
