from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.adapters.scorecards import KINDS
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence, ItemState
from copilot.domain.scorecards import Scorecard
from copilot.domain.state import CallState
from copilot.review.scorecard import NoScorecard, as_markdown, as_text, rubric_for, score_call
from tests.unit.review.calls import (
    CYCLE,
    OUTCOME,
    SIGN_ON,
    SYNC,
    keyed,
    saying,
    whole_call,
)
from tests.unit.review.scorecards import NO_DUMPING, RUBRICS, criterion, dumped, rubric, shown
from tests.unit.review.test_nothing_internal import calls


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
    1 · Luis: “count it by hand”
    Ask: Who owns “release cycle”?

S0 · 0 of 2
  ✗ owner (weight 2): Not met. 0 of 1 metrics with an owner; not “release cycle”.
      1 · Luis: “count it by hand”
  – away (weight 2): Not applicable. No proof was called for.

For coaching, not for employment decisions.
"""
