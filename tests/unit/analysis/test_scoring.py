from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import pytest

from copilot.analysis.scoring import Counts, Evaluation, Share, Tally, as_json, as_text, score_call
from copilot.domain.labelled import AnalysedCall, LabelledCall, UnusableLabels, analysed_call, labelled_call

TEXTS = [
    "How do you release today?",
    "It takes six weeks, and we want it down to four.",
    "Priya reports that every month.",
    "Two-way sync with the tracker is a must.",
    "Let us show you the board.",
    "Right.",
]


def spoken(**labels: Any) -> dict[str, Any]:
    """A call of six utterances with these labels, as JSON has it."""
    utterances = [
        {"i": i, "speaker": "A", "role": "rep", "start_s": i * 600, "end_s": i * 600 + 600, "text": text}
        for i, text in enumerate(TEXTS)
    ]
    return {"call": {"id": "acme-1", "kind": "discovery"}, "utterances": utterances, "labels": labels}


def truth(**labels: Any) -> LabelledCall:
    return labelled_call(spoken(**labels))


def found(**labels: Any) -> AnalysedCall:
    return analysed_call(spoken(**labels))


def scored(*calls: tuple[LabelledCall, AnalysedCall]) -> Evaluation:
    return Evaluation(tuple(call for call, _ in calls), tuple(score_call(*pair) for pair in calls))


def item(text: str, at: int, **more: Any) -> dict[str, Any]:
    quote = {"utterance": at, "quote": TEXTS[at]}
    return {"text": text, "utterances": [at], "evidence": [quote], **more}


class TestLabelledCall:
    def test_names_what_is_wrong_first(self) -> None:
        with pytest.raises(UnusableLabels, match=r"^deal\.json is no labelled call: labels\.pitfalls\.0\.kind: "):
            labelled_call(spoken(pitfalls=[{"kind": "nonsense", "utterances": [1]}]), name="deal.json")

    def test_refuses_a_label_beyond_the_last_utterance(self) -> None:
        with pytest.raises(UnusableLabels, match="names utterance 6, and the last is 5"):
            truth(stages=[{"i": 6, "stage": "other"}])

    def test_refuses_a_tie_to_an_outcome_that_is_not_there(self) -> None:
        with pytest.raises(UnusableLabels, match="tied to O7"):
            truth(metrics=[{"id": "M1", "text": "time", "utterances": [1], "outcomes": ["O7"]}])

    def test_refuses_gaps_in_the_count(self) -> None:
        data = spoken()
        del data["utterances"][2]
        with pytest.raises(UnusableLabels, match="counts from 0 without gaps"):
            labelled_call(data)

    @pytest.mark.parametrize("data", [None, [], "text", {}, {"call": 1}])
    def test_refuses_anything_else_in_one_line(self, data: object) -> None:
        with pytest.raises(UnusableLabels) as refused:
            labelled_call(data)
        assert "\n" not in str(refused.value)


class TestStages:
    def test_a_prediction_that_may_stand_for_the_label_counts_as_the_label(self) -> None:
        tally = score_call(
            truth(stages=[{"i": 0, "stage": "metrics", "also": ["other"]}, {"i": 1, "stage": "metrics"}]),
            found(stages=[{"i": 0, "stage": "other"}, {"i": 1, "stage": "other"}]),
        )
        assert tally.stages == Counter({("metrics", "metrics"): 1, ("metrics", "other"): 1})
        assert tally.exact_stages == 0.5

    def test_macro_f1_weighs_every_stage_alike(self) -> None:
        tally = Tally(stages=Counter({("other", "other"): 8, ("metrics", "other"): 2, ("metrics", "metrics"): 2}))
        assert tally.stage_f1 == {"metrics": pytest.approx(2 / 3), "other": pytest.approx(8 / 9)}
        assert tally.stage_macro_f1 == pytest.approx((2 / 3 + 8 / 9) / 2)

    def test_an_utterance_left_unmarked_is_wrong(self) -> None:
        tally = score_call(truth(stages=[{"i": 0, "stage": "metrics"}]), found())
        assert (tally.exact_stages, tally.stage_f1) == (0.0, {"metrics": 0.0})


