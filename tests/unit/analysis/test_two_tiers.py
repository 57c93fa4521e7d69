"""What the language model says stands beside what the first tier says, and neither undoes the other."""

from __future__ import annotations

from copilot.analysis.hearing import Step, note
from copilot.analysis.rework import rework
from copilot.domain.events import SpeakersChanged
from copilot.domain.items import Evidence, ItemState, Question
from copilot.domain.ops import (
    AddOutcome,
    CloseQuestion,
    ConfirmItem,
    FlagPitfall,
    MarkStage,
    SuggestQuestions,
    WriteProse,
)
from copilot.domain.prose import Sentence
from copilot.domain.state import CallState, apply
from tests.builders import ScriptedAnalyst, call_of, quoting, say

CALL = call_of(
    say("customer", "We want to release every four weeks"),
    say("rep", "Today it takes six weeks, you said"),
)


def question(gap: str, text: str = "How would you measure it?") -> Question:
    return Question(id="", stage="metrics", text=text, why="no measure yet", gap=gap, after=0)


def suggested(step: Step, *questions: Question, by_model: bool = False) -> Step:
    return step.propose([SuggestQuestions(questions=questions)], by="llm" if by_model else "embedded")


def later(step: Step, utterances: int) -> Step:
    for n in range(utterances):
        step = note(step.state, say("customer", f"And so on, {n}"))
    return step


class TestStages:
    def test_a_mark_that_the_model_put_right_is_not_revised_by_the_first_tier(self) -> None:
        step = Step(CALL).propose([MarkStage(i=0, stage="metrics")], by="embedded")
        step = step.propose([MarkStage(i=0, stage="after_scenario")], by="llm")
        step = step.propose([MarkStage(i=0, stage="metrics")], by="embedded")

        assert step.state.stage_of(0) == "after_scenario"

    def test_the_model_may_put_its_own_mark_right(self) -> None:
        step = Step(CALL).propose([MarkStage(i=0, stage="metrics"), MarkStage(i=0, stage="other")], by="llm")

        assert step.state.stage_of(0) == "other"

    def test_a_mark_of_an_utterance_that_there_is_not_is_dropped(self) -> None:
        state = Step(CALL).propose([MarkStage(i=7, stage="metrics")], by="llm").state

        assert (dict(state.marks), dict(state.dropped)) == ({}, {"unknown_item": 1})


class TestQuestions:
    def test_the_models_words_stay_while_the_first_tier_suggests_the_same_gap(self) -> None:
        step = suggested(Step(CALL), question("a"), question("b"))
        step = suggested(step, question("b", "Who counts the weeks at your place?"), by_model=True)
        step = suggested(later(step, 20), question("a"), question("b"))

        assert [(q.id, q.text) for q in step.state.questions] == [
            ("Q1", "How would you measure it?"),
            ("Q2", "Who counts the weeks at your place?"),
        ]

    def test_what_the_model_suggests_goes_before_what_stands(self) -> None:
        step = suggested(Step(CALL), question("a"), question("b"))
        step = suggested(step, question("c"), by_model=True)

        assert [q.gap for q in step.state.questions] == ["c", "a", "b"]

    def test_one_that_only_the_model_suggests_stands_while_it_is_fresh(self) -> None:
        step = suggested(Step(CALL), question("c"), by_model=True)

        soon = suggested(later(step, 7), question("a")).state
        late = suggested(later(step, 8), question("a")).state

        assert [q.gap for q in soon.questions] == ["c", "a"]
        assert [q.gap for q in late.questions] == ["a"]

    def test_one_that_was_closed_does_not_come_back_in_other_words(self) -> None:
        step = suggested(Step(CALL), question("a")).propose([CloseQuestion(id="Q1", as_state="asked")], by="embedded")
        step = suggested(step, question("a", "And how do you count?"), by_model=True)

        assert step.state.questions == ()


class TestWhenSidesChange:
    OPS = (
        AddOutcome(text="Release every four weeks", evidence=quoting(CALL, 0)),
        ConfirmItem(id="O1", evidence=quoting(CALL, 0)),
        FlagPitfall(kind="vague_outcome", evidence=quoting(CALL, 1)),
    )

    def reworked(self) -> CallState:
        found = Step(CALL).propose(self.OPS, by="llm").state
        return rework(apply(found, SpeakersChanged(by="person", swap=True)), ScriptedAnalyst()).state

    def test_what_the_model_found_stays_but_is_only_as_reliable_as_whoever_said_it(self) -> None:
        outcome = self.reworked().outcomes["O1"]

        assert (outcome.state, outcome.confirmed_by, outcome.found_by) == (ItemState.PROPOSED, None, "llm")

    def test_a_pitfall_of_what_was_the_other_side_is_withdrawn(self) -> None:
        assert not self.reworked().pitfalls["P1"].counts


class TestProse:
    def written(self, *sentences: Sentence) -> CallState:
        return Step(CALL).propose([WriteProse(purpose="summary_email", sentences=sentences)], by="llm").state

    def test_a_sentence_keeps_the_words_it_rests_on(self) -> None:
        said = Sentence(text="You want to release every four weeks.", evidence=(quoting(CALL, 0)))

        assert self.written(said).prose["summary_email"].sentences == (said,)

    def test_a_claim_without_ground_is_left_out_and_counted(self) -> None:
        said = Sentence(text="You want to release every four weeks.", evidence=quoting(CALL, 0))
        invented = Sentence(text="You signed.", evidence=(Evidence(utterance=0, quote="we signed the contract"),))
        state = self.written(said, invented, Sentence(text="You signed."))

        assert state.prose["summary_email"].sentences == (said,)
        assert state.dropped == {"ungrounded_sentence": 2}

    def test_a_number_that_its_evidence_does_not_hold_is_no_better(self) -> None:
        said = Sentence(text="You want to release every four weeks.", evidence=quoting(CALL, 0))
        swapped = Sentence(text="You want to release every three weeks.", evidence=quoting(CALL, 0))

        assert self.written(said, swapped).prose["summary_email"].sentences == (said,)

    def test_a_share_may_be_written_otherwise_than_it_was_said(self) -> None:
        call = call_of(say("customer", "A fifth of our releases come late"))
        said = Sentence(text="20 percent of your releases come late.", evidence=quoting(call, 0))
        state = Step(call).propose([WriteProse(purpose="summary_email", sentences=(said,))], by="llm").state

        assert state.prose["summary_email"].sentences == (said,)

    def test_a_text_without_a_sentence_left_is_none(self) -> None:
        state = self.written(Sentence(text="Thank you for your time today."))

        assert (dict(state.prose), dict(state.dropped)) == ({}, {"ungrounded": 1})

    def test_the_same_text_again_changes_nothing(self) -> None:
        said = Sentence(text="You want to release every four weeks.", evidence=quoting(CALL, 0))
        state = self.written(said)
        again = Step(state).propose([WriteProse(purpose="summary_email", sentences=(said,))], by="llm")

        assert again.events == ()
