from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from copilot.analysis.hearing import Analyst, embedded_engine
from copilot.analysis.scoring import (
    Evaluation,
    Tally,
    agreement,
    agreement_as_text,
    as_json,
    as_markdown,
    as_text,
    evaluated,
)
from copilot.analysis.scoring.agreement import Agreement
from copilot.analysis.scoring.baselines import keywords, last_stage, majority
from copilot.analysis.scoring.figures import FIGURES, intervals
from copilot.analysis.scoring.tally import Bin
from copilot.analysis.scoring.variants import as_recognised, first_part, sides_swapped
from copilot.domain.call import Role
from copilot.domain.conversation import Cues, StageCues
from copilot.domain.labelled import LabelledCall, labelled_call
from copilot.domain.ops import AddOutcome, MarkStage, RetireItem
from copilot.domain.state import CallState
from tests.builders import ScriptedAnalyst, quoting
from tests.unit.analysis.books import playbook

STAGES = ["other", "metrics", "metrics", "other"]
TEXTS = ["Morning, everyone.", "It's six weeks; we want it to be four.", "Priya reports that.", "Bye!"]


def call(call_id: str = "acme", **labels: Any) -> LabelledCall:
    stages = [{"i": i, "stage": stage} for i, stage in enumerate(STAGES)]
    utterances = [
        {"i": i, "role": "customer", "start_s": i * 10, "end_s": i * 10 + 9, "text": text}
        for i, text in enumerate(TEXTS)
    ]
    participants = [{"name": "Luis", "role": "customer"}, {"name": "Dana", "role": "rep"}]
    return labelled_call(
        {
            "call": {"id": call_id, "kind": "discovery"},
            "participants": participants,
            "utterances": utterances,
            "labels": {"stages": stages, **labels},
        }
    )


def always(stage: str, *, confidence: float | None = None) -> Analyst:
    def mark(state: CallState, i: int) -> list[MarkStage]:
        return [MarkStage(i=i, stage=stage, confidence=confidence)]

    return ScriptedAnalyst(passes=[mark])


def listed(phrases: dict[str, list[str]]) -> dict[str, Cues]:
    return {stage: Cues(strong=tuple(found[:1]), weak=tuple(found[1:])) for stage, found in phrases.items()}


def score(*calls: LabelledCall, analyst: Analyst, whole: bool = False) -> Evaluation:
    engine = embedded_engine(analyst, playbook=playbook().version)
    return evaluated(calls, engine, playbook=playbook(), whole=whole)


class TestRunning:
    def test_scores_every_call_with_the_same_analyst(self) -> None:
        evaluation = score(call("a"), call("b"), analyst=always("metrics"))

        assert [tally.exact_stages for tally in evaluation.by_call] == [0.5, 0.5]
        assert evaluation.by_kind["discovery"].calls == 2

    def test_counts_what_was_shown_and_taken_back(self) -> None:
        def change_mind(state: CallState, i: int) -> list[AddOutcome | RetireItem]:
            if i == 1:
                return [AddOutcome(text="Four weeks", evidence=quoting(state, 1))]
            return [RetireItem(id="O1", reason="doubt")] if i == 2 else []

        (tally,) = score(call(), analyst=ScriptedAnalyst(passes=[change_mind])).by_call

        assert (tally.withdrawn.right, tally.withdrawn.of) == (1, 1)

    def test_whole_adds_parts_variants_and_baselines(self) -> None:
        evaluation = score(call(), analyst=always("other"), whole=True)

        shares = {part: tally.exact_stages for part, tally in evaluation.over_the_call.items()}
        assert shares == {"25%": 1.0, "50%": 0.5, "75%": pytest.approx(1 / 3), "100%": 0.5}
        assert list(evaluation.variants) == ["as recognised", "sides swapped"]
        assert list(evaluation.baselines) == ["majority", "keywords", "last stage"]


class TestConfidence:
    def test_a_prediction_as_sure_as_it_is_right_has_no_error(self) -> None:
        (tally,) = score(call(), analyst=always("metrics", confidence=0.5)).by_call

        assert tally.confidence == {"0.5": Bin(of=4, right=2, confidence=2.0)}
        assert tally.calibration_error == 0.0

    def test_one_that_is_too_sure_has(self) -> None:
        (tally,) = score(call(), analyst=always("metrics", confidence=1.0)).by_call

        assert tally.calibration_error == 0.5

    def test_without_confidence_there_is_nothing_to_say(self) -> None:
        (tally,) = score(call(), analyst=always("metrics")).by_call

        assert tally.calibration_error is None


class TestIntervals:
    def test_contain_the_figure_and_are_the_same_every_time(self) -> None:
        tallies = [Tally(calls=1, stages=Counter({("other", "other"): n, ("metrics", "other"): 3})) for n in (1, 5, 9)]
        low, high = intervals(tallies)["stages, exact"]

        assert low < 15 / 24 < high
        assert intervals(tallies)["stages, exact"] == (low, high)

    def test_of_equal_calls_have_no_width(self) -> None:
        tallies = [Tally(calls=1, stages=Counter({("other", "other"): 1, ("metrics", "other"): 1}))] * 4

        assert intervals(tallies)["stages, exact"] == (0.5, 0.5)

    def test_leave_out_what_is_undefined(self) -> None:
        assert "questions right" not in intervals([Tally(calls=1)])


