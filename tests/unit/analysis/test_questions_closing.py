from __future__ import annotations

import pytest

from copilot.domain.gap_questions import Gap
from copilot.domain.items import QuestionState
from copilot.domain.ops import AnyOp, ConfirmItem, RetireItem, UpdateItem
from copilot.domain.state import CallState
from tests.unit.analysis.dialogues import (
    BEFORE,
    CAPABILITIES,
    METRICS,
    NEGATIVE,
    OTHER,
    OUTCOMES,
    Dialogue,
    asked_about,
    capability,
    metric,
    next_step,
    outcome,
)

WISH = "customer: We want fewer spoiled harvests in the glasshouses."
FEWER = outcome("Fewer spoiled harvests in the glasshouses", 0, "fewer spoiled harvests in the glasshouses")
SHARE = "customer: The share of spoiled harvests is what we look at."


def closed_as(state: CallState, gap: Gap) -> list[QuestionState]:
    return [question.state for question in state.closed_questions if question.gap == gap]


def still_stands(state: CallState, gap: Gap) -> bool:
    return any(question.gap == gap for question in state.questions)


def after(first: str, stage: str, noted: list[AnyOp], *more: str, about: dict[int, str] | None = None) -> CallState:
    return asked_about(Dialogue([first, *more], {0: stage, **(about or {})}, {0: noted}))


class TestAsked:
    @pytest.mark.parametrize(
        "said",
        [
            "How would you measure fewer spoiled harvests?",
            "So which figure shows you that the harvests are spoiled less?",
            "How would you know that it has got better?",
            "And how would we measure that?",
            "Which yardstick would you use for it?",
        ],
    )
    def test_in_other_words_about_the_same_thing(self, said: str) -> None:
        state = after(WISH, OUTCOMES, [FEWER], f"rep: {said}")
        assert closed_as(state, Gap.OUTCOME_WITHOUT_METRIC) == [QuestionState.ASKED]

    @pytest.mark.parametrize(
        "said",
        [
            "How many gardeners work for you?",
            "Who looks after the pumps?",
            "Do you grow tomatoes as well?",
            "Do the harvests get spoiled in the glasshouses alone?",
            "I would measure fewer spoiled harvests by the crate.",
        ],
    )
    def test_is_not_what_asks_about_something_else_or_nothing(self, said: str) -> None:
        state = after(WISH, OUTCOMES, [FEWER], f"rep: {said}")
        assert closed_as(state, Gap.OUTCOME_WITHOUT_METRIC) == []
        assert still_stands(state, Gap.OUTCOME_WITHOUT_METRIC)

    def test_in_a_few_words_that_lean_on_what_was_just_said(self) -> None:
        state = after(WISH, OUTCOMES, [FEWER], "rep: What gets in the way?")
        assert closed_as(state, Gap.OUTCOME_WITHOUT_CAPABILITY) == [QuestionState.ASKED]

    def test_is_not_what_the_customer_asks(self) -> None:
        state = after(WISH, OUTCOMES, [FEWER], "customer: How would you measure fewer spoiled harvests?")
        assert closed_as(state, Gap.OUTCOME_WITHOUT_METRIC) == []

    def test_does_not_come_back_where_no_answer_came(self) -> None:
        state = after(
            WISH,
            OUTCOMES,
            [FEWER],
            "rep: How would you measure fewer spoiled harvests?",
            "customer: Let me think about that, it is a difficult thing to say.",
            "customer: We lost two harvests to the frost, and one to the mites.",
            about={1: METRICS, 2: OTHER, 3: NEGATIVE},
        )
        assert not still_stands(state, Gap.OUTCOME_WITHOUT_METRIC)

    @pytest.mark.parametrize(
        ("gap", "stage", "noted", "said"),
        [
            (
                Gap.METRIC_WITHOUT_BASELINE,
                METRICS,
                metric("Share of spoiled harvests", 0, "share of spoiled harvests", target="two percent"),
                "Where is the share of spoiled harvests today?",
            ),
            (
                Gap.METRIC_WITHOUT_TARGET,
                METRICS,
                metric("Share of spoiled harvests", 0, "share of spoiled harvests", baseline="nine percent"),
                "And what should it be by next summer?",
            ),
            (
                Gap.METRIC_WITHOUT_OWNER,
                METRICS,
                metric("Share of spoiled harvests", 0, "share of spoiled harvests", baseline="nine", target="two"),
                "Who counts that?",
            ),
            (
                Gap.CAPABILITY_WITHOUT_OUTCOME,
                CAPABILITIES,
                capability("Share of spoiled crates on a screen", 0, "share of spoiled harvests"),
                "What would that bring you?",
            ),
        ],
    )
    def test_by_what_is_missing_of_it(self, gap: Gap, stage: str, noted: AnyOp, said: str) -> None:
        state = after(SHARE, stage, [noted], f"rep: {said}")
        assert closed_as(state, gap) == [QuestionState.ASKED]

    def test_a_stage_by_any_question_about_it(self) -> None:
        hello = Dialogue(["rep: Hello.", "rep: Tell me, who waters the beds?"], {0: OTHER, 1: BEFORE})
        state = asked_about(hello)
        closed = next(q for q in state.closed_questions if q.stage == BEFORE)
        assert closed.state is QuestionState.ASKED

    def test_the_date_of_a_next_step(self) -> None:
        steps: list[AnyOp] = [
            next_step("Send the seed list", 0, "the seed list", owner="Ada"),
            next_step("Visit the east house", 0, "a visit to the east house", owner="Ben", due="in May"),
        ]
        line = "customer: So the seed list, and a visit to the east house."
        told = "rep: When can you send the seed list?"
        state = asked_about(Dialogue([line, told], {0: OTHER, 1: OTHER}, {0: steps}), "other")
        assert closed_as(state, Gap.NEXT_STEP_WITHOUT_DATE) == [QuestionState.ASKED]


