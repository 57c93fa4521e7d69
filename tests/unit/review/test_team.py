from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.call import CallKind, Participant, Role
from copilot.domain.scorecards import Verdict
from copilot.domain.state import CallState
from copilot.review.sheets import safe
from copilot.review.team.agreement import ENOUGH, agreement
from copilot.review.team.calls import Compared, Filters, TeamCall, compared
from copilot.review.team.counting import counted, reps_of
from copilot.review.team.heat_map import cell, heat_map
from copilot.review.team.moments import behind
from copilot.review.team.overview import overview
from copilot.review.team.pitfalls import pitfall_bars
from copilot.review.team.queue import MOST_OF_ONE_REP, MOST_ROWS, Queue, coaching_queue
from copilot.review.team.table import HEADINGS, rows
from copilot.review.team.talk_ratios import talk_ratios
from copilot.review.team.trends import trends
from tests.teams import PLAYBOOK, RUBRICS
from tests.unit.review.calls import PEOPLE, whole_call
from tests.unit.review.teams import FIRST_DAY, answer, call, coached, pitfall, several
from tests.unit.review.test_nothing_internal import calls as any_calls

RULES = PLAYBOOK.pitfalls.pitfalls


def together(*calls: TeamCall, **filters: Any) -> Compared:
    return compared(sorted(calls, key=lambda made: made.at), Filters(**filters))


def queue(*calls: TeamCall, marks: Any = ()) -> Queue:
    return coaching_queue(together(*calls), RUBRICS[CallKind.DISCOVERY], marks)


class TestWhoHeldTheCall:
    def test_the_participants_who_are_reps(self) -> None:
        assert reps_of(whole_call()) == ("Dana Reyes",)

    def test_else_the_speakers_who_are(self) -> None:
        state = whole_call()
        unlisted = [p for p in PEOPLE if p.role is not Role.REP]
        info = state.call and state.call.model_copy(update={"participants": tuple(unlisted)})

        assert reps_of(CallState(call=info, utterances=state.utterances)) == ("Dana",)

    def test_else_nobody_knows(self) -> None:
        assert reps_of(CallState()) == ()
        listed = Participant(name="Somebody", role=Role.UNKNOWN)
        info = whole_call().call
        assert info is not None
        assert reps_of(CallState(call=info.model_copy(update={"participants": (listed,)}))) == ()

    @given(any_calls())
    @settings(max_examples=50, deadline=None)
    def test_a_pitfalls_words_stand_in_the_call(self, state: CallState) -> None:
        for seen in counted(state).pitfalls:
            assert seen.moment.quote in state.utterances[seen.moment.utterance].text


