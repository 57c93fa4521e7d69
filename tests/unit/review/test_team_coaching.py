from __future__ import annotations

from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.call import CallKind
from copilot.domain.scorecards import Verdict
from copilot.review.team.calls import TeamCall
from copilot.review.team.heat_map import cell, heat_map
from copilot.review.team.queue import MOST_OF_ONE_REP, MOST_ROWS, Queue, coaching_queue
from tests.teams import RUBRICS
from tests.unit.review.teams import answer, call, coached, several, together


def queue(*calls: TeamCall, marks: Any = ()) -> Queue:
    return coaching_queue(together(*calls), RUBRICS[CallKind.DISCOVERY], marks)


class TestHeatMap:
    def test_a_share_is_of_the_calls_in_which_it_was_seen(self) -> None:
        verdicts: list[Verdict] = ["met", "met", "partly", "not_met", "met", "not_observed", "not_applicable"]
        found = cell("pain", together(*(call(n, {"pain": v}) for n, v in enumerate(verdicts, 1))).calls)

        assert (found.met, found.n, found.share) == (3, 5, 0.6)
        assert (found.not_observed, found.not_applicable) == (1, 1)
        assert found.level == 4

    def test_under_five_there_is_a_fraction_and_no_colour(self) -> None:
        found = cell("pain", together(*several(4, {"pain": "met"})).calls)

        assert (found.met, found.n, found.share, found.low, found.level) == (4, 4, None, None, None)

    def test_a_persons_answer_counts(self) -> None:
        people: dict[str, tuple[Verdict, str]] = {"pain": ("not_met", "I heard none.")}
        found = cell("pain", together(call(1, {"pain": "met"}, people=people)).calls)

        assert (found.met, found.not_met) == (0, 1)

    def test_a_row_for_each_rep_and_one_for_all(self) -> None:
        ours = together(*several(2, {"pain": "met"}), call(3, {"pain": "not_met"}, rep=("Mei", "Dana")))
        found = heat_map(ours, ["pain"])

        assert [(row.rep, row.calls) for row in found.rows] == [("Dana", 3), ("Mei", 1)]
        assert (found.team.calls, found.team.cells[0].n) == (3, 3)

    @given(st.lists(st.sampled_from(get_args(Verdict)), max_size=30))
    def test_every_call_is_counted_once(self, verdicts: list[Verdict]) -> None:
        found = cell("pain", together(*(call(n, {"pain": v}) for n, v in enumerate(verdicts, 1))).calls)

        assert found.met + found.partly + found.not_met == found.n
        assert found.n + found.not_observed + found.not_applicable == len(verdicts)
        assert (found.level is None) == (found.share is None) == (found.n < 5)
        if found.share is not None and found.low is not None and found.high is not None:
            assert found.low - 1e-9 <= found.share <= found.high + 1e-9


