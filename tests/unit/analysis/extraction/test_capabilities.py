"""What has to be in place, and when, and for which outcome."""

from __future__ import annotations

import pytest

from tests.unit.analysis.conversations import cards, heard, talk

ASKED = "rep: What do you need to have in place from day one?"


@pytest.mark.parametrize(
    ("said", "card"),
    [
        ("It has to work offline, the drivers have no signal in the valley.", "Work offline"),
        ("Oh, and single sign-on.", "Single sign-on"),
        ("Approvals on the phone, by whoever is on shift.", "Approvals on the phone, by whoever is on shift"),
        ("If it can't read our price files, there's no point in any of this.", "Read our price files"),
        ("Nothing goes out of the door until it's been signed by the pharmacist.", "Signed by the pharmacist"),
        ("It stays inside our building. That isn't a preference.", "Stays inside our building"),
        ("If the supplier's list loaded by itself, I'd be home by six.", "Supplier's list loaded by itself"),
    ],
)
def test_a_need_is_told_in_many_forms(said: str, card: str) -> None:
    assert cards(talk(ASKED, f"customer: {said}").capabilities) == [card]


@pytest.mark.parametrize(
    ("said", "card"),
    [
        ("And it's got to talk to the weighing scale.", "Talk to the weighing scale"),
        ("It'd have to print on both floors.", "Print on both floors"),
        ("Second. It has to come into our tape archive.", "Come into our tape archive"),
        ("so it must read the old labels and it's no good otherwise", "Read the old labels"),
    ],
)
def test_what_the_product_has_to_do_is_needed(said: str, card: str) -> None:
    assert card in cards(talk(ASKED, f"customer: {said}").capabilities)


def test_a_figure_that_has_to_move_is_no_capability() -> None:
    assert cards(talk("rep: And the waste?", "customer: It has to come down to two percent.").capabilities) == []


class TestQuestions:
    def test_asking_whether_a_safeguard_is_there_states_a_need(self) -> None:
        assert cards(talk("customer: Do you support single sign-on?").capabilities) == ["Single sign-on"]

    def test_asking_how_somebody_is_states_none(self) -> None:
        assert cards(talk("customer: Do you have a minute?").capabilities) == []


class TestWhatIsNone:
    @pytest.mark.parametrize(
        "line",
        [
            "customer: We need to cut our energy costs by a fifth.",
            "customer: I must leave at noon.",
            "customer: You have to try the soup there.",
            "customer: Somebody wrote it down in the dashboard last year.",
            "rep: You'll need our premium module for that.",
        ],
    )
    def test_results_plans_advice_tales_and_what_the_rep_says(self, line: str) -> None:
        assert cards(talk(line).capabilities) == []

    def test_what_is_taken_back_at_once(self) -> None:
        assert cards(talk(ASKED, "customer: It has to print labels. No, scratch that.").capabilities) == []


class TestPhase:
    def test_later_is_said_with_the_need(self) -> None:
        (one,) = talk(ASKED, "customer: It has to sync with payroll, but that can wait.").capabilities.values()
        assert one.phase == "later"

    def test_or_after_it(self) -> None:
        state = talk(ASKED, "customer: It has to sync with payroll.", "customer: That one's for after the summer.")
        assert [c.phase for c in state.capabilities.values()] == ["later"]

    def test_of_another_thing_is_none_of_it(self) -> None:
        other = "customer: And tenants filling in their own meter readings would save a clerk, but it can wait."
        first, *_ = talk(ASKED, "customer: It has to sync with payroll.", other).capabilities.values()
        assert first.phase is None

    def test_is_told_by_the_clause_of_a_summing_up_that_speaks_of_it(self) -> None:
        said_back = "rep: Let me say it back. It syncs with payroll from day one, and the archive comes in the autumn."
        (one,) = talk(ASKED, "customer: It has to sync with payroll.", said_back).capabilities.values()
        assert one.phase == "1"


class TestTies:
    WANTED = ("rep: What are you hoping to achieve?", "customer: We want to reduce the missed collections.")

    def test_the_question_names_what_it_is_for(self) -> None:
        state = talk(*self.WANTED, "rep: And what do missed collections need?", "customer: It has to work offline.")
        assert [c.outcomes for c in state.capabilities.values()] == [("O1",)]

    def test_the_need_says_what_it_is_for(self) -> None:
        state = talk(*self.WANTED, ASKED, "customer: It has to work offline. Otherwise collections are missed again.")
        assert [c.outcomes for c in state.capabilities.values()] == [("O1",)]

    def test_it_serves_the_outcome_spoken_of_just_before(self) -> None:
        state = talk(*self.WANTED, ASKED, "customer: Oh, and single sign-on.")
        assert [c.outcomes for c in state.capabilities.values()] == [("O1",)]

    def test_it_serves_what_it_is_told_with_rather_than_what_was_wanted_long_ago(self) -> None:
        later = ("rep: Anything else?", "customer: And we want fewer complaints about the smell.")
        need = "customer: It has to log every smell, then the complaints would stop."
        state = talk(*self.WANTED, *[f"rep: Noted, number {n}." for n in range(8)], *later, ASKED, need)
        wanted = {o.id: o.text for o in state.outcomes.values()}
        assert [["complaints" in wanted[o] for o in c.outcomes] for c in state.capabilities.values()] == [[True]]


def test_a_sentence_that_is_wanted_is_not_needed_as_well() -> None:
    state = heard("customer: {outcome:{capability:Every temp has a working badge before the first shift}}.")
    assert (len(state.outcomes), len(state.capabilities)) == (1, 0)