class TestAnswered:
    def test_by_what_completes_the_item(self) -> None:
        line = "customer: The share of spoiled harvests should go to two percent."
        noted: dict[int, list[AnyOp]] = {
            0: [metric("Share of spoiled harvests", 0, "share of spoiled harvests", target="two percent")],
            1: [UpdateItem(id="M1", baseline="nine percent")],
        }
        dialogue = Dialogue([line, "customer: It is nine percent today."], {0: METRICS, 1: METRICS}, noted)
        assert closed_as(asked_about(dialogue), Gap.METRIC_WITHOUT_BASELINE) == [QuestionState.ANSWERED]

    def test_by_a_metric_that_is_tied_to_the_outcome(self) -> None:
        noted: dict[int, list[AnyOp]] = {0: [FEWER], 1: [metric("Crates thrown away", 1, "the crates", "O1")]}
        dialogue = Dialogue([WISH, "customer: We count the crates."], {0: OUTCOMES, 1: METRICS}, noted)
        assert closed_as(asked_about(dialogue), Gap.OUTCOME_WITHOUT_METRIC) == [QuestionState.ANSWERED]

    def test_by_the_size_of_a_pain(self) -> None:
        lines = ["customer: The mites spoil whole harvests here.", "customer: It costs us 40,000 euros."]
        state = asked_about(Dialogue(lines, {0: NEGATIVE, 1: NEGATIVE}))
        assert closed_as(state, Gap.PAIN_WITHOUT_SCALE) == [QuestionState.ANSWERED]

    def test_by_the_stage_that_was_opened(self) -> None:
        lines = ["rep: Hello.", "customer: We water the beds by hand, in the order of the doors."]
        state = asked_about(Dialogue(lines, {0: OTHER, 1: BEFORE}))
        assert QuestionState.ANSWERED in {q.state for q in state.closed_questions if q.stage == BEFORE}

    def test_is_not_what_was_set_aside(self) -> None:
        noted: dict[int, list[AnyOp]] = {0: [FEWER], 1: [RetireItem(id="O1", reason="a slip of the tongue")]}
        dialogue = Dialogue([WISH, "customer: No, forget that, it was another farm."], {0: OUTCOMES, 1: OTHER}, noted)
        state = asked_about(dialogue)
        assert closed_as(state, Gap.OUTCOME_WITHOUT_METRIC) == [QuestionState.DISMISSED]

    def test_is_not_a_mere_yes(self) -> None:
        agreed = ConfirmItem.model_validate({"id": "O1", "evidence": [{"utterance": 1, "quote": "Yes, exactly."}]})
        dialogue = Dialogue([WISH, "customer: Yes, exactly."], {0: OUTCOMES, 1: OUTCOMES}, {0: [FEWER], 1: [agreed]})
        assert still_stands(asked_about(dialogue), Gap.OUTCOME_WITHOUT_METRIC)
