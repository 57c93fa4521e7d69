from __future__ import annotations

from typing import Literal

import pytest

from copilot.analysis.decisions import (
    QuestionGone,
    UnknownItem,
    UnusableEdit,
    change_speakers,
    decide_item,
    judge_pitfall,
    judge_question,
    mark_moment,
)
from copilot.analysis.hearing import Step
from copilot.analysis.summary import figures
from copilot.domain.call import Role
from copilot.domain.events import Event
from copilot.domain.items import ItemState, PitfallState, Question, QuestionState
from copilot.domain.ops import AddMetric, AddOutcome, FlagPitfall, RetireItem, SuggestQuestions, UpdateItem
from copilot.domain.state import CallState, apply
from tests.builders import call_of, quoting, say

SAID = call_of(
    say("customer", "We want to release every four weeks"), say("customer", "Six weeks is what it takes today")
)
ITEMS = (
    AddOutcome(text="Release every four weeks", evidence=quoting(SAID, 0)),
    AddMetric(text="Length of a release", evidence=quoting(SAID, 1), baseline="six weeks", outcomes=("O1",)),
)
CALL = (
    Step(SAID)
    .propose(
        [
            *ITEMS,
            FlagPitfall(kind="vague_outcome", evidence=quoting(SAID, 0)),
            SuggestQuestions(
                questions=tuple(Question(id="", stage="metrics", text=t, why="", gap=t, after=0) for t in "ab")
            ),
        ],
        by="embedded",
    )
    .state
)


def with_events(state: CallState, events: list[Event]) -> CallState:
    for event in events:
        assert event.by == "person"
        state = apply(state, event)
    return state


class TestDecidingAboutItems:
    def test_confirming_says_that_a_person_did(self) -> None:
        item = with_events(CALL, decide_item(CALL, "O1", "confirm", {})).outcomes["O1"]

        assert (item.state, item.confirmed_by) == (ItemState.CONFIRMED, "person")

    def test_deciding_the_same_again_is_no_event(self) -> None:
        state = with_events(CALL, decide_item(CALL, "O1", "reject", {}))

        assert decide_item(state, "O1", "reject", {}) == []

    def test_what_was_rejected_does_not_come_back_when_it_is_said_again(self) -> None:
        state = with_events(CALL, decide_item(CALL, "O1", "reject", {}))
        again = AddOutcome(text="Release every four weeks", evidence=quoting(SAID, 0))

        assert Step(state).propose([again], by="llm").events == ()

    def test_rejecting_ends_the_questions_about_it_pinned_or_not(self) -> None:
        about_both = tuple(
            Question(id="", stage="metrics", text=gap, why="", gap=gap, about=about, after=0)
            for gap, about in [("a", "O1"), ("b", "O1"), ("c", "M1")]
        )
        state = Step(SAID).propose([*ITEMS, SuggestQuestions(questions=about_both)], by="embedded").state
        state = with_events(state, judge_question(state, "Q1", "pin"))
        state = with_events(state, decide_item(state, "O1", "reject", {}))

        assert [q.id for q in state.questions] == ["Q3"]
        assert [(q.id, q.state, q.closed_at) for q in state.closed_questions] == [
            ("Q1", QuestionState.DISMISSED, 1),
            ("Q2", QuestionState.DISMISSED, 1),
        ]

    def test_restoring_brings_it_back_and_keeps_it(self) -> None:
        state = with_events(CALL, decide_item(CALL, "O1", "reject", {}))
        state = with_events(state, decide_item(state, "O1", "edit", {}))
        state = Step(state).propose([RetireItem(id="O1", reason="doubt")], by="embedded").state

        assert state.outcomes["O1"].state is ItemState.HEARD

    def test_an_edited_field_stays_and_what_is_heard_waits_beside_it(self) -> None:
        state = with_events(CALL, decide_item(CALL, "M1", "edit", {"baseline": "seven weeks"}))
        update = UpdateItem(id="M1", baseline="five weeks", owner="Priya", evidence=quoting(SAID, 1))
        item = Step(state).propose([update, update], by="embedded").state.metrics["M1"]

        assert (item.baseline, item.owner) == ("seven weeks", "Priya")
        assert [(a.field, a.value) for a in item.also_heard] == [("baseline", "five weeks")]

    def test_taking_what_was_heard_clears_it_away(self) -> None:
        state = with_events(CALL, decide_item(CALL, "M1", "edit", {"baseline": "seven weeks"}))
        state = Step(state).propose([UpdateItem(id="M1", baseline="five weeks")], by="embedded").state
        item = with_events(state, decide_item(state, "M1", "edit", {"baseline": "five weeks"})).metrics["M1"]

        assert (item.baseline, item.also_heard) == ("five weeks", ())

    def test_an_item_with_another_text_is_still_recognised_by_the_old_one(self) -> None:
        state = with_events(CALL, decide_item(CALL, "O1", "edit", {"text": "Monthly shipping"}))
        again = AddOutcome(text="Release every four weeks", evidence=quoting(SAID, 0))

        assert list(Step(state).propose([again], by="embedded").state.outcomes) == ["O1"]

    def test_the_figure_before_an_edit_is_kept_and_what_is_typed_was_said_nowhere(self) -> None:
        state = with_events(CALL, decide_item(CALL, "M1", "edit", {"baseline": "5 weeks"}))
        state = with_events(state, decide_item(state, "M1", "edit", {"baseline": "7 weeks", "owner": "Priya"}))

        item = state.metrics["M1"]
        assert item.baseline == "7 weeks"
        assert [(e.value, e.utterance) for e in item.earlier] == [("six weeks", 1), ("5 weeks", None)]

    def test_a_field_can_be_emptied(self) -> None:
        assert with_events(CALL, decide_item(CALL, "M1", "edit", {"baseline": None})).metrics["M1"].baseline is None

    @pytest.mark.parametrize(
        "fields",
        [
            {"colour": "red"},
            {"state": "confirmed"},
            {"kind": "sideways"},
            {"text": ""},
            {"outcomes": 5},
            {"outcomes": [{}]},
        ],
    )
    def test_refuses_fields_and_values_that_an_item_cannot_have(self, fields: dict[str, object]) -> None:
        with pytest.raises(UnusableEdit):
            decide_item(CALL, "M1", "edit", fields)

    def test_refuses_links_to_outcomes_that_are_not_there(self) -> None:
        with pytest.raises(UnknownItem):
            decide_item(CALL, "M1", "edit", {"outcomes": ["O1", "O5"]})

    def test_refuses_an_item_that_is_not_there(self) -> None:
        with pytest.raises(UnknownItem, match="O9"):
            decide_item(CALL, "O9", "confirm", {})