class TestCoachingQueue:
    def test_a_row_says_how_often_of_late_with_the_latest_words_and_what_to_say(self) -> None:
        ours = [call(1, {"consequences": "met"}), *several(3, {"consequences": "not_met"}, first=2)]
        ours += [call(5, {"consequences": "not_observed"})]
        (row,) = queue(*ours).rows

        assert (row.rep, row.missed, row.of, row.unseen, row.ranked) == ("Dana", 4, 5, 1, True)
        assert row.says == "missed in 4 of the last 5 discovery calls; no moment found in 1 of them"
        assert row.coaching == "Stay with a pain until you know how often it happens and what one case costs."
        assert (row.call, row.moment_call) == ("call-05", "call-04")
        assert row.moment is not None
        assert row.moment.quote == "words on consequences"

    def test_a_review_of_value_is_called_so(self) -> None:
        (row,) = queue(*several(5, {"pain": "not_met"}, kind="qbr", rubrics=["scorecards/qbr/1"])).rows

        assert row.says == "missed in 5 of the last 5 reviews of value"

    def test_only_the_last_five_in_which_it_applied_count(self) -> None:
        ours = [*several(5, {"pain": "not_met"}), *several(4, {"pain": "met"}, first=6)]
        away = several(9, {"pain": "not_applicable"}, first=10)

        assert queue(*ours, *away).rows == ()

    def test_few_calls_are_told_and_not_ranked(self) -> None:
        few = several(3, {"pain": "not_met"}, rep="Mei", first=10)
        many = several(5, {"pain": "not_met"})
        first, second = queue(*few, *many).rows

        assert ((first.rep, first.ranked), (second.rep, second.ranked)) == (("Dana", True), ("Mei", False))
        assert second.says == "missed in 3 of 3 discovery calls, too few to compare"

    def test_missed_once_is_no_pattern(self) -> None:
        assert queue(*several(4, {"pain": "met"}), call(5, {"pain": "not_met"})).rows == ()

    def test_what_weighs_more_comes_first_and_what_is_critical_before_it(self) -> None:
        ann = [answer("grave", "met", critical=True), answer("light", "not_met"), answer("heavy", "not_met", weight=3)]
        ben = [answer("grave", "not_met", critical=True), answer("light", "met"), answer("heavy", "met", weight=3)]
        ours = [*(call(n, ben, rep="Ben") for n in range(1, 6)), *(call(n, ann, rep="Ann") for n in range(6, 11))]

        found = coaching_queue(together(*ours), None, ()).rows
        assert [(row.rep, row.criterion) for row in found] == [("Ben", "grave"), ("Ann", "heavy"), ("Ann", "light")]
        assert [row.coaching for row in found] == [None, None, None]

    def test_what_no_call_has_a_moment_of_is_nothing_to_coach(self) -> None:
        assert queue(*several(5, {"pain": "not_observed"})).rows == ()
        (row,) = queue(*several(4, {"pain": "not_observed"}), call(5, {"pain": "not_met"})).rows
        assert (row.missed, row.unseen) == (5, 4)

    def test_nobody_is_known_by_no_name(self) -> None:
        assert queue(*several(5, {"pain": "not_met"}, rep="")).rows == ()

    def test_what_was_coached_comes_back_only_with_later_calls_that_miss_it(self) -> None:
        before, mark = several(5, {"pain": "not_met"}), coached(5, "Dana", "pain")
        later = several(2, {"pain": "not_met"}, first=6)

        gone = queue(*before, marks=[mark])
        assert (gone.rows, [(m.rep, m.criterion, m.by) for m in gone.coached]) == ((), [("Dana", "pain", "Ana")])
        (back,) = queue(*before, *later, marks=[mark]).rows
        assert (back.missed, back.of, back.ranked) == (2, 2, False)
        taken_back = queue(*before, marks=[mark, coached(6, "Dana", "pain", done=False)])
        assert ([row.missed for row in taken_back.rows], taken_back.coached) == ([5], ())

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_it_is_short_never_repeats_and_every_row_is_so(self, data: st.DataObject) -> None:
        verdicts = st.fixed_dictionaries({key: st.sampled_from(get_args(Verdict)) for key in ("a", "b", "c")})
        reps = st.sampled_from(["Ann", "Ben", "Cid", "Dot", ""])
        drawn = data.draw(st.lists(st.tuples(reps, verdicts), max_size=28))
        ours = [call(day, said, rep=rep) for day, (rep, said) in enumerate(drawn, 1)]
        found = queue(*ours).rows

        assert len(found) <= MOST_ROWS
        assert len({(row.rep, row.criterion) for row in found}) == len(found)
        assert all(sum(row.rep == other.rep for other in found) <= MOST_OF_ONE_REP for row in found)
        ranked = [row.missed for row in found if row.ranked]
        assert ranked == sorted(ranked, reverse=True)
        for row in found:
            said = [c for c in ours if row.rep in c.reps][::-1]
            applied = [v for c in said if (v := drawn[int(c.id[5:]) - 1][1][row.criterion]) != "not_applicable"][:5]
            assert (row.of, row.missed) == (len(applied), sum(v in {"not_met", "not_observed"} for v in applied))
