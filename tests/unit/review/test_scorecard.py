from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.adapters.playbooks import load_playbook
from copilot.adapters.scorecards import KINDS, load_scorecards
from copilot.bundled import bundled
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence, ItemState, Pitfall, PitfallState
from copilot.domain.scorecard_rubrics import Criterion, ScorecardRubric, Section, Span
from copilot.domain.scorecards import Answer, Scorecard
from copilot.domain.state import CallState
from copilot.domain.talk import TalkStats
from copilot.review.scorecard import NoScorecard, as_markdown, as_text, rubric_for, score_call
from copilot.review.scorecard.judging import span_share
from tests.unit.review.calls import (
    CYCLE,
    OUTCOME,
    REPORTS,
    SIGN_ON,
    SYNC,
    keyed,
    marked,
    proposed,
    saying,
    whole_call,
)
from tests.unit.review.test_nothing_internal import calls

RUBRICS = load_scorecards(bundled("rubrics"), load_playbook(bundled("rubrics")))
LEVELS = [
    {"share": 0, "title": "Not met", "means": "None has one."},
    {"share": 0.5, "title": "Partly", "means": "Some have one."},
    {"share": 1, "title": "Met", "means": "Each has one."},
]
OWNED = {"look": "items", "items": "metrics", "having": ["owner"]}
NO_DUMPING = {
    "look": "avoided",
    "pitfalls": ["feature_dumping"],
    "chance": {"role": "rep", "stages": ["how_we_do_it"]},
}


def criterion(key: str = "owner", looked_at: dict[str, Any] | None = None, **fields: Any) -> Criterion:
    """A criterion, a scale unless it is said otherwise."""
    given = {"type": "scale", "levels": LEVELS, "weight": 2, "answered_by": looked_at or OWNED, **fields}
    if given["type"] != "scale":
        given["levels"] = []
    return Criterion.model_validate(
        {"id": key, "title": key, "question": "Is it?", "well": f"{key} well", "work_on": f"{key} not", **given}
        | {"ask": given.get("ask", ["Who owns “{item}”?", "Who owns it?"])}
    )


def rubric(*sections: tuple[Criterion, ...]) -> ScorecardRubric:
    return ScorecardRubric(
        version=3,
        changed="For a test.",
        kind=CallKind.DISCOVERY,
        title="Discovery",
        notice="For coaching, not for employment decisions.",
        sections=tuple(Section(id=f"s{n}", title=f"S{n}", criteria=c) for n, c in enumerate(sections)),
    )


def answered(state: CallState, one: Criterion) -> Answer:
    return score_call(state, rubric((one,))).answers[0]


def dumped(state: PitfallState = PitfallState.OPEN) -> dict[str, Pitfall]:
    said = Evidence(utterance=5, quote="You could also have our dashboards, they are lovely.")
    return {
        "P1": Pitfall(id="P1", kind="feature_dumping", state=state, evidence=(said,), fact="4 features", about="C1")
    }


def shown(**changes: Any) -> CallState:
    """The whole call, with the rep explaining the product at one moment."""
    state = whole_call(**changes)
    return replace(state, marks={**state.marks, 5: marked(["how_we_do_it"] * 6)[5]})


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

    def test_some_of_many_are_a_part(self) -> None:
        look = {"look": "items", "items": "capabilities", "having": ["outcome"]}
        answer = answered(whole_call(), criterion(looked_at=look))

        assert (answer.answer, answer.why) == (
            "Partly",
            "1 of 2 capabilities tied to an outcome; not “single sign-on”",
        )

    def test_a_figure_in_an_outcomes_words_is_no_measure_without_a_metric_tied_to_it(self) -> None:
        measured = criterion(looked_at={"look": "items", "items": "outcomes", "having": ["measurable"]})

        assert OUTCOME.measurable
        assert answered(whole_call(), measured).answer == "Met"
        assert answered(whole_call(metrics=keyed()), measured).answer == "Not met"

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

        assert (answer.answer, answer.why) == ("Yes", "not noticed; it could have happened in 1 moment, worth a check")

    def test_nothing_is_avoided_where_there_was_no_chance_for_it(self) -> None:
        assert answered(whole_call(), criterion(looked_at=NO_DUMPING, type="yes_no")).standing == "not_observed"

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


