from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.call import CallKind, Participant, Role
from copilot.importers import own
from tests.unit.importers.files import file, lines, texts

CALL = {
    "call": {"id": "acme-1", "kind": "discovery", "title": "First call", "account": "Acme", "industry": "health"},
    "participants": [
        {"name": "Dana", "role": "rep"},
        {"name": "Luis", "role": "customer", "title": "VP Operations"},
    ],
    "utterances": [
        {
            "id": "a1",
            "i": 0,
            "speaker": "Dana",
            "role": "rep",
            "start_s": 0.0,
            "end_s": 4.2,
            "text": "What takes long?",
        },
        {
            "id": "a2",
            "i": 1,
            "speaker": "Luis",
            "role": "customer",
            "start_s": None,
            "end_s": None,
            "text": "Releases.",
        },
    ],
    "labels": {"stages": [{"i": 0, "stage": "before_scenario"}]},
}


class TestLabelledCalls:
    def test_come_out_as_they_are(self) -> None:
        (transcript,) = own.read(file(CALL))
        assert (transcript.title, transcript.kind, transcript.account) == ("First call", CallKind.DISCOVERY, "Acme")
        assert transcript.participants == (
            Participant(name="Dana", role=Role.REP),
            Participant(name="Luis", role=Role.CUSTOMER, title="VP Operations"),
        )
        assert [(u.id, u.i, u.speaker, u.role, u.start_s, u.end_s) for u in transcript.utterances] == [
            ("a1", 0, "Dana", Role.REP, 0.0, 4.2),
            ("a2", 1, "Luis", Role.CUSTOMER, None, None),
        ]

    def test_keep_consecutive_and_empty_utterances_apart_for_their_labels(self) -> None:
        said = ["and so we", "", "wait.", "[Music]"]
        document = {"call": {}, "utterances": [{"i": i, "speaker": "Luis", "text": t} for i, t in enumerate(said)]}
        assert texts(own.read(file(document))[0]) == said

    def test_may_be_one_a_line(self) -> None:
        assert len(own.read(lines(CALL, CALL))) == 2

    def test_are_found_within_a_panels_state(self) -> None:
        state = {"call": {"participants": CALL["participants"]}, "utterances": CALL["utterances"]}
        (transcript,) = own.read(file({"seq": 9, "state": state}))
        assert [p.name for p in transcript.participants] == ["Dana", "Luis"]


class TestBareCalls:
    def test_take_a_role_from_the_participants(self) -> None:
        document = {
            "call": {"title": "t"},
            "participants": CALL["participants"],
            "utterances": [{"speaker": "Luis", "text": "Hi."}],
        }
        (utterance,) = own.read(file(document))[0].utterances
        assert (utterance.id, utterance.i, utterance.role) == ("u1", 0, Role.CUSTOMER)

    def test_list_their_speakers_where_no_participants_are_given(self) -> None:
        document = {
            "utterances": [{"speaker": "Dana", "role": "rep", "text": "Hi."}, {"role": "customer", "text": "Hi."}]
        }
        assert own.read(file(document))[0].participants == (Participant(name="Dana", role=Role.REP),)

    def test_are_numbered_where_ids_are_missing_or_doubled(self) -> None:
        document = {"call": {}, "utterances": [{"id": "x", "text": "a"}, {"id": "x", "text": "b"}]}
        assert [u.id for u in own.read(file(document))[0].utterances] == ["u1", "u2"]

    def test_may_be_the_frames_that_a_client_sends(self) -> None:
        said = {
            "type": "utterance",
            "id": "u7",
            "speaker": "Dana",
            "role": "rep",
            "start_s": 1,
            "end_s": 2,
            "text": "Hi.",
        }
        frames = [
            {"type": "start", "protocol": 1, "call": {"title": "Acme", "kind": "demo"}},
            {**said, "type": "partial", "text": "Hi"},
            said,
            {"type": "end"},
        ]
        (transcript,) = own.read(lines(*frames))
        assert (transcript.title, transcript.kind) == ("Acme", CallKind.DEMO)
        assert [(u.id, u.i, u.role, u.text) for u in transcript.utterances] == [("u7", 0, Role.REP, "Hi.")]


class TestStrangeFields:
    def test_become_unknown_other_or_nothing(self) -> None:
        document = {
            "call": {"kind": "webinar", "title": 7},
            "participants": [None, {"name": ""}, {"name": "Dana", "role": "boss"}],
            "utterances": [{"text": "Hi.", "role": 3, "start_s": "2.5", "end_s": -1}, {"text": 5}, "x"],
        }
        (transcript,) = own.read(file(document))
        assert transcript.kind is CallKind.OTHER
        assert transcript.participants == (Participant(name="Dana"),)
        assert [(u.role, u.start_s, u.end_s) for u in transcript.utterances] == [(Role.UNKNOWN, 2.5, None)]

    def test_do_not_make_another_services_file_ours(self) -> None:
        theirs = {"speaker": "A", "role": "customer", "start": 0, "end": 900, "text": "Hi."}
        assert not own.matches(file({"utterances": [theirs]}))
        assert not own.matches(file([theirs]))


class TestTheDayOfACall:
    def test_is_read_where_it_is_one(self) -> None:
        held = {**CALL, "call": {**CALL["call"], "held_on": "2026-01-31"}}  # type: ignore[dict-item]
        (transcript,) = own.read(file(held))
        assert transcript.held_on == date(2026, 1, 31)

    @pytest.mark.parametrize("held_on", ["last Tuesday", 17, None, "2026-02-30", "9999-12-30", "0202-01-01"])
    def test_is_not_known_where_it_is_none(self, held_on: object) -> None:
        held = {**CALL, "call": {**CALL["call"], "held_on": held_on}}  # type: ignore[dict-item]
        (transcript,) = own.read(file(held))
        assert transcript.held_on is None
