from __future__ import annotations

from copilot.analysis.coverage import coverage_pass, stage_coverage
from copilot.domain.events import SpeakersChanged, StageMarked
from copilot.domain.items import Evidence
from copilot.domain.ops import AddMetric, AddOutcome, AnyOp, MarkStage, RetireItem, UpdateItem
from copilot.domain.state import CallState, apply
from tests.unit.analysis.books import playbook
from tests.unit.analysis.builders import Plan, call_of, spoken

LONG = (
    "customer: We plan in one tool and track the work in another and every week somebody copies it all across by hand."
)


def marked(state_of: dict[int, str], *lines: str, noted: dict[int, list[AnyOp]] | None = None) -> CallState:
    ops: dict[int, list[AnyOp]] = {i: [MarkStage(i=i, stage=stage)] for i, stage in state_of.items()}
    for i, more in (noted or {}).items():
        ops[i] = [*ops.get(i, []), *more]
    return call_of("discovery", spoken(*lines), Plan([coverage_pass(playbook())], noted=dict(ops)))


def outcome(quote: str = "copies it all across") -> AddOutcome:
    return AddOutcome(text="Fewer hours lost", evidence=(Evidence(utterance=0, quote=quote),), measurable=True)


class TestStageCoverage:
    def test_every_stage_but_other_begins_untouched(self) -> None:
        assert stage_coverage(CallState(), playbook()) == dict.fromkeys([s.id for s in playbook().stages], "untouched")

    def test_a_question_alone_makes_a_stage_thin(self) -> None:
        state = marked({0: "before_scenario"}, "rep: How do you plan today?")
        assert state.coverage == {"before_scenario": "thin"}

    def test_the_customers_words_cover_it(self) -> None:
        state = marked({0: "before_scenario", 1: "before_scenario"}, LONG, LONG)
        assert state.coverage["before_scenario"] == "covered"

    def test_the_reps_own_words_do_not(self) -> None:
        state = marked({0: "before_scenario", 1: "before_scenario"}, *([LONG.replace("customer", "rep")] * 2))
        assert state.coverage["before_scenario"] == "thin"

    def test_a_speaker_of_no_known_side_counts_for_both(self) -> None:
        state = marked({0: "before_scenario", 1: "before_scenario"}, *([LONG.replace("customer", "unknown")] * 2))
        assert state.coverage["before_scenario"] == "covered"

    def test_what_is_on_the_map_counts_without_a_mark(self) -> None:
        state = marked({}, LONG, noted={0: [outcome()]})
        assert state.coverage == {"positive_business_outcomes": "thin"}

    def test_what_only_the_rep_said_does_not_count(self) -> None:
        assert marked({}, LONG.replace("customer", "rep"), noted={0: [outcome()]}).coverage == {}

    def test_fields_count_together(self) -> None:
        quote = (Evidence(utterance=0, quote="every week"),)
        metric = AddMetric(text="Hours of copying", evidence=quote, baseline="5 hours")
        thin = marked({}, LONG, noted={0: [metric]})
        covered = marked({}, LONG, LONG, noted={0: [metric], 1: [UpdateItem(id="M1", target="1 hour")]})
        assert (thin.coverage["metrics"], covered.coverage["metrics"]) == ("thin", "covered")


class TestCoveragePass:
    def test_says_only_what_changed(self) -> None:
        state = marked({0: "before_scenario"}, "rep: How do you plan today?")
        assert coverage_pass(playbook())(state, 0) == ()

    def test_takes_back_what_was_withdrawn(self) -> None:
        state = marked({}, LONG, "rep: Right.", noted={0: [outcome()], 1: [RetireItem(id="O1", reason="wrong")]})
        assert state.coverage["positive_business_outcomes"] == "untouched"

    def test_follows_a_mark_that_is_corrected(self) -> None:
        state = apply(marked({0: "metrics"}, LONG), StageMarked(i=0, stage="other"))
        (op,) = coverage_pass(playbook())(state, 0)
        assert (op.stage, op.coverage) == ("metrics", "untouched")

    def test_follows_speakers_who_change_sides(self) -> None:
        state = marked({0: "before_scenario", 1: "before_scenario"}, LONG, LONG)
        swapped = apply(state, SpeakersChanged(by="person", swap=True))
        covered = {op.stage: op.coverage for op in coverage_pass(playbook())(swapped, 1)}
        assert covered == {"before_scenario": "thin"}