class TestTotals:
    def test_what_does_not_apply_is_left_out_of_the_possible(self) -> None:
        away = criterion("away", weight=5, applies={"stage": "proof_points", "otherwise": "No proof was called for."})
        card = score_call(whole_call(), rubric((criterion(), away)))

        assert (card.points, card.possible, card.score, card.not_applicable) == (2, 2, 1.0, 1)

    def test_what_was_not_observed_stays_in_it_and_the_score_says_how_far_it_might_go(self) -> None:
        unseen = criterion("unseen", {"look": "stage", "stage": "proof_points"}, weight=6)
        card = score_call(whole_call(), rubric((criterion(), unseen)))

        assert (card.points, card.possible, card.score, card.could_be, card.not_observed) == (2, 8, 0.25, 1.0, 1)

    def test_a_critical_one_that_is_not_met_takes_its_section_and_no_other(self) -> None:
        critical = criterion("critical", NO_DUMPING, type="yes_no", critical=True, weight=1)
        card = score_call(shown(pitfalls=dumped()), rubric((criterion(), critical), (criterion("other"),)))

        failed, other = card.sections
        assert (failed.points, failed.possible, failed.failed_by) == (0, 3, "critical")
        assert (other.points, other.failed_by) == (2, None)
        assert (card.points, card.possible) == (2, 5)

    def test_a_critical_one_that_was_not_observed_takes_nothing(self) -> None:
        critical = criterion("critical", NO_DUMPING, type="yes_no", critical=True, weight=1)
        card = score_call(whole_call(), rubric((criterion(), critical)))

        assert (card.sections[0].failed_by, card.points) == (None, 2)

    def test_where_nothing_applies_there_is_no_score(self) -> None:
        away = criterion(applies={"stage": "proof_points", "otherwise": "No proof was called for."})
        card = score_call(whole_call(), rubric((away,)))

        assert (card.score, card.could_be, card.possible) == (None, None, 0)
        assert "Nothing in this call can be scored." in as_text(card)

    def test_a_scorecard_names_its_rubric_and_keeps_what_was_asked(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))

        assert (card.rubric, card.playbook) == ("scorecards/discovery/3", "value_conversation/1")
        assert (card.answers[0].question, card.answers[0].by) == ("Is it?", "automatic")
        assert card.notice == "For coaching, not for employment decisions."

    def test_a_call_of_another_kind_has_none(self) -> None:
        with pytest.raises(NoScorecard, match="calls of the kind 'other' have no scorecard"):
            rubric_for(whole_call(CallKind.OTHER), RUBRICS)


class TestCoaching:
    def test_two_things_done_well_of_different_sections_each_with_a_moment(self) -> None:
        steps = criterion("steps", {"look": "items", "items": "next_steps", "having": ["owner"]}, weight=1)
        measured = criterion("measured", {"look": "items", "items": "outcomes", "having": ["measurable"]}, weight=3)
        card = score_call(whole_call(), rubric((measured, criterion()), (steps,)))

        assert [(p.text, p.moment.utterance) for p in card.coaching.well] == [("measured well", 4), ("steps well", 7)]
        assert card.coaching.work_on is None

    def test_one_to_work_on_is_what_cost_most_with_a_question_to_ask_there(self) -> None:
        bare = CYCLE.model_copy(update={"owner": None})
        tied = criterion("tied", {"look": "items", "items": "capabilities", "having": ["outcome"]}, weight=2)
        card = score_call(whole_call(metrics=keyed(bare)), rubric((criterion(), tied)))

        work = card.coaching.work_on
        assert work is not None
        assert (work.criterion, work.text, work.moment.utterance) == ("owner", "owner not", 4)
        assert work.better_question == "Who owns “release cycle”?"

    def test_a_critical_failure_comes_before_what_weighs_more(self) -> None:
        bare = CYCLE.model_copy(update={"owner": None})
        critical = criterion("critical", NO_DUMPING, type="yes_no", critical=True, weight=1)
        card = score_call(shown(metrics=keyed(bare), pitfalls=dumped()), rubric((criterion(),), (critical,)))

        work = card.coaching.work_on
        assert work is not None
        assert (work.criterion, work.moment.utterance) == ("critical", 5)
        assert work.better_question == "Who owns “two-way sync with the tracker”?"

    def test_what_was_never_seen_is_worked_on_at_the_customers_last_word_of_substance(self) -> None:
        unseen = criterion("unseen", {"look": "stage", "stage": "proof_points"})
        work = score_call(whole_call(), rubric((unseen,))).coaching.work_on

        assert work is not None
        assert (work.moment.utterance, work.better_question) == (4, "Who owns it?")

    def test_a_call_in_which_nothing_was_said_is_not_coached(self) -> None:
        coaching = score_call(CallState(), rubric((criterion(),))).coaching

        assert (coaching.well, coaching.work_on) == ((), None)


