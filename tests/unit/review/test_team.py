from __future__ import annotations

import pytest
from hypothesis import given, settings

from copilot.domain.call import CallKind, Participant, Role
from copilot.domain.scorecards import Verdict
from copilot.domain.state import CallState
from copilot.review.sheets import safe
from copilot.review.team.calls import Filters, compared
from copilot.review.team.counting import counted, reps_of
from copilot.review.team.moments import behind
from copilot.review.team.overview import overview
from copilot.review.team.table import HEADINGS, rows
from tests.teams import PLAYBOOK, RUBRICS
from tests.unit.review.calls import PEOPLE, whole_call
from tests.unit.review.teams import FIRST_DAY, call, pitfall, several, together
from tests.unit.review.test_nothing_internal import calls as any_calls


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
            ({"account": " ACME"}, [4]),
            ({"account": ""}, []),
            ({"account": "Acme Ltd"}, []),
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

    def test_accounts_that_were_told_apart_stay_apart(self) -> None:
        ours = [call(1, {"pain": "met"}, account="Acme"), call(2, {"pain": "met"}, account="ACME")]

        assert [scored.call.account for scored in together(*ours, account="ACME").calls] == ["ACME"]

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
