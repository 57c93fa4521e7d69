from __future__ import annotations

from dataclasses import replace
from typing import Any

from copilot.analysis.hearing import Step, note
from copilot.domain.events import ProposalsDropped
from copilot.domain.items import Evidence, ItemState, Metric, PitfallState, Question, QuestionState
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddOutcome,
    AnyOp,
    CloseQuestion,
    ConfirmItem,
    FlagPitfall,
    RetireItem,
    RetirePitfall,
    SuggestQuestions,
    UpdateItem,
)
from copilot.domain.state import CallState
from tests.builders import call_of, quoting, say

CALL = call_of(
    say("rep", "You could release every four weeks"),
    say("customer", "We want to release every four weeks"),
    say("customer", "Today it takes six weeks from start to end"),
    say("customer", "Yes, that is exactly it"),
    say("customer", "Priya reports on it each month"),
)


def after(*ops: AnyOp, state: CallState = CALL) -> CallState:
    return Step(state).propose(ops, by="embedded").state


def outcome(i: int = 1, text: str = "Release every four weeks") -> AddOutcome:
    return AddOutcome(text=text, evidence=quoting(CALL, i))


def metric(**fields: Any) -> AddMetric:
    return AddMetric(text="Length of a release cycle", evidence=quoting(CALL, 2), **fields)


class TestEvidence:
    TEXT = "Oh, and a spare key. Our guards won't open anything without it."
    SAID = call_of(say("customer", TEXT), say("customer", " ".join(f"Word {n}, we said." for n in range(60))))

    def quoted(self, i: int, *quotes: str) -> list[str]:
        ops = (AddCapability(text="Spare key", evidence=(Evidence(utterance=i, quote=quote),)) for quote in quotes)
        return [e.quote for e in after(*ops, state=self.SAID).capabilities["C1"].evidence]

    def test_of_one_utterance_is_one_quote_the_longer(self) -> None:
        assert self.quoted(0, "a spare key.", "Oh, and a spare key.", "spare key") == ["Oh, and a spare key."]

    def test_two_places_of_one_utterance_are_quoted_together(self) -> None:
        assert self.quoted(0, "a spare key.", "without it.") == [self.TEXT[len("Oh, and ") :]]

    def test_places_far_apart_leave_the_longer_quote(self) -> None:
        assert self.quoted(1, "Word 1,", "Word 59, we said.") == ["Word 59, we said."]


class TestAdding:
    def test_gives_ids_in_order(self) -> None:
        state = after(outcome(), outcome(2, "Fewer people on night shifts"))

        assert list(state.outcomes) == ["O1", "O2"]

    def test_what_only_the_rep_said_is_proposed(self) -> None:
        assert after(outcome(0)).outcomes["O1"].state is ItemState.PROPOSED

    def test_the_customers_words_make_it_heard(self) -> None:
        state = after(outcome(0), outcome(1))

        assert list(state.outcomes) == ["O1"]
        assert state.outcomes["O1"].state is ItemState.HEARD
        assert state.outcomes["O1"].utterances == (0, 1)

    def test_drops_and_counts_what_was_never_said(self) -> None:
        invented = AddOutcome(text="Double revenue", evidence=(Evidence(utterance=1, quote="double our revenue"),))
        step = Step(CALL).propose([invented], by="llm")

        assert step.events == (ProposalsDropped(by="llm", reasons={"ungrounded": 1}),)
        assert step.state.outcomes == {}
        assert step.state.dropped == {"ungrounded": 1}

    def test_two_outcomes_with_other_numbers_are_two(self) -> None:
        state = after(
            AddOutcome(text="Cut onboarding time by 20 percent", evidence=quoting(CALL, 1)),
            AddOutcome(text="Cut onboarding time by 40 percent", evidence=quoting(CALL, 2)),
        )

        assert len(state.outcomes) == 2

    def test_another_value_is_the_same_metric(self) -> None:
        state = after(metric(target="four weeks"), UpdateItem(id="M1", target="three weeks", evidence=quoting(CALL, 4)))

        assert [m.target for m in state.metrics.values()] == ["three weeks"]

    def test_a_second_naming_fills_what_was_empty_and_replaces_nothing(self) -> None:
        state = after(metric(baseline="six weeks"), metric(baseline="nine weeks", owner="Priya"))

        assert (state.metrics["M1"].baseline, state.metrics["M1"].owner) == ("six weeks", "Priya")

    def test_links_lead_only_to_outcomes_that_there_are(self) -> None:
        state = after(outcome(), AddCapability(text="Two-way sync", evidence=quoting(CALL, 4), outcomes=("O1", "O9")))

        assert state.capabilities["C1"].outcomes == ("O1",)


class TestConfirming:
    def test_takes_the_customers_yes(self) -> None:
        item = after(outcome(0), ConfirmItem(id="O1", evidence=quoting(CALL, 3))).outcomes["O1"]

        assert (item.state, item.confirmed_by) == (ItemState.CONFIRMED, "customer")

    def test_refuses_the_reps(self) -> None:
        state = after(outcome(1), ConfirmItem(id="O1", evidence=quoting(CALL, 0)))

        assert state.outcomes["O1"].state is ItemState.HEARD
        assert state.dropped == {"not_the_customer": 1}

    def test_a_confirmed_item_is_not_retired(self) -> None:
        state = after(outcome(), ConfirmItem(id="O1", evidence=quoting(CALL, 3)), RetireItem(id="O1", reason="doubt"))

        assert state.outcomes["O1"].state is ItemState.CONFIRMED


