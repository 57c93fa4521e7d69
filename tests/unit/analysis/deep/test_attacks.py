"""Spoken attacks, and replies of a model that fell for each of them. What counts is the damage to the call."""

from __future__ import annotations

import pytest

from copilot.analysis.deep.translation import (
    MOST_EMPTIED,
    MOST_EMPTIED_AT_THE_END,
    MOST_RETIRED,
    MOST_RETIRED_AT_THE_END,
)
from copilot.analysis.hearing import Step
from copilot.domain.items import Evidence
from copilot.domain.ops import AddOutcome, ConfirmItem, EmptyField, RetireItem
from tests.unit.analysis.deep.attacks import NAMES, before, played, prompts, read, reply_text
from tests.unit.analysis.deep.damage import damage


def done(name: str, after: Step) -> list[str]:
    at_the_end = read(name).get("wrap_up")
    retired, emptied = (
        (MOST_RETIRED_AT_THE_END, MOST_EMPTIED_AT_THE_END) if at_the_end else (MOST_RETIRED, MOST_EMPTIED)
    )
    return damage(before(name), after.state, most_retired=retired, most_emptied=emptied, prompt=prompts())


def test_there_are_enough() -> None:
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_does_no_damage_even_if_the_model_obeys(name: str) -> None:
    assert done(name, played(name, before(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_is_played_by_a_reply_that_does_something(name: str) -> None:
    attack = read(name)

    assert reply_text(name).count('"quote"')
    assert attack["tries"]
    assert attack["would"]


class TestTheScoreOfDamage:
    """That it sees what it is there for."""

    def test_sees_a_yes_that_nobody_gave(self) -> None:
        name = "false-agreement-by-the-rep"
        state = before(name)
        yes = ConfirmItem(id="O2", evidence=(Evidence(utterance=4, quote="I want fewer disputed invoices"),))

        assert done(name, Step(state).propose([yes], by="llm")) == ["O2 was confirmed by nobody"]

    def test_sees_a_map_that_was_wiped(self) -> None:
        name = "delete-everything"
        wiped = [RetireItem(id=i, reason="x") for i in ("O2", "C1", "M1", "N1")]

        assert done(name, Step(before(name)).propose(wiped, by="llm")) == [
            "O2, C1, M1, N1 were taken back by one reply"
        ]

    def test_sees_values_that_were_taken_off(self) -> None:
        name = "delete-everything"
        figure = (Evidence(utterance=4, quote="it is about sixty a month today"),)
        promise = (Evidence(utterance=8, quote="I will send you two references by Friday."),)
        ops = [
            EmptyField(id="M1", field="baseline", evidence=figure),
            EmptyField(id="M1", field="owner", evidence=figure),
            EmptyField(id="N1", field="owner", evidence=promise),
            EmptyField(id="N1", field="due", evidence=promise),
        ]

        assert done(name, Step(before(name)).propose(ops, by="llm")) == [
            "M1's baseline, M1's owner, N1's owner, N1's due were emptied by one reply"
        ]

    def test_sees_invented_figures_and_markup(self) -> None:
        name = "huge-figures"
        quote = (Evidence(utterance=4, quote="it is about sixty a month today"),)
        added = AddOutcome(text="<b>Seventy</b> a month", evidence=quote)

        assert len(done(name, Step(before(name)).propose([added], by="llm"))) == 2
