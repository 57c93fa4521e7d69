from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.call import CallKind
from copilot.domain.journal import Subject, Written
from copilot.domain.kept_scorecards import (
    SCORECARD_NOTES,
    AnswerOverridden,
    OverrideWithdrawn,
    ScorecardKept,
    ScorecardNote,
)
from copilot.domain.scorecards import Scorecard, Verdict
from copilot.domain.state import CallState
from copilot.review.scorecard import as_markdown, as_text, changes, fold, score_call
from tests.unit.review.calls import CYCLE, keyed, whole_call
from tests.unit.review.scorecards import NO_DUMPING, RUBRICS, criterion, dumped, rubric, shown
from tests.unit.review.test_nothing_internal import calls

AT = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
RUBRIC = "scorecards/discovery/3"


def written(*notes: ScorecardNote, call: str = "call") -> list[Written[ScorecardNote]]:
    return [Written(n, AT + timedelta(days=n), Subject("scorecard", call), note) for n, note in enumerate(notes)]


def kept(card: Scorecard) -> ScorecardKept:
    return ScorecardKept(scorecard=card, engine="embedded")


def answered(key: str, verdict: Verdict, by: str = "Ana", rubric: str = RUBRIC) -> AnswerOverridden:
    return AnswerOverridden(
        rubric=rubric, criterion=key, automatic="met", verdict=verdict, reason="I was there.", by=by
    )


def withdrawn(key: str) -> OverrideWithdrawn:
    return OverrideWithdrawn(rubric=RUBRIC, criterion=key, by="Ana")


def judged(card: Scorecard, *notes: ScorecardNote) -> Scorecard:
    keeping = fold(written(kept(card), *notes))["call"]
    return keeping.judged(card)


class TestOverrides:
    def test_a_persons_answer_counts_and_the_automatic_one_stays_beside_it(self) -> None:
        card = score_call(whole_call(), rubric((criterion(), criterion("also"))))

        (answer, other) = judged(card, answered("owner", "partly")).answers
        assert (answer.automatic, answer.answer, answer.share) == ("met", "Met", 1.0)
        assert (answer.verdict, answer.points, other.points) == ("partly", 1.0, 2.0)
        assert answer.override is not None
        assert (answer.override.by, answer.override.reason) == ("Ana", "I was there.")

    def test_the_totals_follow_it(self) -> None:
        card = score_call(whole_call(), rubric((criterion(), criterion("also"))))

        assert judged(card, answered("owner", "not_met")).score == 0.5
        gone = judged(card, answered("owner", "not_applicable"))
        assert (gone.points, gone.possible, gone.score, gone.not_applicable) == (2, 2, 1.0, 1)
        unseen = judged(card, answered("owner", "not_observed"))
        assert (unseen.points, unseen.possible, unseen.score, unseen.could_be) == (2, 4, 0.5, 1.0)

    def test_a_critical_failure_is_lifted_by_it_and_made_by_it(self) -> None:
        critical = criterion("critical", NO_DUMPING, type="yes_no", critical=True, weight=1)
        failed = score_call(shown(pitfalls=dumped()), rubric((criterion(), critical)))
        passed = score_call(shown(), rubric((criterion(), critical)))

        assert (failed.sections[0].points, judged(failed, answered("critical", "met")).sections[0].points) == (0, 3)
        again = judged(passed, answered("critical", "not_met")).sections[0]
        assert (again.points, again.failed_by) == (0, "critical")

    def test_the_last_answer_stands_and_the_history_keeps_them_all(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))
        notes = [answered("owner", "not_met"), answered("owner", "partly", by="Ben")]
        keeping = fold(written(kept(card), *notes))["call"]

        assert keeping.judged(card).answers[0].verdict == "partly"
        assert [given.note for given in keeping.given] == notes

    def test_one_that_is_withdrawn_leaves_the_automatic_one(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))
        taken_back = judged(card, answered("owner", "not_met"), withdrawn("owner"))

        assert (taken_back.answers[0].override, taken_back.score) == (None, 1.0)

    def test_one_holds_for_the_rubric_that_asked_and_no_other(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))
        earlier = answered("owner", "not_met", rubric="scorecards/discovery/2")

        assert judged(card, earlier) == card

    def test_coaching_does_not_go_on_about_what_a_person_sees_otherwise(self) -> None:
        bare = CYCLE.model_copy(update={"owner": None})
        card = score_call(whole_call(metrics=keyed(bare)), rubric((criterion(),)))
        good = score_call(whole_call(), rubric((criterion(),)))

        assert card.coaching.work_on is not None
        assert judged(card, answered("owner", "met")).coaching.work_on is None
        assert judged(good, answered("owner", "not_met")).coaching.well == ()

    def test_both_answers_are_told(self) -> None:
        card = judged(score_call(whole_call(), rubric((criterion(),))), answered("owner", "partly"))

        assert "◐ owner (weight 2): Automatic: Met · Ana: Partly (I was there.)." in as_text(card)
        assert "Automatic: Met · Ana: **Partly** (I was there.)" in as_markdown(card)