class TestWhatIsCompared:
    def test_one_kind_and_one_rubric_and_the_rest_is_counted(self) -> None:
        ours = [
            *several(3, {"pain": "met"}, rubrics=["scorecards/discovery/2"], first=4),
            call(1, {"pain": "met"}),
            call(2, {"pain": "met"}, demo=True),
            call(3, {"pain": "met"}, kind="qbr", rubrics=["scorecards/qbr/1"]),
            call(8, {}),
            call(9, {"pain": "met"}, over=False),
        ]
        chosen = together(*ours)

        assert (chosen.kind, chosen.rubric, len(chosen.calls)) == (CallKind.DISCOVERY, "scorecards/discovery/2", 3)
        assert {out.why: out.calls for out in chosen.left_out} == {
            "demo, which never counts": 1,
            "not over yet": 1,
            "of another kind": 1,
            "without a scorecard": 1,
            "scored by another rubric alone": 1,
        }

    def test_a_call_that_both_rubrics_scored_stands_under_either(self) -> None:
        both = call(1, {"pain": "met"}, rubrics=["scorecards/discovery/1", "scorecards/discovery/2"])

        assert together(both).rubric == "scorecards/discovery/2"
        assert len(together(both, rubric="scorecards/discovery/1").calls) == 1

    @pytest.mark.parametrize(
        ("filters", "days"),
        [
            ({"since": "2026-05-02"}, [2, 3, 4]),
            ({"until": "2026-05-02"}, [1, 2]),
            ({"rep": "Mei"}, [2, 4]),
            ({"rep": ""}, [3]),
            ({"account": "Acme"}, [4]),
            ({"kind": "qbr"}, []),
            ({"rubric": "scorecards/discovery/9"}, []),
        ],
    )
    def test_filters(self, filters: dict[str, str], days: list[int]) -> None:
        ours = [
            call(1, {"pain": "met"}),
            call(2, {"pain": "met"}, rep="Mei"),
            call(3, {"pain": "met"}, rep=""),
            call(4, {"pain": "met"}, rep=("Mei", "Dana"), account="Acme"),
        ]

        assert [scored.call.id for scored in together(*ours, **filters).calls] == [f"call-{day:02}" for day in days]

    def test_the_day_that_was_said_counts_and_not_that_of_the_upload(self) -> None:
        calls = [call(20, {"steps": "met"}, held_on=FIRST_DAY.date()), call(2, {"steps": "met"})]

        assert [c.day for c in calls] == ["2026-05-01", "2026-05-02"]
        assert calls[0].at == "2026-05-01"
        (counted,) = compared(calls, Filters(until="2026-05-01")).calls
        assert counted.call is calls[0]
        ((_, _, held_on, *_),) = rows(compared(calls[:1], Filters()), ["steps"])
        assert held_on == "2026-05-01"

    def test_a_rubric_that_is_asked_for_says_the_kind(self) -> None:
        review = call(1, {"pain": "met"}, kind="qbr", rubrics=["scorecards/qbr/1"])
        chosen = together(*several(3, {"pain": "met"}, first=2), review, rubric="scorecards/qbr/1")

        assert (chosen.kind, len(chosen.calls)) == (CallKind.QBR, 1)

    def test_a_call_of_two_reps_is_a_call_of_each(self) -> None:
        reps = together(call(1, {"pain": "met"}, rep=("Mei", "Dana")), call(2, {"pain": "met"}, rep="")).by_rep()

        assert {rep: len(calls) for rep, calls in reps.items()} == {"Dana": 1, "Mei": 1, "": 1}
        assert [*reps] == ["Dana", "Mei", ""]  # by name, those whose rep nobody knows last


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


class TestTrends:
    def test_a_dot_per_call_and_the_median_of_the_last_five(self) -> None:
        verdicts: list[Verdict] = ["not_met", "met", "partly", "met", "met", "met"]
        team, dana = trends(together(*(call(n, {"pain": v}) for n, v in enumerate(verdicts, 1))))

        assert [dot.value for dot in team.dots] == [0, 1, 0.5, 1, 1, 1]
        assert [dot.median for dot in team.dots] == [None, None, None, None, 1, 1]
        assert (team.rep, dana.rep, dana.n) == (None, "Dana", 6)

    def test_under_six_there_is_no_line(self) -> None:
        team, _ = trends(together(*several(5, {"pain": "met"})))

        assert [dot.median for dot in team.dots] == [None] * 5

    def test_another_rubric_is_a_line_that_no_median_reaches_over(self) -> None:
        older = several(6, {"pain": "not_met"})
        newer = several(6, {"pain": "met"}, first=7, rubrics=["scorecards/discovery/2"])
        team, _ = trends(together(*older, *newer))

        assert team.rubric_changes == (6,)
        assert [dot.median for dot in team.dots] == [None] * 4 + [0, 0] + [None] * 4 + [1, 1]

    def test_of_one_criterion(self) -> None:
        ours = together(call(1, {"pain": "partly", "steps": "met"}), call(2, {"pain": "not_observed"}))
        team, _ = trends(ours, "pain")

        assert ([dot.value for dot in team.dots], team.without_score) == ([0.5], 1)


class TestTalkRatios:
    def test_a_dot_per_call_with_enough_talk_and_the_median_from_five_on(self) -> None:
        ours = [call(n, {"pain": "met"}, talk_ratio=n / 10) for n in range(1, 6)]
        short = call(6, {"pain": "met"}, talk_ratio=0.9, talk_s=59)
        unknown = call(7, {"pain": "met"})
        (strip,) = talk_ratios(together(*ours, short, unknown), None, least_talk_s=60).strips

        assert (strip.n, strip.too_short, strip.median) == (5, 2, 0.3)
        assert [dot.talk_ratio for dot in strip.dots] == [0.1, 0.2, 0.3, 0.4, 0.5]
        (few,) = talk_ratios(together(*ours[:4]), None, least_talk_s=60).strips
        assert (few.n, few.median) == (4, None)


