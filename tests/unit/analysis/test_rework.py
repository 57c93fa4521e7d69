from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.decisions import decide_item, judge_question
from copilot.analysis.hearing import Analyst, Step, analyse
from copilot.analysis.rework import rework
from copilot.domain.call import CallInfo, CallKind, Role
from copilot.domain.events import SpeakersChanged
from copilot.domain.items import ItemState, PitfallState, Question, QuestionState
from copilot.domain.ops import (
    AddCapability,
    AddMetric,
    AddOutcome,
    AnyOp,
    FlagPitfall,
    MarkStage,
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