class TestUpdating:
    def test_refuses_an_item_that_is_not_there(self) -> None:
        assert after(UpdateItem(id="O7", text="x")).dropped == {"unknown_item": 1}

    def test_refuses_a_field_that_the_item_does_not_have(self) -> None:
        state = after(outcome(), UpdateItem(id="O1", owner="Priya"))

        assert state.dropped == {"no_such_field": 1}

    def test_a_withdrawn_item_comes_back_when_it_is_said_again(self) -> None:
        state = after(outcome(0), RetireItem(id="O1", reason="doubt"), outcome(1))

        assert list(state.outcomes) == ["O1"]
        assert state.outcomes["O1"].state is ItemState.HEARD


def stood(item: Metric) -> list[tuple[str, str, int | None]]:
    return [(e.field, e.value, e.utterance) for e in item.earlier]


class TestHistory:
    def test_a_new_figure_leaves_the_one_before_with_the_utterance_that_says_it(self) -> None:
        state = after(
            metric(baseline="six weeks"), UpdateItem(id="M1", baseline="nine weeks", evidence=quoting(CALL, 4))
        )

        assert state.metrics["M1"].baseline == "nine weeks"
        assert stood(state.metrics["M1"]) == [("baseline", "six weeks", 2)]

    def test_goes_from_the_oldest_on_field_by_field(self) -> None:
        changes: list[dict[str, Any]] = [{"baseline": "7 weeks"}, {"target": "3 weeks"}, {"baseline": "8 weeks"}]
        updates = (UpdateItem(id="M1", evidence=quoting(CALL, 4), **change) for change in changes)
        item = after(metric(baseline="six weeks", target="four weeks"), *updates).metrics["M1"]

        assert [(field, value) for field, value, _ in stood(item)] == [
            ("baseline", "six weeks"),
            ("target", "four weeks"),
            ("baseline", "7 weeks"),
        ]

    def test_an_empty_field_that_is_filled_has_no_history(self) -> None:
        state = after(metric(), UpdateItem(id="M1", baseline="six weeks"), metric(target="four weeks"))

        assert state.metrics["M1"].earlier == ()

    def test_another_spelling_is_no_other_value(self) -> None:
        state = after(metric(baseline="six weeks"), UpdateItem(id="M1", baseline="6 weeks"))

        assert state.metrics["M1"].earlier == ()

    def test_a_figure_that_comes_back_stands_and_is_earlier_no_more(self) -> None:
        back = [UpdateItem(id="M1", baseline=value) for value in ("nine weeks", "six weeks")]

        assert stood(after(metric(baseline="six weeks"), *back).metrics["M1"]) == [("baseline", "nine weeks", None)]

    def test_an_owner_has_none(self) -> None:
        state = after(metric(owner="Priya"), UpdateItem(id="M1", owner="Sam"))

        assert (state.metrics["M1"].owner, state.metrics["M1"].earlier) == ("Sam", ())


class TestPitfalls:
    FLAG = FlagPitfall(kind="vague_outcome", evidence=quoting(CALL, 1), about="O1")

    def test_the_same_place_is_the_same_pitfall(self) -> None:
        assert list(after(self.FLAG, self.FLAG).pitfalls) == ["P1"]

    def test_can_be_withdrawn(self) -> None:
        state = after(self.FLAG, RetirePitfall(id="P1", reason="a measure was given"))

        assert state.pitfalls["P1"].state is PitfallState.WITHDRAWN


def question(gap: str, about: str | None = None) -> Question:
    text = "How would you measure it?"
    return Question(id="", stage="metrics", text=text, why="no measure yet", gap=gap, about=about, after=0)


class TestQuestions:
    def test_at_most_three_stand(self) -> None:
        state = after(SuggestQuestions(questions=tuple(question(g) for g in "abcd")))

        assert [q.id for q in state.questions] == ["Q1", "Q2", "Q3"]

    def test_a_question_that_stands_keeps_its_id(self) -> None:
        state = after(
            SuggestQuestions(questions=(question("a"), question("b"))),
            SuggestQuestions(questions=(question("c"), question("b"))),
        )

        assert [(q.id, q.gap) for q in state.questions] == [("Q3", "c"), ("Q2", "b")]

    def test_a_closed_one_does_not_come_back(self) -> None:
        state = after(
            SuggestQuestions(questions=(question("a"),)),
            CloseQuestion(id="Q1", as_state="asked"),
            SuggestQuestions(questions=(question("a"), question("b"))),
        )

        assert [q.gap for q in state.questions] == ["b"]
        assert [q.state for q in state.closed_questions] == [QuestionState.ASKED]

    def test_one_that_is_closed_keeps_the_last_utterance_heard_then(self) -> None:
        state = after(SuggestQuestions(questions=(question("a"), question("b"))))
        later = note(state, say("rep", "How would you measure that?")).state
        later = Step(later).propose([CloseQuestion(id="Q1", as_state="asked")], by="embedded").state

        assert [q.closed_at for q in later.closed_questions] == [len(CALL.utterances)]
        assert [q.closed_at for q in later.questions] == [None]

    def test_one_that_is_closed_after_the_call_was_ended_by_nobodys_words(self) -> None:
        state = replace(after(SuggestQuestions(questions=(question("a"),))), ended=True)
        state = Step(state).propose([CloseQuestion(id="Q1", as_state="answered")], by="embedded").state

        assert [(q.id, q.state, q.closed_at) for q in state.closed_questions] == [("Q1", QuestionState.ANSWERED, None)]

    def test_those_about_an_item_go_when_it_is_withdrawn(self) -> None:
        state = after(
            outcome(),
            SuggestQuestions(questions=(question("a", about="O1"), question("b"))),
            RetireItem(id="O1", reason="a slip of the tongue"),
            SuggestQuestions(questions=(question("c", about="O1"), question("b"))),
        )

        assert [q.gap for q in state.questions] == ["b"]
        assert [(q.gap, q.state) for q in state.closed_questions] == [("a", QuestionState.DISMISSED)]
