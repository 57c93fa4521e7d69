from __future__ import annotations

import pytest

from copilot.domain.scorecards import Verdict
from copilot.review.team.agreement import ENOUGH, agreement
from copilot.review.team.calls import TeamCall
from copilot.review.team.pitfalls import pitfall_bars
from copilot.review.team.talk_ratios import talk_ratios
from copilot.review.team.trends import trends
from tests.teams import PLAYBOOK
from tests.unit.review.teams import call, pitfall, several, together

RULES = PLAYBOOK.pitfalls.pitfalls


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