class TestPitfalls:
    def test_a_share_of_the_calls_with_one_and_those_called_wrong_beside_it(self) -> None:
        dumped, wrong = pitfall("feature_dumping"), pitfall("feature_dumping", wrong=True)
        seen = [[dumped, dumped], [dumped, wrong], [wrong], [], []]
        (bar,) = pitfall_bars(together(*(call(n, {"a": "met"}, pitfalls=p) for n, p in enumerate(seen, 1))), RULES)

        assert (bar.calls, bar.n, bar.wrong, bar.share) == (2, 5, 2, 0.4)
        assert (bar.title, bar.instead) == (RULES[bar.kind].title, RULES[bar.kind].instead)  # type: ignore[index]
        assert bar.low is not None

    def test_the_most_frequent_first_and_of_few_calls_in_the_playbooks_order(self) -> None:
        seen = [[pitfall("long_monologue"), pitfall("feature_dumping")], *[[pitfall("long_monologue")]] * 4]
        ours = [call(n, {"a": "met"}, pitfalls=p) for n, p in enumerate(seen, 1)]

        assert [bar.kind for bar in pitfall_bars(together(*ours), RULES)] == ["long_monologue", "feature_dumping"]
        few = pitfall_bars(together(*ours[:4]), RULES)
        assert [(bar.kind, bar.share) for bar in few] == [("feature_dumping", None), ("long_monologue", None)]

    def test_one_that_the_playbook_does_not_know_any_more_keeps_its_name(self) -> None:
        (bar,) = pitfall_bars(together(call(1, {"a": "met"}, pitfalls=[pitfall("old_habit")])), RULES)

        assert (bar.title, bar.instead) == ("Old habit", None)


class TestAgreement:
    def answered(self, n: int, automatic: Verdict, person: Verdict, first: int = 1) -> list[TeamCall]:
        return several(n, {"pain": automatic}, people={"pain": (person, "I listened.")}, first=first)

    def test_of_few_there_are_counts_alone(self) -> None:
        found = agreement(together(*self.answered(ENOUGH - 1, "met", "met")), ["pain"])

        assert (found.overall.n, found.overall.agreed, found.overall.share, found.overall.kappa) == (19, 19, None, None)
        assert found.overall.counts == ((19, 0, 0), (0, 0, 0), (0, 0, 0))

    def test_of_many_there_is_a_share_with_its_interval_and_kappa(self) -> None:
        ours = [*self.answered(15, "met", "met"), *self.answered(5, "not_met", "not_met", 16)]
        ours += self.answered(5, "met", "not_met", 21)
        found = agreement(together(*ours), ["pain"]).criteria[0]

        assert (found.n, found.agreed, found.share) == (25, 20, 0.8)
        assert found.counts == ((15, 0, 5), (0, 0, 0), (0, 0, 5))
        assert found.kappa == pytest.approx((0.8 - 0.56) / (1 - 0.56))
        assert found.low is not None

    def test_where_all_is_one_answer_kappa_makes_no_sense(self) -> None:
        found = agreement(together(*self.answered(ENOUGH, "met", "met")), ["pain"]).overall

        assert (found.share, found.kappa) == (1.0, None)

    def test_what_one_side_did_not_see_stands_beside_the_counts_and_among_the_disagreements(self) -> None:
        found = agreement(together(*self.answered(1, "not_observed", "met")), ["pain"])

        assert (found.overall.n, found.overall.beside) == (0, 1)
        (apart,) = found.disagreements
        assert (apart.automatic, apart.person, apart.why, apart.reason) == (
            "not_observed",
            "met",
            "why pain",
            "I listened.",
        )

    def test_what_nobody_answered_is_not_in_it(self) -> None:
        found = agreement(together(call(1, {"pain": "met", "steps": "met"})), ["pain", "steps"])

        assert (found.overall.n, found.criteria, found.disagreements) == (0, (), ())