class TestJudgingQuestions:
    def test_pinning_puts_it_in_front_and_pinning_again_lets_it_go(self) -> None:
        pinned = with_events(CALL, judge_question(CALL, "Q2", "pin"))
        let_go = with_events(pinned, judge_question(pinned, "Q2", "pin"))

        assert [(q.id, q.state) for q in pinned.questions] == [("Q2", QuestionState.PINNED), ("Q1", QuestionState.OPEN)]
        assert all(q.state is QuestionState.OPEN for q in let_go.questions)

    def test_asking_and_dismissing_close_it(self) -> None:
        state = with_events(CALL, judge_question(CALL, "Q1", "asked"))
        state = with_events(state, judge_question(state, "Q2", "dismiss"))

        assert [q.state for q in state.closed_questions] == [QuestionState.ASKED, QuestionState.DISMISSED]
        assert judge_question(state, "Q1", "asked") == []

    def test_tells_one_that_has_made_way_for_another_from_one_that_never_was(self) -> None:
        other = Question(id="", stage="metrics", text="c", why="", gap="c", after=1)
        state = Step(CALL).propose([SuggestQuestions(questions=(other,))], by="embedded").state
        with pytest.raises(QuestionGone, match="Q1"):
            judge_question(state, "Q1", "asked")
        with pytest.raises(UnknownItem, match="no item 'Q9'"):
            judge_question(state, "Q9", "asked")


class TestJudgingPitfalls:
    def test_a_wrong_one_stays_wrong_when_it_is_seen_again(self) -> None:
        state = with_events(CALL, judge_pitfall(CALL, "P1", "wrong"))
        again = FlagPitfall(kind="vague_outcome", evidence=quoting(SAID, 0), fact="again")

        assert Step(state).propose([again], by="embedded").events == ()
        assert state.pitfalls["P1"].state is PitfallState.WRONG


class TestChangingSpeakers:
    def test_refuses_somebody_who_is_not_on_the_call(self) -> None:
        with pytest.raises(UnknownItem, match="Nobody"):
            change_speakers(CALL, speaker="Nobody", name="Luis")

    def test_naming_the_rep_leaves_the_others_who_are_named_to_the_customer(self) -> None:
        talk = [say("unknown", "These are words.", id=f"u{n}") for n in range(4)]
        names = ("Maya", "Tom", "Ana", None)
        unsaid = call_of(*(t.model_copy(update={"speaker": who}) for t, who in zip(talk, names, strict=True)))
        state = with_events(unsaid, change_speakers(unsaid, speaker="Maya", role=Role.REP))
        of_two = with_events(state, change_speakers(state, speaker="Ana", role=Role.REP))

        assert [u.role for u in state.utterances] == [Role.REP, Role.CUSTOMER, Role.CUSTOMER, Role.UNKNOWN]
        assert [u.role for u in of_two.utterances] == [Role.REP, Role.CUSTOMER, Role.REP, Role.UNKNOWN]


class TestMarkingMoments:
    def test_marks_where_the_talk_is_and_takes_a_note_there_later(self) -> None:
        marked = with_events(CALL, mark_moment(CALL, "a"))
        noted = with_events(marked, mark_moment(marked, "a", i=0, text="Call Priya"))

        assert (marked.moments["a"].i, marked.moments["a"].text) == (1, "")
        assert (noted.moments["a"].i, noted.moments["a"].text) == (1, "Call Priya")

    def test_before_the_first_words_it_is_tied_to_none(self) -> None:
        assert with_events(CallState(), mark_moment(CallState(), "a")).moments["a"].i is None

    def test_the_same_again_is_no_event(self) -> None:
        marked = with_events(CALL, mark_moment(CALL, "a", i=0, text="Call Priya"))

        assert mark_moment(marked, "a", i=0, text="Call Priya") == []

    def test_what_was_taken_back_can_be_brought_back_in_its_place(self) -> None:
        marked = with_events(CALL, mark_moment(CALL, "a", i=0, text="Call Priya"))
        taken = with_events(marked, mark_moment(marked, "a", text="Call Priya", removed=True))
        back = with_events(taken, mark_moment(taken, "a", text="Call Priya"))

        assert taken.moments["a"].removed
        assert back.moments == marked.moments

    def test_refuses_a_moment_that_has_not_come(self) -> None:
        with pytest.raises(UnknownItem, match="u3"):
            mark_moment(CALL, "a", i=2)


class TestCounting:
    @pytest.mark.parametrize(("verdict", "counted"), [("dismiss", 1), ("wrong", 0)])
    def test_closing_a_notice_does_not_undo_a_pitfall_but_calling_it_wrong_does(
        self, verdict: Literal["dismiss", "wrong"], counted: int
    ) -> None:
        assert figures(with_events(CALL, judge_pitfall(CALL, "P1", verdict))).pitfalls == counted
