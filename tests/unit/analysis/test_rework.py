from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.decisions import decide_item, judge_question
from copilot.analysis.hearing import Analyst, Step, analyse
from copilot.analysis.rework import rework, rework_for_kind
from copilot.domain.call import CallInfo, CallKind, Role
from copilot.domain.events import DetailsChanged, SpeakersChanged
from copilot.domain.items import ItemState, PitfallState, Question, QuestionState
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddOutcome,
    AnyOp,
    ConfirmItem,
    EmptyField,
    FlagPitfall,
    MarkStage,
    RetireItem,
    SuggestQuestions,
    UpdateItem,
)
from copilot.domain.state import CallState, apply
from tests.builders import PLAYBOOK, noticing, quoting, say


def wants_of_customers(state: CallState, i: int) -> Sequence[AnyOp]:
    """A small analyst whose findings depend on the side of who speaks."""
    utterance = state.utterances[i]
    if utterance.role is Role.REP:
        return [
            MarkStage(i=i, stage="how_we_do_it"),
            FlagPitfall(kind="long_monologue", evidence=quoting(state, i)),
            AddCapability(text=utterance.text, evidence=quoting(state, i)),
        ]
    return [
        MarkStage(i=i, stage="metrics"),
        AddOutcome(text=utterance.text, evidence=quoting(state, i)),
    ]


ANALYST: Analyst = noticing(wants_of_customers)
SAID = [say("rep", "Our calendar syncs both ways"), say("customer", "We want releases every four weeks")]


def analysed() -> CallState:
    return analyse(CallInfo(id="call", kind=CallKind.DISCOVERY), SAID, ANALYST, playbook=PLAYBOOK).state


def swapped(state: CallState) -> CallState:
    return apply(state, SpeakersChanged(by="person", swap=True))


class TestRework:
    def test_changes_nothing_when_the_speakers_are_as_they_were(self) -> None:
        assert rework(analysed(), ANALYST).events == ()

    def test_gives_what_a_call_with_these_speakers_would_have_given(self) -> None:
        state = rework(swapped(analysed()), ANALYST).state
        other = [say("customer", SAID[0].text), say("rep", SAID[1].text)]
        fresh = analyse(CallInfo(id="call"), other, ANALYST, playbook=PLAYBOOK).state

        assert state.marks == fresh.marks
        assert [o.text for o in state.outcomes.values() if o.stands] == [o.text for o in fresh.outcomes.values()]
        assert [p.utterances for p in state.pitfalls.values() if p.state is PitfallState.OPEN] == [(1,)]

    def test_withdraws_what_is_no_longer_supported_and_says_why(self) -> None:
        outcome = rework(swapped(analysed()), ANALYST).state.outcomes["O1"]

        assert outcome.state is ItemState.WITHDRAWN
        assert outcome.reason == "its words no longer support it"

    def test_ends_the_questions_about_what_is_withdrawn(self) -> None:
        about = [("a", "O1"), ("b", "C1")]
        questions = tuple(
            Question(id="", stage="metrics", text=gap, why="", gap=gap, about=item, after=0) for gap, item in about
        )
        state = Step(analysed()).propose([SuggestQuestions(questions=questions)], by="embedded").state
        for event in judge_question(state, "Q1", "pin"):
            state = apply(state, event)
        state = rework(swapped(state), ANALYST).state

        assert state.questions == ()
        assert {(q.id, q.state) for q in state.closed_questions} == {
            ("Q1", QuestionState.DISMISSED),
            ("Q2", QuestionState.DISMISSED),
        }

    def test_keeps_what_a_person_has_settled(self) -> None:
        state = analysed()
        for event in decide_item(state, "O1", "confirm", {}):
            state = apply(state, event)

        assert rework(swapped(state), ANALYST).state.outcomes["O1"].state is ItemState.CONFIRMED

    def test_swapping_back_brings_everything_back(self) -> None:
        before = analysed()
        there = rework(swapped(before), ANALYST).state
        back = rework(swapped(there), ANALYST).state

        assert back.marks == before.marks
        assert {o.text for o in back.outcomes.values() if o.stands} == {o.text for o in before.outcomes.values()}

    def test_ids_that_were_given_stay_with_their_items(self) -> None:
        state = rework(swapped(analysed()), ANALYST).state

        assert state.outcomes["O1"].text == "We want releases every four weeks"
        assert state.outcomes["O2"].text == "Our calendar syncs both ways"

    def test_a_metric_keeps_the_history_of_what_a_person_typed_and_takes_the_rest_anew(self) -> None:
        def told(state: CallState, i: int) -> Sequence[AnyOp]:
            if i == 0:
                return [
                    AddMetric(text="Length of a release", evidence=quoting(state, 0), baseline="6 weeks", target="4")
                ]
            return [UpdateItem(id="M1", evidence=quoting(state, i), target="3")]

        said = [say("customer", "A release takes 6 weeks, and should take 4"), say("customer", "Or 3")]
        before = analyse(CallInfo(id="call"), said, noticing(told), playbook=PLAYBOOK).state
        for event in decide_item(before, "M1", "edit", {"baseline": "5 weeks"}):
            before = apply(before, event)
        item = rework(swapped(before), noticing(told)).state.metrics["M1"]

        assert (item.baseline, item.target) == ("5 weeks", "3")
        assert [(e.field, e.value, e.utterance) for e in item.earlier] == [
            ("baseline", "6 weeks", 0),
            ("target", "4", 0),
        ]

    def test_replaying_its_events_gives_its_state(self) -> None:
        begin = swapped(analysed())
        step: Step = rework(begin, ANALYST)
        state = begin
        for event in step.events:
            state = apply(state, event)

        assert state == step.state