class TestKeeping:
    def test_calls_do_not_meet(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))
        both = fold([*written(kept(card), call="one"), *written(answered("owner", "met"), call="two")])

        assert (len(both["one"].cards), both["one"].given) == (1, ())
        assert both["two"].kept(card.kind) is None

    def test_the_last_one_of_each_kind_is_found(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))
        newer = card.model_copy(update={"rubric": "scorecards/discovery/4"})
        as_a_demo = card.model_copy(update={"kind": CallKind.DEMO, "rubric": "scorecards/demo/1"})
        keeping = fold(written(kept(card), kept(newer), kept(as_a_demo)))["call"]

        found = [keeping.kept(kind) for kind in (CallKind.DISCOVERY, CallKind.DEMO, CallKind.QBR)]
        assert [k and k.note.scorecard.rubric for k in found] == [newer.rubric, as_a_demo.rubric, None]
        assert [k.note.scorecard for k in keeping.of_kind(CallKind.DISCOVERY)] == [card, newer]


class TestChanges:
    def test_of_one_scorecard_to_itself_there_are_none(self) -> None:
        card = score_call(whole_call(), rubric((criterion(),)))

        assert changes(card, card) == ()

    def test_an_answer_that_differs_is_told_with_both(self) -> None:
        bare = CYCLE.model_copy(update={"owner": None})
        asked = rubric((criterion(), criterion("steps", {"look": "count", "items": "outcomes"}, **NUMBER)))
        before, after = (score_call(whole_call(metrics=keyed(m)), asked) for m in (bare, CYCLE))

        (change,) = changes(before, after)
        assert (change.criterion, change.before, change.after) == ("owner", "Not met", "Met")
        assert change.why == "1 of 1 metrics with an owner"

    def test_what_one_rubric_does_not_ask_has_no_answer_there(self) -> None:
        one = score_call(whole_call(), rubric((criterion(),)))
        other = score_call(whole_call(), rubric((criterion("new"),)))

        told = [(c.criterion, c.before, c.after) for c in changes(one, other)]
        assert told == [("new", None, "Met"), ("owner", "Met", None)]


NUMBER = {"type": "number", "span": {"none_below": 0, "low": 2, "high": 3, "none_above": 7, "unit": "outcomes"}}

verdicts: st.SearchStrategy[Verdict] = st.sampled_from(get_args(Verdict))


@given(calls(), st.data())
@settings(max_examples=60, deadline=None)
def test_the_sums_come_out_whatever_people_answer(call: CallState, data: st.DataObject) -> None:
    card = score_call(call, RUBRICS[CallKind.DISCOVERY])
    asked = data.draw(st.lists(st.sampled_from([a.criterion for a in card.answers]), unique=True))
    notes = [answered(key, data.draw(verdicts), rubric=card.rubric) for key in asked]
    done = judged(card, *notes)

    assert [a.automatic for a in done.answers] == [a.automatic for a in card.answers]
    assert {a.criterion for a in done.answers if a.override} == set(asked)
    standing = [s for s in done.sections if s.failed_by is None]
    assert done.points == pytest.approx(sum(a.points for s in standing for a in s.answers))
    assert done.possible == pytest.approx(sum(a.weight for a in done.answers if a.verdict != "not_applicable"))
    if done.score is not None and done.could_be is not None:
        assert 0 <= done.score <= done.could_be <= 1
    back = judged(card, *notes, *(OverrideWithdrawn(rubric=card.rubric, criterion=k, by="Ana") for k in asked))
    assert back == card


@given(calls())
@settings(max_examples=30, deadline=None)
def test_a_note_is_read_back_as_it_was_written(call: CallState) -> None:
    note = kept(score_call(call, RUBRICS[CallKind.QBR]))

    assert SCORECARD_NOTES.validate_json(note.model_dump_json()) == note
