from __future__ import annotations

from typing import Any

from copilot.domain.call import Role
from copilot.importers import fireflies
from tests.unit.importers.files import file, lines, roles, said, texts


def sentence(speaker: str | None, start: object, end: object, text: str) -> dict[str, Any]:
    return {"speaker_id": 0, "speaker_name": speaker, "start_time": start, "end_time": end, "text": text}


MEETING = {
    "title": "Acme discovery",
    "duration": 0.2,
    "host_email": "dana@us.example",
    "organizer_email": "sdr@us.example",
    "meeting_attendees": [
        {"displayName": "Dana Reyes", "email": "dana@us.example"},
        {"displayName": None, "email": "luis.ortega@acme.example"},
        {"displayName": "Private Pat", "email": "pat@gmail.com"},
    ],
    "sentences": [
        sentence("Dana Reyes", "0.5", "2.0", "What takes long?"),
        sentence("Luis Ortega", 2.5, 4.0, "The review."),
        sentence("Luis Ortega", 4.1, 5.0, "Always."),
        sentence("Private Pat", 6.0, 7.0, "Hm, yes."),
    ],
}


class TestTimes:
    def test_are_seconds_as_text_or_number(self) -> None:
        (transcript,) = fireflies.read(file(MEETING))
        assert said(transcript) == [
            ("Dana Reyes", 0.5, 2.0, "What takes long?"),
            ("Luis Ortega", 2.5, 5.0, "The review. Always."),
            ("Private Pat", 6.0, 7.0, "Hm, yes."),
        ]
        assert not transcript.estimated_times

    def test_without_ends_are_estimates(self) -> None:
        starts = [{"speaker_name": "Ada", "start_time": k * 10, "text": f"Point {k}"} for k in range(2)]
        (transcript,) = fireflies.read(file({"sentences": starts}))
        assert transcript.estimated_times
        assert said(transcript) == [("Ada", 0.0, 10.0, "Point 0"), ("Ada", 10.0, None, "Point 1")]


class TestRoles:
    def test_follow_the_domains_of_host_and_invited(self) -> None:
        assert roles(fireflies.read(file(MEETING))[0]) == {
            "Dana Reyes": Role.REP,
            "Luis Ortega": Role.CUSTOMER,
            "Private Pat": Role.UNKNOWN,
        }

    def test_stay_unknown_where_the_hosts_address_is_anybodys(self) -> None:
        meeting = {**MEETING, "host_email": "dana@gmail.com", "organizer_email": None}
        assert set(roles(fireflies.read(file(meeting))[0]).values()) == {Role.UNKNOWN}

    def test_stay_unknown_where_host_and_organizer_are_of_different_houses(self) -> None:
        meeting = {**MEETING, "organizer_email": "luis.ortega@acme.example"}
        assert set(roles(fireflies.read(file(meeting))[0]).values()) == {Role.UNKNOWN}

    def test_stay_unknown_without_addresses(self) -> None:
        assert set(roles(fireflies.read(file({"sentences": MEETING["sentences"]}))[0]).values()) == {Role.UNKNOWN}


class TestSpeakers:
    def test_may_be_null(self) -> None:
        nameless = [{"speaker_name": None, "start_time": 1, "end_time": 2, "text": "Hello?"}]
        assert said(fireflies.read(file({"sentences": nameless}))[0]) == [(None, 1.0, 2.0, "Hello?")]

    def test_without_a_name_keep_their_number(self) -> None:
        (transcript,) = fireflies.read(file({"sentences": [sentence(None, 1, 2, "Hello?")]}))
        assert said(transcript)[0][0] == "Speaker 0"


class TestFiles:
    def test_may_be_graphql_answers_or_one_record_a_line(self) -> None:
        answer = file({"data": {"transcript": MEETING}})
        several = file({"data": {"transcripts": [MEETING, MEETING]}})
        assert [len(fireflies.read(s)) for s in (answer, several, lines(MEETING, MEETING, MEETING))] == [1, 2, 3]

    def test_may_hold_a_meeting_as_text(self) -> None:
        as_text = {"title": "All hands", "content": "[00:00] Ada: Welcome everyone.\n[00:35] Bo: Thanks."}
        transcripts = fireflies.read(lines(MEETING, as_text, {"title": "empty", "sentences": None}))
        assert [t.title for t in transcripts] == ["Acme discovery", "All hands"]
        assert texts(transcripts[1]) == ["Welcome everyone.", "Thanks."]
