from __future__ import annotations

import pytest

from copilot.domain.call import Participant, Role
from copilot.importers.participants_line import participants_in
from tests.unit.importers.reading import call_in

DANA = Participant(name="Dana Reyes", role=Role.REP)
LUIS = Participant(name="Luis Ortega", role=Role.CUSTOMER, title="VP Operations")


class TestList:
    @pytest.mark.parametrize(
        "lines",
        [
            ["Participants: Dana Reyes (rep), Luis Ortega (customer, VP Operations)"],
            ["Attendees:", "Dana Reyes (Rep)", "Luis Ortega (VP Operations; Customer)", "Date: 3 May", "Ann Lee (rep)"],
            ["Speakers: Dana Reyes [seller]; Luis Ortega [VP Operations / prospect]"],
        ],
    )
    def test_is_read_on_one_line_or_below_its_label(self, lines: list[str]) -> None:
        assert participants_in(lines) == (DANA, LUIS)

    def test_holds_only_names(self) -> None:
        assert participants_in(["Participants: the whole team, and 3 more"]) == ()

    def test_is_empty_without_a_label(self) -> None:
        assert participants_in(["Dana Reyes (rep)", "Date: 3 May"]) == ()


class TestCall:
    def test_takes_roles_and_titles_from_the_list_by_name_or_first_name(self) -> None:
        call = call_in(
            "A first call\nParticipants: Dana Reyes (rep), Luis Ortega (customer, VP Operations)\n\n"
            "Dana: Hello.\nLUIS ORTEGA: Hi.\nMei: Hi.\n"
        )
        assert call.participants == (
            Participant(name="Dana", role=Role.REP),
            Participant(name="LUIS ORTEGA", role=Role.CUSTOMER, title="VP Operations"),
            Participant(name="Mei"),
        )
        assert [u.role for u in call.utterances] == [Role.REP, Role.CUSTOMER, Role.UNKNOWN]

    def test_leaves_a_first_name_unknown_that_two_people_share(self) -> None:
        call = call_in("Participants: Dana Reyes (rep), Dana Lee (customer)\n\nDana: Hello.\nDana: Again.\n")
        assert [u.role for u in call.utterances] == [Role.UNKNOWN, Role.UNKNOWN]