class TestBundledRubrics:
    @pytest.mark.parametrize("kind", KINDS)
    def test_weights_are_spread_and_critical_ones_are_few(self, kind: CallKind) -> None:
        criteria = RUBRICS[kind].criteria

        assert 10 <= len(criteria) <= 20
        assert max(c.weight for c in criteria) <= 0.15 * sum(c.weight for c in criteria)
        assert 1 <= sum(c.critical for c in criteria) <= 2
        assert {c.type for c in criteria} == {"yes_no", "scale", "number"}
        assert "not for employment decisions" in RUBRICS[kind].notice

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_better_question_can_be_said(self, kind: CallKind) -> None:
        for one in RUBRICS[kind].criteria:
            for ask in one.ask:
                assert len(ask.replace("{item}", "the time to release").split()) <= 17, ask
                assert ask.endswith("?"), ask

    def test_a_call_that_went_well_scores_high(self) -> None:
        covered = dict.fromkeys(("before_scenario", "negative_consequences", "metrics"), "covered")
        sure = OUTCOME.model_copy(update={"state": ItemState.CONFIRMED})
        also = sure.model_copy(update={"id": "O2", "text": "fewer missed launches", "priority": 2})
        state = whole_call(coverage=covered, outcomes=keyed(sure, also), capabilities=keyed(SYNC))
        card = score_call(state, RUBRICS[CallKind.DISCOVERY])

        assert card.score is not None
        assert card.score > 0.7
        assert all(answer.share != 0 for answer in card.answers if answer.critical)

    def test_capabilities_without_ties_or_phases_are_seen(self) -> None:
        loose = SIGN_ON.model_copy(update={"phase": None})
        card = score_call(whole_call(capabilities=keyed(loose)), RUBRICS[CallKind.DISCOVERY])

        found = {answer.criterion: answer.share for answer in card.answers}
        assert (found["mapped"], found["phased"]) == (0, 0)


def every_moment(card: Scorecard) -> list[tuple[int, str]]:
    praised = [praise.moment for praise in card.coaching.well]
    worked_on = [card.coaching.work_on.moment] if card.coaching.work_on else []
    of_answers = [moment for answer in card.answers for moment in answer.moments]
    return [(moment.utterance, moment.quote) for moment in (*of_answers, *praised, *worked_on)]


@given(calls(), st.sampled_from(KINDS))
@settings(max_examples=100, deadline=None)
def test_the_sums_come_out_and_no_score_is_without_a_moment(call: CallState, kind: CallKind) -> None:
    card = score_call(call, RUBRICS[kind])

    assert all(bool(answer.moments) == (answer.standing == "scored") for answer in card.answers)
    assert all((answer.share is not None) == (answer.standing == "scored") for answer in card.answers)
    assert all(quote in call.utterances[i].text for i, quote in every_moment(card))
    standing = [s for s in card.sections if s.failed_by is None]
    points = sum(a.weight * (a.share or 0) for s in standing for a in s.answers)
    possible = sum(a.weight for a in card.answers if a.standing != "not_applicable")
    assert card.points == pytest.approx(points)
    assert card.possible == pytest.approx(possible)
    if card.score is not None and card.could_be is not None:
        assert 0 <= card.score <= card.could_be <= 1
    assert card.notice in as_text(card)
    assert card.notice in as_markdown(card)


def test_a_scorecard_as_text() -> None:
    bare = CYCLE.model_copy(update={"owner": None})
    away = criterion("away", applies={"stage": "proof_points", "otherwise": "No proof was called for."})
    state = saying(("customer", "We count it by hand."), metrics=keyed(bare.model_copy(update={"evidence": EVIDENCE})))

    assert as_text(score_call(state, rubric((criterion(), away)))) == CARD


EVIDENCE = (Evidence(utterance=0, quote="count it by hand"),)
CARD = """\
Discovery · scorecards/discovery/3
0 of 2 points, 0%; 1 does not apply.

→ owner not
    0 · Luis: “count it by hand”
    Ask: Who owns “release cycle”?

S0 · 0 of 2
  ✗ owner (weight 2): Not met. 0 of 1 metrics with an owner; not “release cycle”.
      0 · Luis: “count it by hand”
  – away (weight 2): Not applicable. No proof was called for.

For coaching, not for employment decisions.
"""