class TestItems:
    def test_a_pair_shares_words_and_lies_one_utterance_apart_at_most(self) -> None:
        tally = score_call(
            truth(outcomes=[item("Release every four weeks", 1), item("Fewer meetings", 1)]),
            found(outcomes=[item("Get the release down to four weeks", 2), item("Fewer meetings", 3)]),
        )
        assert tally.items["outcomes"] == Counts(labelled=2, predicted=2, matched=1)

    def test_the_best_overlap_is_paired_first(self) -> None:
        tally = score_call(
            truth(
                outcomes=[item("Faster release", 1, id="O1"), item("Faster release of the monthly report", 1, id="O2")]
            ),
            found(
                outcomes=[item("Monthly report", 1, id="O9"), item("Faster release", 1, id="O8")],
                capabilities=[item("Sync with the tracker", 3, outcomes=["O9"])],
            ),
        )
        assert tally.items["outcomes"] == Counts(labelled=2, predicted=2, matched=2)

    def test_one_label_is_found_once(self) -> None:
        tally = score_call(
            truth(next_steps=[item("Send the report", 2)]),
            found(next_steps=[item("Send the report", 2), item("Send report", 2)]),
        )
        assert tally.items["next_steps"].precision == 0.5
        assert tally.items["next_steps"].recall == 1.0

    def test_there_is_no_f1_of_nothing(self) -> None:
        assert score_call(truth(), found()).items["metrics"].f1 is None


class TestLinksAndFields:
    def test_a_tie_is_right_where_both_of_its_ends_are_paired(self) -> None:
        labels = {
            "outcomes": [item("Release every four weeks", 1, id="O1"), item("Fewer escalations", 2, id="O2")],
            "capabilities": [item("Two-way sync with the tracker", 3, id="C1", outcomes=["O1", "O2"])],
        }
        got = {
            "outcomes": [item("Release every four weeks", 1, id="O5")],
            "capabilities": [item("Two-way sync", 3, id="C3", outcomes=["O5"])],
        }
        tally = score_call(truth(**labels), found(**got))
        assert tally.links == Counts(labelled=2, predicted=1, matched=1)
        assert tally.links_between == Counts(labelled=1, predicted=1, matched=1)

    def test_a_tie_to_an_outcome_that_matches_no_label_is_wrong_and_is_none_between_matched(self) -> None:
        need = item("Two-way sync with the tracker", 3, id="C1", outcomes=["O1"])
        labels = {"outcomes": [item("Release every four weeks", 1, id="O1")], "capabilities": [need]}
        got = {"outcomes": [item("A dog at work", 2, id="O1")], "capabilities": [need]}
        tally = score_call(truth(**labels), found(**got))
        assert tally.links == Counts(labelled=1, predicted=1, matched=0)
        assert tally.links_between == Counts()

    def test_a_tie_to_the_wrong_matched_outcome_is_wrong_between_matched_too(self) -> None:
        both = [item("Release every four weeks", 1, id="O1"), item("Fewer escalations", 2, id="O2")]
        need = item("Two-way sync with the tracker", 3, id="C1", outcomes=["O1"])
        tally = score_call(
            truth(outcomes=both, capabilities=[need]), found(outcomes=both, capabilities=[{**need, "outcomes": ["O2"]}])
        )
        assert tally.links_between == Counts(labelled=1, predicted=1, matched=0)
        assert (tally + tally).links_between == Counts(labelled=2, predicted=2, matched=0)

    def test_fields_that_neither_side_fills_do_not_count(self) -> None:
        labels = {"metrics": [item("Time to release", 1, baseline="6 weeks", target="4 weeks", owner="Priya")]}
        got = {"metrics": [item("Time to release", 1, baseline="6 weeks", target="5 weeks", cadence="monthly")]}
        fields = score_call(truth(**labels), found(**got)).fields
        assert fields == {
            "baseline": Share(of=1, right=1),
            "target": Share(of=1, right=0),
            "owner": Share(of=1, right=0),
            "cadence": Share(of=1, right=0),
        }

    def test_values_are_the_same_however_they_are_spelled(self) -> None:
        labels = {"metrics": [item("Time to release", 1, baseline="six weeks")]}
        got = {"metrics": [item("Time to release", 1, baseline="6 Weeks")]}
        assert score_call(truth(**labels), found(**got)).all_fields == Share(of=1, right=1)

    def test_a_bare_figure_has_the_unit_of_the_other_side(self) -> None:
        labels = {"metrics": [item("Time to release", 1, baseline="six weeks", target="four")]}
        got = {"metrics": [item("Time to release", 1, baseline="six weeks", target="four weeks")]}
        assert score_call(truth(**labels), found(**got)).all_fields == Share(of=2, right=2)