class TestBehind:
    def test_a_cell_is_its_calls_the_newest_first_with_their_words(self) -> None:
        found = behind(together(*several(2, {"pain": "not_met", "steps": "met"})), criterion="pain")

        assert [c.id for c in found] == ["call-02", "call-01"]
        assert [[a.criterion for a in c.answers] for c in found] == [["pain"], ["pain"]]
        assert found[0].answers[0].moments[0].utterance == 3

    def test_a_bar_is_the_calls_that_have_the_pitfall(self) -> None:
        ours = together(call(1, {"a": "met"}, pitfalls=[pitfall("long_monologue")]), call(2, {"a": "met"}))
        (found,) = behind(ours, pitfall="long_monologue")

        assert (found.id, found.answers, found.pitfalls[0].moment.quote) == ("call-01", (), "so many features")

    def test_a_dot_is_one_call_by_whatever_rubric(self) -> None:
        older = call(1, {"pain": "met", "steps": "met"})
        newer = call(2, {"pain": "met"}, rubrics=["scorecards/discovery/2"])
        (found,) = behind(together(older, newer), call="call-01")

        assert (found.rubric, len(found.answers)) == ("scorecards/discovery/1", 2)


class TestTable:
    def test_a_row_per_call_and_criterion_with_both_answers(self) -> None:
        people: dict[str, tuple[Verdict, str]] = {"pain": ("met", "=HYPERLINK(1)")}
        ours = together(call(1, {"pain": "partly", "steps": "not_observed"}, people=people), call(2, {"pain": "met"}))
        pain, steps, again = (dict(zip(HEADINGS, row, strict=True)) for row in rows(ours, ["pain", "steps"]))

        assert (pain["automatic"], pain["person"], pain["counts_as"], pain["n"]) == ("partly", "met", "met", "2")
        assert (pain["automatic_share"], pain["share"], pain["quote"]) == ("0.5", "1", "words on pain")
        assert pain["person_reason"] == "'=HYPERLINK(1)"
        assert (steps["automatic"], steps["share"], steps["n"], steps["utterance"]) == ("not_observed", "", "0", "")
        assert (again["call"], again["person"]) == ("call-02", "")

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "  =1", "\t=1", "\r1", "\n=1", "＝1"])
    def test_no_cell_is_a_formula(self, text: str) -> None:
        assert safe(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "a=1", "5", "“=1”", "nine - four"])
    def test_plain_words_stay_as_they_are(self, text: str) -> None:
        assert safe(text) == text


class TestOverview:
    def test_without_calls_there_is_nothing_to_show_and_nothing_breaks(self) -> None:
        found = overview([], Filters(), (), playbook=PLAYBOOK, rubrics=RUBRICS)

        assert (found.kind, found.rubric, found.calls, found.criteria, found.queue.rows) == (None, None, 0, (), ())
        assert found.notice == "For coaching, not for employment decisions."

    def test_what_is_not_known_of_the_calls_is_said(self) -> None:
        ours = [call(1, {"a": "met"}, rep=""), call(2, {"a": "met"}, rep=("Mei", "Dana")), call(3, {"a": "met"})]
        found = overview(ours, Filters(), (), playbook=PLAYBOOK, rubrics=RUBRICS, older=7)

        assert (found.calls, found.of_unknown_rep, found.of_several_reps) == (3, 1, 1)
        assert [(out.why, out.calls) for out in found.left_out] == [("older than the newest 3", 7)]
        assert found.choices.reps == ("Dana", "Mei", "")

    def test_one_criterion_alone(self) -> None:
        ours = several(6, {"pain": "not_met", "steps": "not_met"})
        found = overview(ours, Filters(criterion="pain"), (), playbook=PLAYBOOK, rubrics=RUBRICS)

        assert [row.criterion for row in found.queue.rows] == ["pain"]
        assert [c.criterion for c in found.heat_map.team.cells] == ["pain"]
        assert len(found.criteria) == 2  # to choose from

    def test_the_usual_range_comes_with_its_source(self) -> None:
        found = overview(several(1, {"a": "met"}), Filters(), (), playbook=PLAYBOOK, rubrics=RUBRICS)

        usual = found.talk_ratios.usual
        assert usual is not None
        assert usual.source.startswith("miniti")
