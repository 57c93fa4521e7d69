"""Who does a next step, and by when, as the reader hears it."""

from __future__ import annotations

import pytest

from copilot.domain.items import NextStep
from tests.unit.analysis.conversations import heard

STEP = "{next_step:the list of sites goes over to procurement}"


def the_step(*lines: str) -> NextStep:
    (step,) = heard(*lines).next_steps.values()
    return step


class TestWhen:
    def test_is_what_is_heard_where_no_rule_knows_it_for_a_day(self) -> None:
        assert (
            the_step(f"customer Ann: So {STEP} {{due:once the auditors are gone}}.").due == "once the auditors are gone"
        )

    def test_loses_its_preposition(self) -> None:
        assert (
            the_step(f"customer Ann: So {STEP} {{due:by the feast of Saint Martin}}.").due
            == "the feast of Saint Martin"
        )

    def test_may_be_told_just_after(self) -> None:
        step = the_step(f"customer Ann: So {STEP}.", "rep Bo: When?", "customer Ann: {due:Once the auditors are gone}.")
        assert step.due == "Once the auditors are gone"
        assert step.utterances == (0, 2)

    def test_is_not_told_long_after(self) -> None:
        lines = ("rep Bo: Right.", "customer Ann: It rained.", "rep Bo: It did.", "customer Ann: {due:Once it is dry}.")
        assert the_step(f"customer Ann: So {STEP}.", *lines).due is None


class TestWho:
    @pytest.mark.parametrize(
        ("said", "owner"),
        [
            ("{step_owner:I}", "Ann"),
            ("{step_owner:I'll} see that", "Ann"),
            ("{step_owner:You} see that", "Bo"),
            ("{step_owner:Priya} sees that", "Priya"),
            ("{step_owner:nobody} knows whether", None),
        ],
    )
    def test_is_the_speaker_the_only_one_opposite_or_somebody_by_name(self, said: str, owner: str | None) -> None:
        assert the_step("rep Bo: Good morning.", f"customer Ann: So {said} {STEP}.").owner == owner

    def test_is_open_where_you_may_be_one_of_several(self) -> None:
        lines = ("rep Bo: Good morning.", "rep Cy: Hello.")
        assert the_step(*lines, f"customer Ann: So {{step_owner:you}} see that {STEP}.").owner is None

    def test_is_open_where_somebody_only_asks_whether_we_could(self) -> None:
        said = "{step_owner:we} see to it that {next_step:the list of sites goes over to procurement}"
        assert the_step("rep Bo: Good morning.", f"customer Ann: Could {said}?").owner is None
