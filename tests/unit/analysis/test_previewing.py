"""What another playbook would make of a call that has taken place."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.analysis.hearing import Step, analyse
from copilot.analysis.previewing import CoverageChange, StageChange, Turn, difference
from copilot.domain.call import CallInfo
from copilot.domain.items import Evidence, Question
from copilot.domain.ops import AddOutcome, AnyOp, CoverStage, FlagPitfall, MarkStage, SuggestQuestions
from tests.builders import proposing, say

SAYINGS = (say("rep", "It has boards, charts and alerts."), say("customer", "We want to ship every four weeks."))
FEATURES = Evidence(utterance=0, quote="boards, charts and alerts")
WISH = Evidence(utterance=1, quote="ship every four weeks")
STAGES = ("positive_business_outcomes", "how_we_do_it")


def made_of(*by_utterance: Sequence[AnyOp]) -> Step:
    return analyse(CallInfo(id="call"), SAYINGS, proposing(*by_utterance), playbook="p/1")


def question(text: str) -> SuggestQuestions:
    suggested = Question(id="", stage="metrics", text=text, why="no baseline", gap="metric_without_baseline", after=0)
    return SuggestQuestions(questions=(suggested,))


def test_the_same_playbook_changes_nothing() -> None:
    step = made_of([FlagPitfall(kind="feature_dumping", evidence=(FEATURES,))], [question("How many?")])

    found = difference(step, step, STAGES)

    assert found.utterances == 2
    assert (found.stages, found.coverage, found.pitfalls, found.questions, found.items) == ((), (), (), (), ())


def test_an_utterance_about_something_else_is_named_with_both_stages() -> None:
    before = made_of([MarkStage(i=0, stage="other")])
    after = made_of([MarkStage(i=0, stage="how_we_do_it"), CoverStage(stage="how_we_do_it", coverage="thin")])

    found = difference(before, after, STAGES)

    assert found.stages == (StageChange(utterance=0, before="other", after="how_we_do_it"),)
    assert found.coverage == (CoverageChange(stage="how_we_do_it", before="untouched", after="thin"),)


def test_what_goes_stands_before_what_comes() -> None:
    before = made_of([FlagPitfall(kind="feature_dumping", evidence=(FEATURES,), fact="3 features")], [question("How?")])
    after = made_of([], [AddOutcome(text="Ship every four weeks", evidence=(WISH,)), question("How many?")])

    found = difference(before, after, STAGES)

    assert found.pitfalls == (Turn(turn="go", kind="feature_dumping", text="3 features", utterance=0),)
    assert [(turn.turn, turn.text, turn.utterance) for turn in found.questions] == [
        ("go", "How?", 1),
        ("come", "How many?", 1),
    ]
    assert found.items == (Turn(turn="come", kind="outcome", text="Ship every four weeks", utterance=1),)
