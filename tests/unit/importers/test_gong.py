from __future__ import annotations

from typing import Any

from copilot.domain.call import Participant, Role
from copilot.importers import gong
from tests.unit.importers.files import file, lines, roles, said

PARTIES = [
    {"speakerId": "11", "name": "Dana Reyes", "affiliation": "Internal", "title": "Account Executive"},
    {"speakerId": 22, "name": "Luis Ortega", "affiliation": "External", "title": "VP Operations"},
    {"speakerId": "33", "name": "A Guest", "affiliation": "Unknown"},
    {"speakerId": None, "name": "Never Spoke", "affiliation": "External"},
]


def monologue(speaker_id: object, *sentences: tuple[object, object, str]) -> dict[str, Any]:
    return {
        "speakerId": speaker_id,
        "topic": "Intro",
        "sentences": [{"start": start, "end": end, "text": text} for start, end, text in sentences],
    }


MONOLOGUES = [
    monologue("11", (1000, 2500, "What takes the longest?"), (5000, 6000, "Take your time.")),
    monologue("22", (6500, 9000, "The security review.")),
    monologue("33", (9100, 9900, "Agreed.")),
]


class TestJoiningParties:
    def test_gives_names_roles_and_titles(self) -> None:
        document = {
            "callTranscripts": [{"callId": "7", "transcript": MONOLOGUES}],
            "calls": [
                {"metaData": {"id": "6", "title": "Other"}, "parties": []},
                {"metaData": {"id": "7", "title": "Acme discovery", "duration": 12}, "parties": PARTIES},
            ],
        }
        (transcript,) = gong.read(file(document))
        assert transcript.title == "Acme discovery"
        assert transcript.participants == (
            Participant(name="Dana Reyes", role=Role.REP, title="Account Executive"),
            Participant(name="Luis Ortega", role=Role.CUSTOMER, title="VP Operations"),
            Participant(name="A Guest", role=Role.UNKNOWN),
        )
        assert said(transcript) == [
            ("Dana Reyes", 1.0, 2.5, "What takes the longest?"),
            ("Dana Reyes", 5.0, 6.0, "Take your time."),
            ("Luis Ortega", 6.5, 9.0, "The security review."),
            ("A Guest", 9.1, 9.9, "Agreed."),
        ]

    def test_works_with_parties_in_the_transcript_beside_it_or_on_another_line(self) -> None:
        inside = file({"callTranscripts": [{"callId": "7", "transcript": MONOLOGUES, "parties": PARTIES}]})
        beside = file({"callTranscripts": [{"callId": "7", "transcript": MONOLOGUES}], "parties": PARTIES})
        apart = lines(
            {"callTranscripts": [{"callId": "7", "transcript": MONOLOGUES}]},
            {"calls": [{"metaData": {"id": "7"}, "parties": PARTIES}]},
        )
        expected = {"Dana Reyes": Role.REP, "Luis Ortega": Role.CUSTOMER, "A Guest": Role.UNKNOWN}
        assert [roles(t) for source in (inside, beside, apart) for t in gong.read(source)] == [expected] * 3

    def test_numbers_speakers_that_no_party_names(self) -> None:
        (transcript,) = gong.read(file({"callTranscripts": [{"callId": "7", "transcript": MONOLOGUES}]}))
        assert roles(transcript) == dict.fromkeys(["Speaker 1", "Speaker 2", "Speaker 3"], Role.UNKNOWN)

    def test_keeps_the_side_of_a_party_without_a_name(self) -> None:
        nameless = [{"speakerId": "22", "name": None, "affiliation": "External"}]
        (transcript,) = gong.read(file({"callTranscripts": [{"transcript": MONOLOGUES, "parties": nameless}]}))
        assert roles(transcript)["Speaker 2"] is Role.CUSTOMER

    def test_finds_the_account_that_the_call_is_linked_with(self) -> None:
        described = [{"name": "Industry", "value": "Health"}, {"name": "Name", "value": "Acme Health"}]
        linked = {"objectType": "Account", "fields": described}
        call = {"metaData": {"id": "7"}, "parties": PARTIES, "context": [{"system": "Salesforce", "objects": [linked]}]}
        document = {"callTranscripts": [{"callId": "7", "transcript": MONOLOGUES}], "calls": [call]}
        assert gong.read(file(document))[0].account == "Acme Health"


class TestSeveralCalls:
    def test_come_out_one_by_one(self) -> None:
        calls = [{"callId": str(k), "transcript": MONOLOGUES} for k in range(3)]
        assert len(gong.read(file({"callTranscripts": calls}))) == 3


class TestUnits:
    def test_are_seconds_where_the_calls_length_says_so(self) -> None:
        call = {
            "callId": "7",
            "transcript": [monologue("11", (1.0, 2.5, "Hello there."))],
            "metaData": {"duration": 60},
        }
        assert said(gong.read(file({"callTranscripts": [call]}))[0])[0][1:3] == (1.0, 2.5)

    def test_are_seconds_where_nobody_could_speak_so_fast(self) -> None:
        long = monologue("11", ("1300", "1304", "The review takes six weeks every single time."))
        call = {"callId": "7", "transcript": [long]}
        assert said(gong.read(file({"callTranscripts": [call]}))[0])[0][1:3] == (1300.0, 1304.0)


class TestOtherFiles:
    def test_a_schema_of_the_api_is_no_transcript(self) -> None:
        schema: object = {
            "components": {"schemas": {"CallTranscripts": {"properties": {"callTranscripts": {"items": {}}}}}}
        }
        assert not gong.matches(file(schema))
