from __future__ import annotations

from datetime import date

import pytest

from copilot.domain.accounts import (
    AgreementNoted,
    Assumed,
    ContractSet,
    GoalSet,
    Invested,
    MilestoneDone,
    Period,
    TakenBack,
)
from copilot.review.ledger import figure_of
from copilot.review.ledger.entries import MilestoneState
from tests.unit.review.ledger.accounts import MILESTONES, fold, written

CONTRACT = ContractSet(start=date(2026, 1, 1), renewal=date(2027, 1, 1))
QUARTER = Period(start=date(2026, 1, 1), end=date(2026, 3, 31))


def states(*notes: MilestoneDone | ContractSet | TakenBack, today: date) -> dict[str, MilestoneState]:
    return {line.id: line.state for line in fold([], *notes, today=today).milestones}


class TestMilestones:
    def test_are_the_playbooks_in_its_order(self) -> None:
        assert [line.id for line in fold([], CONTRACT).milestones] == [m.id for m in MILESTONES]

    @pytest.mark.parametrize(
        ("today", "state"),
        [
            (date(2026, 1, 30), "ahead"),
            (date(2026, 1, 31), "due"),
            (date(2026, 4, 1), "due"),
            (date(2026, 4, 2), "overdue"),
        ],
    )
    def test_a_window_opens_and_closes(self, today: date, state: MilestoneState) -> None:
        assert states(CONTRACT, today=today)["onboarding_complete"] == state

    def test_an_open_end_is_the_renewal(self) -> None:
        last = fold([], CONTRACT).milestones[-1]

        assert (last.start, last.end) == (date(2026, 9, 28), date(2027, 1, 1))
        assert states(CONTRACT, today=date(2027, 1, 2))["renewal_prep"] == "overdue"

    def test_without_a_contract_nothing_is_due(self) -> None:
        assert set(states(today=date(2030, 1, 1)).values()) == {"undated"}

    def test_what_is_done_is_done_until_somebody_says_that_it_is_not(self) -> None:
        done = MilestoneDone(milestone="first_value", on=date(2026, 3, 9))
        undone = MilestoneDone(milestone="first_value", on=None)
        late = date(2026, 8, 1)

        assert states(CONTRACT, done, today=late)["first_value"] == "done"
        assert states(CONTRACT, done, undone, today=late)["first_value"] == "overdue"
        assert states(CONTRACT, done, undone, TakenBack(note=3), today=late)["first_value"] == "done"

    def test_the_last_contract_counts(self) -> None:
        moved = ContractSet(start=date(2026, 2, 1))

        assert fold([], CONTRACT, moved).milestones[0].start == date(2026, 3, 3)


class TestWhatElseIsWrittenDown:
    def test_a_calculation_has_the_last_figure_of_every_input(self) -> None:
        def assumed(name: str, figure: str) -> Assumed:
            return Assumed(
                calculation="hours", formula="time_savings", input=name, figure=figure_of(figure), period=QUARTER
            )

        book = fold([], assumed("hours_saved", "100"), assumed("hourly_rate", "$60"), assumed("hours_saved", "80"))

        assert {a.note.input: a.note.figure.low for a in book.calculations["hours"]} == {
            "hours_saved": 80,
            "hourly_rate": 60,
        }
        assert book.period_of("hours") == QUARTER

    def test_the_customers_last_word_on_it_counts(self) -> None:
        yes = AgreementNoted(calculation="hours", on=date(2026, 4, 1), customer="Grace")
        no = AgreementNoted(calculation="hours", agreed=False, on=date(2026, 5, 1), customer="Grace")

        assert fold([], yes, no).agreements["hours"].note.agreed is False

    def test_costs_and_goals_stand_with_their_number_and_time(self) -> None:
        cost = Invested(what="Licence", amount=figure_of("$9,000"), period=QUARTER)
        book = fold([], cost, GoalSet(text="All depots on it", quarter="2026-Q3"))

        (kept_cost,) = book.investments
        assert (kept_cost.seq, kept_cost.at, kept_cost.note) == (1, written(cost)[0].at, cost)
        assert [goal.note.text for goal in book.goals] == ["All depots on it"]
