from __future__ import annotations

from copilot.domain.call import Role
from copilot.importers import fathom
from tests.unit.importers.files import file, roles, said

MEETING = {
    "title": "Acme review",
    "meeting_title": "Calendar title",
    "transcript_language": "en",
    "calendar_invitees": [
        {"email": "dana@us.example", "is_external": False, "matched_speaker_display_name": "Dana R."},
        {"email": "luis@acme.example", "is_external": True, "matched_speaker_display_name": None},
    ],
    "crm_matches": {"companies": [{"name": "Acme"}]},
    "transcript": [
        {
            "speaker": {"display_name": "Dana R.", "matched_calendar_invitee_email": None},
            "text": "Where were we?",
            "timestamp": "00:00:05",
        },
        {
            "speaker": {"display_name": "Luis", "matched_calendar_invitee_email": "LUIS@acme.example"},
            "text": "At the numbers, I think",
            "timestamp": "00:00:07",
        },
        {"speaker": {"display_name": "Luis"}, "text": "or not.", "timestamp": "00:00:07"},
        {"speaker": {"display_name": "Walk-in"}, "text": "Hello.", "timestamp": "01:00:09"},
    ],
}


class TestFathom:
    def test_takes_roles_from_the_invitees_by_address_or_matched_name(self) -> None:
        (transcript,) = fathom.read(file(MEETING))
        assert roles(transcript) == {"Dana R.": Role.REP, "Luis": Role.CUSTOMER, "Walk-in": Role.UNKNOWN}

    def test_bounds_ends_by_the_next_start_and_says_so(self) -> None:
        (transcript,) = fathom.read(file(MEETING))
        assert transcript.estimated_times
        assert said(transcript) == [
            ("Dana R.", 5.0, 7.0, "Where were we?"),
            ("Luis", 7.0, 7.0, "At the numbers, I think"),
            ("Luis", 7.0, 3609.0, "or not."),
            ("Walk-in", 3609.0, None, "Hello."),
        ]

    def test_reads_every_meeting_of_a_page(self) -> None:
        page = {"items": [MEETING, MEETING, {"title": "not recorded", "transcript": None}], "next_cursor": None}
        assert [(t.title, t.account) for t in fathom.read(file(page))] == [("Acme review", "Acme")] * 2

    def test_knows_no_roles_where_a_transcript_stands_alone(self) -> None:
        assert set(roles(fathom.read(file({"transcript": MEETING["transcript"]}))[0]).values()) == {Role.UNKNOWN}
