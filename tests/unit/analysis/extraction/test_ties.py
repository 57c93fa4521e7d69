from __future__ import annotations

from collections.abc import Sequence

import pytest

from copilot.analysis.extraction.links.noting import last_ties, likeliest, tie_pass
from copilot.analysis.extraction.links.signs import tie_signs
from copilot.domain.call import CallKind
from copilot.domain.items import Evidence
from copilot.domain.ops import AddCapability, AddMetric, AddOutcome, AnyOp
from copilot.domain.state import CallState
from tests.unit.analysis.builders import Plan, call_of, spoken

TALK = spoken(
    "customer: What we want is the release out in four weeks instead of nine.",
    "customer: And we want the support calls from clients halved by the summer.",
    "rep: What would have to be in place for that?",
    "customer: For the release, the tests have to run by themselves, because then the release doesn't wait for people.",
    "rep: And those two are ours to run.",
    "rep: How would you measure the support calls?",
    "customer: Support calls per week, the phone system counts them.",
)
RELEASE = AddOutcome(text="Release out in four weeks", evidence=(Evidence(utterance=0, quote="four weeks"),))
CALLS = AddOutcome(text="Support calls halved", evidence=(Evidence(utterance=1, quote="support calls"),))
TESTS = AddCapability(
    text="Tests run by themselves",
    evidence=(Evidence(utterance=3, quote="For the release, the tests have to run by themselves"),),
)
PER_WEEK = AddMetric(text="Support calls per week", evidence=(Evidence(utterance=6, quote="Support calls per week"),))


def heard(noted: dict[int, Sequence[AnyOp]], *, ended: bool = False) -> CallState:
    plan = Plan(passes=(tie_pass(),), wrap_up=(last_ties,), noted=noted)
    return call_of(CallKind.DISCOVERY, TALK, plan, ended=ended)


@pytest.fixture
def call() -> CallState:
    return call_of(CallKind.DISCOVERY, TALK, Plan(noted={0: [RELEASE], 1: [CALLS], 3: [TESTS], 6: [PER_WEEK]}))


class TestTieSigns:
    def test_are_told_of_each_outcome(self, call: CallState) -> None:
        of_release, of_calls = tie_signs(call, call.metrics["M1"], list(call.outcomes.values()))
        assert of_calls["texts most alike"] == of_calls["asked about alone"] == 1
        assert not of_release.keys() & {"texts most alike", "asked about alone"}

    def test_that_fit_several_outcomes_alike_single_out_none(self, call: CallState) -> None:
        release = call.outcomes["O1"]
        for signs in tie_signs(call, call.capabilities["C1"], [release, release.model_copy(update={"id": "O9"})]):
            assert signs.keys() >= {"named around", "nearest"}
            assert not signs.keys() & {"most named around", "nearest alone"}


class TestLikeliest:
    def test_is_the_outcome_that_the_item_is_told_for(self, call: CallState) -> None:
        for item, wanted in ((call.capabilities["C1"], "O1"), (call.metrics["M1"], "O2")):
            found = likeliest(call, item)
            assert found is not None
            assert found[1].id == wanted

    def test_is_nothing_where_nothing_is_wanted(self, call: CallState) -> None:
        bare = heard({3: [TESTS]})
        assert likeliest(bare, bare.capabilities["C1"]) is None

    def test_shares_what_is_likely_among_the_outcomes(self, call: CallState) -> None:
        metric = call.metrics["M1"]
        with_rival, alone = likeliest(call, metric), likeliest(heard({1: [CALLS], 6: [PER_WEEK]}), metric)
        assert with_rival is not None
        assert alone is not None
        assert 0 < with_rival[0] < alone[0] < 1


class TestTiePass:
    def test_ties_at_once_what_is_likely_enough(self) -> None:
        state = heard({0: [RELEASE], 1: [CALLS], 6: [PER_WEEK]})
        assert state.metrics["M1"].outcomes == ("O2",)

    def test_leaves_what_is_tied(self) -> None:
        tied = PER_WEEK.model_copy(update={"outcomes": ("O1",)})
        assert heard({0: [RELEASE], 1: [CALLS], 6: [tied]}, ended=True).metrics["M1"].outcomes == ("O1",)


class TestLastTies:
    def test_take_what_is_likeliest_when_all_has_been_said(self) -> None:
        state = heard({0: [RELEASE], 1: [CALLS], 3: [TESTS]}, ended=True)
        assert state.capabilities["C1"].outcomes == ("O1",)
