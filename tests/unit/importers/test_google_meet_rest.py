from __future__ import annotations

from typing import Any

from copilot.importers import google_meet_rest
from tests.unit.importers.files import file, lines, said


def entry(who: str, text: str, start: str, end: str | None) -> dict[str, Any]:
    participant = f"conferenceRecords/c/participants/{who}"
    return {"participant": participant, "text": text, "languageCode": "en-US", "startTime": start, "endTime": end}


FIRST = entry("1", "Hello.", "2026-03-02T10:00:00.250Z", "2026-03-02T10:00:01Z")
SECOND = entry("2", "Hi there.", "2026-03-02T10:00:02.250000000Z", "2026-03-02T10:00:03Z")


class TestMeetEntries:
    def test_are_timed_from_the_first_in_order_of_speech(self) -> None:
        (transcript,) = google_meet_rest.read(file({"transcriptEntries": [SECOND, FIRST], "nextPageToken": "x"}))
        assert transcript.language == "en-US"
        assert said(transcript) == [("Speaker 1", 0.0, 0.75, "Hello."), ("Speaker 2", 2.0, 2.75, "Hi there.")]

    def test_are_one_call_over_several_pages(self) -> None:
        (transcript,) = google_meet_rest.read(lines({"transcriptEntries": [FIRST]}, {"transcriptEntries": [SECOND]}))
        assert len(transcript.utterances) == 2

    def test_take_names_where_the_file_has_the_participants(self) -> None:
        people = [
            {"name": FIRST["participant"], "signedinUser": {"user": "users/9", "displayName": "Dana Reyes"}},
            {"name": SECOND["participant"], "phoneUser": {"displayName": None}},
        ]
        (transcript,) = google_meet_rest.read(file({"transcriptEntries": [FIRST, SECOND], "participants": people}))
        assert [speaker for speaker, *_ in said(transcript)] == ["Dana Reyes", "Speaker 2"]

    def test_may_stand_alone_in_an_array_and_lack_times(self) -> None:
        (transcript,) = google_meet_rest.read(file([FIRST, entry("1", "More.", "soon", None)]))
        assert said(transcript)[1] == ("Speaker 1", None, None, "More.")
