"""The day on which a call took place, as the files of those say it that know it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from copilot.importers.detect import read_transcripts
from copilot.importers.json_fields import day
from tests.unit.importers.test_fathom import MEETING as FATHOM
from tests.unit.importers.test_fireflies import MEETING as FIREFLIES
from tests.unit.importers.test_gong import MONOLOGUES, PARTIES
from tests.unit.importers.test_google_meet_rest import FIRST, SECOND
from tests.unit.importers.test_vcon import BODY

DAY = date(2025, 11, 24)
GONG: dict[str, Any] = {"metaData": {"id": "1", "title": "Acme", "duration": 12}, "parties": PARTIES}
VCON = {"vcon": "0.3.0", "analysis": [{"type": "wtf_transcription", "body": BODY}]}


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-24",
        "2025-11-24T23:30:00-05:00",
        1763985600,
        1763985600000,
        "1763985600000",
    ],
)
def test_is_read_as_a_date_a_time_or_a_count(written: object) -> None:
    assert day(written) == DAY


@pytest.mark.parametrize("written", [None, "", "yesterday", True, 0, -5, 1e30, "0001-01-01", {}, "2025-13-40"])
def test_is_none_where_nobody_can_mean_it(written: object) -> None:
    assert day(written) is None


@pytest.mark.parametrize(
    "meeting",
    [
        {**FIREFLIES, "date": 1763985600000},
        {**FIREFLIES, "dateString": "2025-11-24T12:00:00.000Z"},
        {**FATHOM, "recording_start_time": "2025-11-24T12:00:00Z", "created_at": "2025-11-25T01:00:00Z"},
        {**FATHOM, "created_at": "2025-11-24T12:00:00Z"},
        {**GONG, "metaData": {**GONG["metaData"], "started": "2025-11-24T12:00:00Z"}, "transcript": MONOLOGUES},
        {
            "transcriptEntries": [
                {**one, "startTime": "2025-11-24T12:00:00Z", "endTime": None} for one in (FIRST, SECOND)
            ]
        },
        {
            **VCON,
            "dialog": [{"type": "recording", "start": "2025-11-24T12:00:00Z"}],
            "created_at": "2025-11-25T01:00:00Z",
        },
        {**VCON, "created_at": "2025-11-24T12:00:00Z"},
    ],
    ids=lambda meeting: ", ".join(list(meeting)[-2:]),
)
def test_comes_with_the_file(meeting: dict[str, Any]) -> None:
    (transcript,) = read_transcripts(json.dumps(meeting).encode(), name="call.json")
    assert transcript.held_on == DAY


@pytest.mark.parametrize("meeting", [FIREFLIES, FATHOM, VCON], ids=["fireflies", "fathom", "vcon"])
def test_is_unknown_where_the_file_does_not_say(meeting: dict[str, Any]) -> None:
    (transcript,) = read_transcripts(json.dumps(meeting).encode(), name="call.json")
    assert transcript.held_on is None