def of_a_kind(state: CallState, i: int) -> Sequence[AnyOp]:
    """A small analyst for whom the rep's words are a pitfall and a question in a review alone."""
    if state.utterances[i].role is not Role.REP:
        return [
            MarkStage(i=i, stage="metrics"),
            AddOutcome(text="Releases every four weeks", evidence=quoting(state, i)),
            AddMetric(text="Length of a release", evidence=quoting(state, i), baseline="six weeks"),
        ]
    is_review = state.call is not None and state.call.kind is CallKind.QBR
    about = "C1" if i else None
    ask = Question(id="", stage="metrics", text="Which?", why="", gap="capability_without_phase", about="C1", after=i)
    return [
        AddCapability(text=state.utterances[i].text, evidence=quoting(state, i)),
        *([FlagPitfall(kind="long_monologue", evidence=quoting(state, i), about=about)] if is_review else ()),
        *([SuggestQuestions(questions=(ask,))] if is_review else ()),
    ]


class TestReworkForKind:
    said = (*SAID, say("rep", "Our calendar syncs both ways"))
    analyst = noticing(of_a_kind)

    def a_call(self) -> CallState:
        return analyse(CallInfo(id="call", kind=CallKind.OTHER), self.said, self.analyst, playbook=PLAYBOOK).state

    def as_a_review(self, state: CallState) -> CallState:
        event = DetailsChanged(by="person", title=None, kind=CallKind.QBR, account=None, held_on=None)
        return rework_for_kind(apply(state, event), self.analyst).state

    def corrected(self) -> CallState:
        """The model confirms an outcome, retires a capability and takes a baseline away."""
        ops: list[AnyOp] = [
            ConfirmItem(id="O1", evidence=quoting(self.a_call(), 1)),
            RetireItem(id="C1", reason="no need of theirs"),
            EmptyField(id="M1", field="baseline", evidence=quoting(self.a_call(), 1)),
        ]
        return Step(self.a_call()).propose(ops, by="llm").state

    def test_what_was_confirmed_and_corrected_stays(self) -> None:
        before = self.corrected()
        after = self.as_a_review(before)

        assert before.outcomes["O1"].confirmed_by == "customer"
        assert not before.capabilities["C1"].stands
        assert before.metrics["M1"].baseline is None
        assert (after.outcomes, after.capabilities, after.metrics) == (
            before.outcomes,
            before.capabilities,
            before.metrics,
        )

    def test_pitfalls_and_questions_are_looked_for_anew(self) -> None:
        after = self.as_a_review(self.a_call())

        assert [(p.kind, p.utterances) for p in after.pitfalls.values()] == [
            ("long_monologue", (0,)),
            ("long_monologue", (2,)),
        ]
        assert [q.about for q in after.questions] == ["C1"]

    def test_but_not_about_what_was_retired(self) -> None:
        after = self.as_a_review(self.corrected())

        assert [p.utterances for p in after.pitfalls.values()] == [(0,)]
        assert after.questions == ()

    def test_nor_about_a_gap_that_is_filled(self) -> None:
        state = self.a_call()
        for event in decide_item(state, "C1", "edit", {"phase": "1"}):
            state = apply(state, event)

        assert self.as_a_review(state).questions == ()
