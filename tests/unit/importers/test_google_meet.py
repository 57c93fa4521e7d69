from __future__ import annotations

from tests.unit.importers.reading import call_in, said, times

MEET = """Transcript
This editable transcript was computer generated and might contain errors.
ing the releases again.
Dana Reyes: How long is a release?
Luis Ortega: Six weeks.
00:05:00
Luis Ortega: Sometimes seven,
Dana Reyes: Yeah.
Boardroom 3: We say: eight.
Meeting ended after 00:39:06 👋
"""


class TestGoogleMeet:
    def test_reads_the_turns_without_header_markers_and_trailer(self) -> None:
        call = call_in(MEET)
        assert call.format == "google_meet"
        assert said(call) == [
            (None, "ing the releases again."),
            ("Dana Reyes", "How long is a release?"),
            ("Luis Ortega", "Six weeks."),
            ("Luis Ortega", "Sometimes seven,"),
            ("Dana Reyes", "Yeah."),
            ("Boardroom 3", "We say: eight."),
        ]

    def test_takes_no_time_from_the_markers(self) -> None:
        call = call_in(MEET)
        assert set(times(call)) == {(None, None)}
        assert not call.estimated_times

    def test_reads_the_document_as_markdown(self) -> None:
        text = (
            "# 📖 Transcript\n\nThis editable transcript was computer generated and might contain errors.\n\n"
            "### 00:00:00 {#00:00:00}\n\n**Dana Reyes:** Hello.\n\n### **00:05:00**\n\n**Luis:** Bye.\n"
        )
        call = call_in(text)
        assert (call.format, said(call)) == ("google_meet", [("Dana Reyes", "Hello."), ("Luis", "Bye.")])
