from __future__ import annotations

from typing import Any

from copilot.importers import rev
from tests.unit.importers.files import file, said


def text(value: str, start: float, end: float) -> dict[str, Any]:
    return {"type": "text", "value": value, "ts": start, "end_ts": end}


def mark(value: str) -> dict[str, Any]:
    return {"type": "punct", "value": value}


ELEMENTS = [text("The", 1.0, 1.2), mark(" "), text("thirty", 1.3, 1.5), mark("-"), text("day", 1.5, 1.7), mark(".")]


class TestRev:
    def test_writes_elements_as_they_stand(self) -> None:
        document = {"monologues": [{"speaker": 0, "elements": ELEMENTS}]}
        assert said(rev.read(file(document))[0]) == [("Speaker 0", 1.0, 1.7, "The thirty-day.")]

    def test_takes_a_space_within_an_element_for_one_between(self) -> None:
        elements = [text("The", 1.0, 1.2), text(" day", 1.3, 1.5), text("s ", 1.5, 1.6), text("pass", 1.7, 1.9)]
        document = {"monologues": [{"speaker": 0, "elements": elements}]}
        assert said(rev.read(file(document))[0])[0][3] == "The days pass"

    def test_takes_names_from_speaker_info_or_the_list_of_speakers(self) -> None:
        monologues = [
            {"speaker": 0, "speaker_info": {"display_name": "Dana"}, "elements": ELEMENTS},
            {"speaker": 1, "elements": [text("Yes", 2.0, 2.2)]},
        ]
        document = {"speakers": [{"id": 1, "name": "Luis"}], "monologues": monologues}
        assert [speaker for speaker, *_ in said(rev.read(file(document))[0])] == ["Dana", "Luis"]