class TestVariants:
    def test_the_first_part_has_only_the_labels_said_by_then(self) -> None:
        outcome = {"id": "O1", "text": "Four weeks", "utterances": [1, 3]}
        late = {"id": "O2", "text": "Later", "utterances": [3]}
        metric = {"id": "M1", "text": "Weeks", "utterances": [1], "outcomes": ["O1", "O2"]}
        half = first_part(call(outcomes=[outcome, late], metrics=[metric]), 0.5)

        assert len(half.utterances) == len(half.labels.stages) == 2
        assert [(o.id, o.utterances) for o in half.labels.outcomes] == [("O1", (1,))]
        assert half.labels.metrics[0].outcomes == ("O1",)

    def test_badly_recognised_is_lower_case_without_punctuation_and_never_empty(self) -> None:
        garbled = as_recognised(call())

        assert all(u.text and u.text == u.text.lower() for u in garbled.utterances)
        assert not any(mark in u.text for u in garbled.utterances for mark in ".,;!")
        assert garbled == as_recognised(call())

    def test_swapped_sides_are_swapped_in_utterances_and_participants(self) -> None:
        swapped = sides_swapped(call())

        assert {u.role for u in swapped.utterances} == {Role.REP}
        assert [p.role for p in swapped.participants] == [Role.REP, Role.CUSTOMER]
        assert sides_swapped(swapped) == call()


class TestBaselines:
    def test_the_commonest_stage_is_always_taken(self) -> None:
        assert majority([call()]).stages == Counter({("other", "metrics"): 2, ("metrics", "metrics"): 2})

    def test_the_last_stage_stays(self) -> None:
        assert last_stage([call()]).exact_stages == 0.5

    @pytest.mark.parametrize(
        ("stages", "customer", "rep", "second"),
        [
            ({"before_scenario": ["nine weeks"]}, {}, {}, "other"),
            ({"before_scenario": ["weeks"], "metrics": ["six weeks", "four"]}, {}, {}, "metrics"),
            ({"before_scenario": ["weeks"], "metrics": ["four"]}, {}, {}, "before_scenario"),
            ({"before_scenario": ["weeks"], "metrics": []}, {"metrics": ["six", "four"]}, {}, "metrics"),
            ({"before_scenario": ["weeks"], "metrics": []}, {}, {"metrics": ["six", "four"]}, "before_scenario"),
        ],
        ids=["none: other", "the most", "as many: the first", "this side's own", "not the other side's"],
    )
    def test_the_stage_is_taken_that_most_phrases_point_to(
        self, stages: dict[str, list[str]], customer: dict[str, list[str]], rep: dict[str, list[str]], second: str
    ) -> None:
        cues = StageCues(version=1, changed="-", stages=listed(stages), customer=listed(customer), rep=listed(rep))
        silent = ("other", "other")

        found = keywords([call()], cues).stages
        assert found == Counter([silent, ("metrics", second), ("metrics", "other"), silent])


class TestAgreement:
    def test_of_a_labeller_with_themselves_is_perfect(self) -> None:
        outcome = {"id": "O1", "text": "Four weeks", "utterances": [1]}
        agreed = agreement([call(outcomes=[outcome])], [call(outcomes=[outcome])])

        assert (agreed.kappa, agreed.tally.items["outcomes"].f1) == (1.0, 1.0)

    def test_takes_off_what_chance_would_give(self) -> None:
        """Of 100 both call 40 other and 30 metrics: 0.7 seen, 0.5 by chance."""
        stages = {
            ("other", "other"): 40,
            ("other", "metrics"): 20,
            ("metrics", "other"): 10,
            ("metrics", "metrics"): 30,
        }

        assert Agreement(stages, Tally()).kappa == pytest.approx((0.7 - 0.5) / (1 - 0.5))

    def test_counts_only_calls_that_both_have_labelled(self) -> None:
        assert agreement([call("a"), call("b")], [call("b"), call("c")]).tally.calls == 1

    def test_of_nothing_is_undefined(self) -> None:
        assert agreement([call("a")], []).kappa is None


class TestReport:
    def test_text_and_markdown_hold_the_same_tables(self) -> None:
        evaluation = score(call("a"), call("b"), analyst=always("metrics"), whole=True)
        *text, terms = as_text(evaluation).split("\n\n")
        markdown = as_markdown(evaluation)

        assert len(text) == len(markdown.split("\n\n")) == 6
        assert terms.startswith("what it means")
        assert "| stages, exact | 0.50 | 0.50 | 0.50 to 0.50 |" in markdown
        assert markdown.splitlines()[1] == "| --- | --- | --- | --- |"

    def test_text_says_what_every_figure_means(self) -> None:
        text = as_text(score(call(), analyst=always("metrics")))
        terms = [line.split("  ")[0] for line in text.split("what it means")[1].splitlines() if line]

        figures = [name for name in FIGURES if not any(term in name for term in terms)]
        assert figures == []
        assert all(len(line) <= 120 for line in text.splitlines())

    def test_text_of_an_agreement_says_what_kappa_is(self) -> None:
        text = " ".join(agreement_as_text(agreement([call()], [call()])).split())

        assert "stages, Cohen's κ 1.00" in text
        assert "Cohen's κ agreement beyond chance" in text

    def test_json_has_every_call_and_every_interval(self) -> None:
        figures = as_json(score(call("a"), call("b"), analyst=always("metrics")))

        assert list(figures["by_call"]) == ["a", "b"]
        assert figures["intervals_95"]["stages, exact"] == [0.5, 0.5]
        assert figures["all"]["stages"]["confusion"] == [["metrics", "metrics", 4], ["other", "metrics", 4]]