class TestPitfalls:
    def test_are_found_within_two_utterances_and_by_kind(self) -> None:
        tally = score_call(
            truth(
                pitfalls=[{"kind": "feature_dumping", "utterances": [0]}, {"kind": "long_monologue", "utterances": [0]}]
            ),
            found(
                pitfalls=[
                    {"kind": "feature_dumping", "utterances": [2]},
                    {"kind": "stacked_questions", "utterances": [0]},
                ]
            ),
        )
        assert tally.all_pitfalls == Counts(labelled=2, predicted=2, matched=1)
        assert tally.pitfalls["long_monologue"] == Counts(labelled=1)

    def test_three_apart_is_another_one(self) -> None:
        tally = score_call(
            truth(pitfalls=[{"kind": "feature_dumping", "utterances": [0]}]),
            found(pitfalls=[{"kind": "feature_dumping", "utterances": [3]}]),
        )
        assert tally.all_pitfalls.matched == 0
        assert tally.false_pitfalls_per_hour == 1.0

    def test_those_of_calls_without_times_are_not_told_per_hour(self) -> None:
        wrong = found(pitfalls=[{"kind": "feature_dumping", "utterances": [3]}])
        untimed = spoken()
        for utterance in untimed["utterances"]:
            utterance.update(start_s=None, end_s=None)
        timed = score_call(truth(), wrong)
        tally = timed + score_call(labelled_call(untimed), wrong)

        assert tally.all_pitfalls.false == 2
        assert tally.false_pitfalls_per_hour == timed.false_pitfalls_per_hour == 1.0
        assert score_call(labelled_call(untimed), wrong).false_pitfalls_per_hour is None


class TestQuestions:
    MOMENT: ClassVar = {"after": 2, "stages": ["metrics"], "about": "baseline"}

    def suggested(self, after: int, *stages: str) -> dict[str, Any]:
        return {"after": after, "suggestions": [{"stage": stage, "text": "?", "why": ""} for stage in stages]}

    def test_what_stands_at_the_moment_counts(self) -> None:
        lists = [self.suggested(1, "metrics"), self.suggested(3, "other")]
        assert score_call(truth(questions=[self.MOMENT]), found(questions=lists)).questions == Share(of=1, right=1)

    def test_a_later_list_has_replaced_an_earlier_one(self) -> None:
        lists = [self.suggested(0, "metrics"), self.suggested(2, "other")]
        assert score_call(truth(questions=[self.MOMENT]), found(questions=lists)).questions == Share(of=1, right=0)

    def test_only_the_first_three_count(self) -> None:
        lists = [self.suggested(2, "other", "proof_points", "after_scenario", "metrics")]
        assert score_call(truth(questions=[self.MOMENT]), found(questions=lists)).questions.right == 0

    def test_nothing_suggested_is_nothing_right(self) -> None:
        assert score_call(truth(questions=[self.MOMENT]), found()).questions == Share(of=1, right=0)


class TestGrounding:
    def test_every_utterance_named_has_a_quote_that_stands_in_it(self) -> None:
        misquoted = {**item("Four weeks", 1), "evidence": [{"utterance": 1, "quote": "It takes ten weeks"}]}
        unquoted = {**item("Priya reports", 2), "utterances": [2, 3]}
        tally = score_call(truth(), found(outcomes=[item("Four weeks", 1), misquoted, unquoted]))
        assert tally.grounding == Share(of=3, right=1)

    def test_an_utterance_that_is_not_there_grounds_nothing(self) -> None:
        nowhere = {"text": "x", "utterances": [99], "evidence": [{"utterance": 99, "quote": "x"}]}
        assert score_call(truth(), found(metrics=[nowhere])).grounding == Share(of=1, right=0)


class TestManyCalls:
    def test_a_perfect_analysis_is_perfect(self) -> None:
        labels = {
            "stages": [{"i": 0, "stage": "before_scenario"}, {"i": 1, "stage": "metrics"}],
            "outcomes": [item("Release every four weeks", 1, id="O1")],
            "metrics": [item("Time to release", 1, id="M1", outcomes=["O1"], baseline="6 weeks")],
            "pitfalls": [
                {"kind": "stacked_questions", "utterances": [0], "evidence": [{"utterance": 0, "quote": "How"}]}
            ],
        }
        figures = as_json(scored((truth(**labels), found(**labels))))["all"]
        assert figures["stages"]["macro_f1"] == 1.0
        assert figures["outcomes"]["f1"] == figures["links"]["f1"] == figures["pitfalls"]["f1"] == 1.0
        assert figures["fields"]["right"]["share"] == figures["grounding"]["share"] == 1.0

    def test_counts_are_pooled_and_kept_apart_by_kind(self) -> None:
        qbr = spoken(pitfalls=[{"kind": "past_only", "utterances": [4]}])
        qbr["call"]["kind"] = "qbr"
        scores = scored((truth(), found()), (labelled_call(qbr), analysed_call(qbr))).by_kind
        assert list(scores) == ["all", "discovery", "qbr"]
        assert scores["all"].calls == 2
        assert scores["all"].all_pitfalls == scores["qbr"].all_pitfalls == Counts(1, 1, 1)

    def test_the_table_shows_a_dash_for_what_is_undefined(self) -> None:
        lines = as_text(scored((truth(), found()))).splitlines()
        assert lines[0].split()[:5] == ["figure", "all", "(1)", "discovery", "(1)"]
        assert next(line for line in lines if line.startswith("questions right")).split()[-1] == "–"
