from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copilot.domain.items import Evidence
from copilot.domain.prose import Prose, Sentence
from copilot.domain.scorecards import Override
from copilot.domain.state import CallState
from copilot.domain.talk import TalkStats
from copilot.review.scorecard import as_markdown, as_text, score_call
from copilot.review.scorecard.keeping import overridden
from tests.unit.review.calls import (
    CYCLE,
    keyed,
    marked,
    whole_call,
)
from tests.unit.review.scorecards import NO_DUMPING, criterion, dumped, rubric, shown


class TestCoaching:
    def test_two_things_done_well_of_different_sections_each_with_a_moment(self) -> None:
        steps = criterion("steps", {"look": "items", "items": "next_steps", "having": ["owner"]}, weight=1)
        measured = criterion("measured", {"look": "items", "items": "outcomes", "having": ["measured"]}, weight=3)
        card = score_call(whole_call(), rubric((measured, criterion()), (steps,)))

        assert [(p.text, p.moment.utterance) for p in card.coaching.well] == [("measured well", 4), ("steps well", 7)]
        assert card.coaching.work_on is None

    def test_a_pitfall_not_seen_and_a_share_of_talk_are_no_praise(self) -> None:
        avoided = criterion("avoided", NO_DUMPING, type="yes_no", weight=9)
        talked = TalkStats(talk_ratio=0.5, longest_monologue_s=30.0, rep_s=90.0, customer_s=90.0)
        short = {"high": 90, "none_above": 240, "unit": "seconds"}
        stretches = criterion("short", {"look": "talk", "stat": "longest_monologue_s"}, type="number", span=short)
        even = {"high": 0.6, "none_above": 0.9, "unit": "%"}
        room = criterion("room", {"look": "talk", "stat": "talk_ratio"}, type="number", span=even)
        card = score_call(shown(talk=talked), rubric((avoided, stretches, room), (criterion(),)))

        assert {a.criterion: a.verdict for a in card.answers} == dict.fromkeys(
            ["avoided", "short", "room", "owner"], "met"
        )
        assert [praise.criterion for praise in card.coaching.well] == ["owner"]

    @pytest.mark.parametrize(("told_by", "moment"), [("customer", 3), ("rep", 5)])
    def test_praise_quotes_the_side_that_did_it(self, told_by: str, moment: int) -> None:
        marks = marked([*["other"] * 3, "how_we_do_it", "other", "how_we_do_it"])
        state = whole_call(coverage={"how_we_do_it": "covered"}, marks=marks)
        done = criterion("done", {"look": "stage", "stage": "how_we_do_it", "told_by": told_by})

        assert [p.moment.utterance for p in score_call(state, rubric((done,))).coaching.well] == [moment]

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

    def test_a_models_account_leads_and_stays_where_a_person_disagrees(self) -> None:
        quote = Evidence(utterance=4, quote="A release takes six weeks.")
        account = Prose(purpose="coaching", sentences=(Sentence(text="You let him tell it.", evidence=(quote,)),))
        card = score_call(whole_call(prose={"coaching": account}), rubric((criterion(),)))
        override = Override(verdict="not_met", reason="He guessed.", by="Ana", at=datetime(2026, 5, 14, tzinfo=UTC))

        assert card.coaching.well == score_call(whole_call(), rubric((criterion(),))).coaching.well
        assert as_text(card).split("\n")[3:5] == ["You let him tell it.", "    5 · “A release takes six weeks.”"]
        assert "- You let him tell it" in as_markdown(card)
        assert overridden(card, {"owner": override}).coaching == card.coaching.model_copy(update={"well": ()})
