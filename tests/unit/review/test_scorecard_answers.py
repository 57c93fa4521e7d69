from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from copilot.domain.call import Role
from copilot.domain.items import Evidence, PitfallState
from copilot.domain.scorecard_rubrics import Criterion, Span
from copilot.domain.talk import TalkStats
from copilot.review.scorecard.judging import span_share
from tests.unit.review.calls import (
    CYCLE,
    OUTCOME,
    REPORTS,
    keyed,
    marked,
    proposed,
    whole_call,
)
from tests.unit.review.scorecards import NO_DUMPING, answered, criterion, dumped, shown

CONFIRMED = {"look": "items", "items": "outcomes", "having": ["confirmed"]}
WISH = OUTCOME.model_copy(
    update={
        "text": "release sooner",
        "measurable": False,
        "evidence": (Evidence(utterance=4, quote="I want that down"),),
    }
)
RATIO = criterion(
    looked_at={"look": "talk", "stat": "talk_ratio"},
    type="number",
    span={"high": 0.6, "none_above": 0.9, "unit": "%"},
)


class TestAnswers:
    def test_one_quotes_its_moments_and_says_why(self) -> None:
        answer = answered(whole_call(), criterion())

        assert (answer.standing, answer.answer, answer.share, answer.points) == ("scored", "Met", 1.0, 2.0)
        assert (answer.means, answer.why) == ("Each has one.", "1 of 1 metrics with an owner")
        assert [(m.utterance, m.quote) for m in answer.moments] == [(4, CYCLE.evidence[0].quote)]

    def test_what_is_there_and_lacks_it_is_zero_with_its_moment(self) -> None:
        bare = CYCLE.model_copy(update={"owner": None})
        answer = answered(whole_call(metrics=keyed(bare)), criterion())

        assert (answer.standing, answer.answer, answer.share) == ("scored", "Not met", 0.0)
        assert answer.why == "0 of 1 metrics with an owner; not “release cycle”"
        assert answer.moments

    def test_what_is_not_there_is_not_observed_which_is_not_zero(self) -> None:
        answer = answered(whole_call(metrics=keyed()), criterion())

        assert (answer.standing, answer.answer, answer.share, answer.moments) == (
            "not_observed",
            "No moment found",
            None,
            (),
        )

    def test_what_cannot_be_asked_of_this_call_does_not_apply_which_is_neither(self) -> None:
        rule = {"items": "metrics", "otherwise": "No metric was agreed on."}
        answer = answered(whole_call(metrics=keyed()), criterion(applies=rule))

        assert (answer.standing, answer.answer, answer.why) == (
            "not_applicable",
            "Not applicable",
            "No metric was agreed on.",
        )

    def test_fewer_moments_than_it_needs_are_none(self) -> None:
        assert answered(whole_call(), criterion(evidence=2)).standing == "not_observed"

    def test_what_only_the_rep_said_does_not_count_but_a_promise_does(self) -> None:
        steps = {"look": "items", "items": "next_steps", "having": ["owner", "due"]}

        assert answered(whole_call(metrics=keyed(proposed(CYCLE))), criterion()).standing == "not_observed"
        assert answered(whole_call(next_steps=keyed(proposed(REPORTS))), criterion(looked_at=steps)).share == 1

    def test_a_stage_is_seen_in_the_customers_words(self) -> None:
        look = {"look": "stage", "stage": "before_scenario"}
        covered, thin, none = (
            answered(whole_call(coverage={"before_scenario": how}), criterion(looked_at=look))
            for how in ("covered", "thin", "untouched")
        )

        assert (covered.answer, thin.answer, none.standing) == ("Met", "Partly", "not_observed")
        assert covered.why == "spoken of in 1 moment, from the customer"
        assert thin.why == "spoken of in 1 moment, from the customer; too little to count as covered"
        assert [m.utterance for m in covered.moments] == [1]

    def test_a_stage_that_only_your_side_spoke_of_was_not_told_by_the_customer(self) -> None:
        marks = marked(["before_scenario", "other"])
        look = {"look": "stage", "stage": "before_scenario"}
        state = whole_call(coverage={"before_scenario": "covered"}, marks=marks)
        answer = answered(state, criterion(looked_at=look))

        assert (answer.standing, answer.why) == (
            "not_observed",
            "spoken of in 1 moment, none of it from the customer",
        )

    @pytest.mark.parametrize(
        ("known", "asked", "unsaid"),
        [
            (Role.REP, criterion(looked_at={"look": "stage", "stage": "before_scenario"}), "customer"),
            (Role.REP, RATIO, "customer"),
            (Role.REP, criterion(looked_at=CONFIRMED), "customer"),
            (Role.CUSTOMER, criterion(looked_at={"look": "asked", "stages": ["before_scenario"]}), "rep"),
            (Role.CUSTOMER, criterion(looked_at=NO_DUMPING, type="yes_no"), "rep"),
        ],
    )
    def test_what_hangs_on_a_side_is_not_observed_where_nobody_is_known_to_be_on_it(
        self, known: Role, asked: Criterion, unsaid: str
    ) -> None:
        state = shown(coverage={"before_scenario": "covered"}, talk=TalkStats(talk_ratio=1.0, rep_s=90.0))
        said = tuple(u if u.role is known else u.model_copy(update={"role": Role.UNKNOWN}) for u in state.utterances)
        answer = answered(replace(state, utterances=said), asked)

        assert (answer.standing, answer.why) == ("not_observed", f"it is not known who the {unsaid} is")

    def test_some_of_many_are_a_part(self) -> None:
        look = {"look": "items", "items": "capabilities", "having": ["outcome"]}
        answer = answered(whole_call(), criterion(looked_at=look))

        assert (answer.answer, answer.why) == (
            "Partly",
            "1 of 2 capabilities tied to an outcome; not “single sign-on”",
        )

    def test_a_figure_in_an_outcomes_words_is_no_measure_without_a_metric_tied_to_it(self) -> None:
        measured = criterion(looked_at={"look": "items", "items": "outcomes", "having": ["measured"]})

        assert OUTCOME.measurable
        assert answered(whole_call(), measured).answer == "Met"
        assert answered(whole_call(metrics=keyed()), measured).answer == "Not met"

    def test_a_metric_without_any_figure_measures_nothing(self) -> None:
        measured = criterion(looked_at={"look": "items", "items": "outcomes", "having": ["measured"]})
        bare = CYCLE.model_copy(update={"baseline": None, "target": None})
        unmeasured = answered(whole_call(metrics=keyed(bare), outcomes=keyed(WISH)), measured)

        assert unmeasured.answer == "Not met"
        assert unmeasured.why == "0 of 1 outcomes with a metric and a figure; not “release sooner”"
        for figured in (CYCLE.model_copy(update={"target": None}), CYCLE.model_copy(update={"baseline": None})):
            assert answered(whole_call(metrics=keyed(figured), outcomes=keyed(WISH)), measured).answer == "Met"
        told = WISH.model_copy(update={"text": "release within four weeks"})
        assert answered(whole_call(metrics=keyed(bare), outcomes=keyed(told)), measured).answer == "Met"

    @pytest.mark.parametrize(
        "figured",
        [
            {"evidence": (Evidence(utterance=4, quote="I want that down to four by the summer."),)},
            {"measurable": True},
        ],
        ids=["in the quote alone", "as the call is known to attach it"],
    )
    def test_a_figure_of_the_outcome_counts_with_a_metric_alone(self, figured: dict[str, Any]) -> None:
        measured = criterion(looked_at={"look": "items", "items": "outcomes", "having": ["measured"]})
        bare = CYCLE.model_copy(update={"baseline": None, "target": None})
        told = WISH.model_copy(update=figured)

        assert answered(whole_call(metrics=keyed(bare), outcomes=keyed(told)), measured).answer == "Met"
        assert answered(whole_call(metrics=keyed(), outcomes=keyed(told)), measured).answer == "Not met"

    def test_enough_of_many_are_all_that_is_asked(self) -> None:
        look = {"look": "items", "items": "capabilities", "having": ["outcome"], "at_least": 1}

        assert answered(whole_call(), criterion(looked_at=look)).answer == "Met"

    def test_a_question_is_found_where_the_rep_asked_it(self) -> None:
        state = replace(whole_call(), marks=marked(["before_scenario", "before_scenario", "metrics"]))
        look = {"look": "asked", "stages": ["before_scenario"]}

        answer = answered(state, criterion(looked_at=look, type="yes_no"))
        assert (answer.answer, [m.utterance for m in answer.moments]) == ("Yes", [0])
        none = answered(state, criterion(looked_at={"look": "asked", "stages": ["proof_points"]}, type="yes_no"))
        assert none.standing == "not_observed"

    def test_a_pitfall_that_happened_is_zero_where_it_happened(self) -> None:
        answer = answered(shown(pitfalls=dumped()), criterion(looked_at=NO_DUMPING, type="yes_no"))

        assert (answer.answer, answer.share, answer.why) == ("No", 0.0, "it happened once: 4 features")
        assert [m.utterance for m in answer.moments] == [5]

    @pytest.mark.parametrize("state", [PitfallState.WRONG, PitfallState.WITHDRAWN])
    def test_one_that_was_called_wrong_did_not(self, state: PitfallState) -> None:
        answer = answered(shown(pitfalls=dumped(state)), criterion(looked_at=NO_DUMPING, type="yes_no"))

        assert (answer.standing, answer.answer, answer.points) == ("scored", "Not seen in 1 moment", 2)
        assert answer.why == "looked for feature dumping in 1 moment in which it could have happened, and found none"
        assert [m.utterance for m in answer.moments] == [5]

    def test_nothing_is_avoided_where_there_was_no_chance_for_it(self) -> None:
        answer = answered(whole_call(), criterion(looked_at=NO_DUMPING, type="yes_no"))

        assert (answer.standing, answer.answer, answer.points) == ("not_observed", "No moment found", 0)
        assert answer.why == "looked for feature dumping; there was no moment in which it could have happened"

    def test_with_fewer_chances_than_it_needs_that_nothing_happened_tells_nothing(self) -> None:
        look = {**NO_DUMPING, "chance": {"role": "rep", "stages": ["how_we_do_it"], "at_least": 2}}
        once = answered(shown(), criterion(looked_at=look, type="yes_no"))
        happened = answered(shown(pitfalls=dumped()), criterion(looked_at=look, type="yes_no"))

        assert (once.standing, once.points) == ("not_observed", 0)
        assert once.why == (
            "looked for feature dumping; there was only 1 moment in which it could have happened, too little to tell"
        )
        assert happened.answer == "No"

    def test_a_number_has_full_marks_within_its_span(self) -> None:
        look = {"look": "count", "items": "outcomes"}
        span = {"none_below": 0, "low": 2, "high": 3, "none_above": 7, "unit": "outcomes"}
        answer = answered(whole_call(), criterion(looked_at=look, type="number", span=span))

        assert (answer.answer, answer.share, answer.why) == ("1 outcome", 0.5, "1 outcome was heard")
        both = answered(whole_call(), criterion(looked_at={**look, "items": "capabilities"}, type="number", span=span))
        assert both.why == "2 capabilities were heard"

    def test_a_talk_ratio_needs_enough_talk(self) -> None:
        look, span = {"look": "talk", "stat": "talk_ratio"}, {"high": 0.5, "none_above": 0.75, "unit": "%"}
        asked = criterion(looked_at=look, type="number", span=span)
        much = TalkStats(rep_s=60, customer_s=40, talk_ratio=0.6)
        little = TalkStats(rep_s=6, customer_s=4, talk_ratio=0.6)

        enough = answered(whole_call(talk=much), asked)
        assert enough.answer == "60%"
        assert enough.share == pytest.approx(0.6)
        assert answered(whole_call(talk=little), asked).standing == "not_observed"


class TestSpans:
    @pytest.mark.parametrize(
        ("value", "share"), [(-1, 0), (0, 0), (1, 0.5), (2, 1), (2.5, 1), (3, 1), (5, 0.5), (7, 0), (70, 0)]
    )
    def test_a_share_falls_in_proportion_on_either_side(self, value: float, share: float) -> None:
        span = Span(none_below=0, low=2, high=3, none_above=7, unit="outcomes")

        assert span_share(span, value) == pytest.approx(share)

    @pytest.mark.parametrize(
        "ends",
        [{}, {"low": 2}, {"high": 3}, {"high": 3, "none_above": 2}, {"none_below": 2, "low": 1}],
    )
    def test_one_that_cannot_be_meant(self, ends: dict[str, float]) -> None:
        with pytest.raises(ValueError, match="`low`"):
            Span(unit="outcomes", **ends)
