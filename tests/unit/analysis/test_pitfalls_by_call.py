"""Every pitfall: in which calls it is watched for, how it is quoted, and how it is told."""

from __future__ import annotations

import pytest

from copilot.domain.call import CallKind
from copilot.domain.impressions import Tag
from copilot.domain.pitfall_rules import PitfallKind, Threshold
from tests.unit.analysis.books import playbook
from tests.unit.analysis.dialogues import (
    BEFORE,
    CAPABILITIES,
    HOW,
    METRICS,
    NEGATIVE,
    OTHER,
    OUTCOMES,
    Dialogue,
    capability,
    outcome,
    seen,
    standing,
    watched,
    with_limit,
)

TYPICAL = {
    PitfallKind.FEATURE_DUMPING: Dialogue(
        ["rep: You get a route planner, there's a driver app, and we also have alerts for every stop."], {0: HOW}
    ),
    PitfallKind.VAGUE_OUTCOME: Dialogue(
        [
            "customer: We want the branches to feel looked after.",
            "rep: I like how you put it.",
            "customer: Thank you, it took a while.",
            "rep: Shall I tell you about our history?",
            "customer: If it is short, please do.",
        ],
        {0: OUTCOMES},
        {0: [outcome("The branches feel looked after", 0, "the branches to feel looked after")]},
    ),
    PitfallKind.UNMAPPED_CAPABILITY: Dialogue(
        ["customer: The data has to stay in this country, the auditors insist."],
        {0: CAPABILITIES},
        {0: [capability("Data stays in the country", 0, "data has to stay in this country")]},
    ),
    PitfallKind.ASSUMED_ROI_MODELING: Dialogue(["rep: Let me show you the payback, it is under a year."], {0: HOW}),
    PitfallKind.VANITY_METRIC: Dialogue(["rep: Nine hundred people logged in last month."], {0: METRICS}),
    PitfallKind.FEATURE_USAGE_REPORT: Dialogue(
        ["rep: The dashboard was opened 900 times, reports were run 400 times, alerts clicked 70 times."], {0: METRICS}
    ),
    PitfallKind.VENDOR_CENTRIC_METRIC: Dialogue(["rep: Our uptime was 99.97 percent this spring."], {0: METRICS}),
    PitfallKind.UNSUBSTANTIATED_CLAIM: Dialogue(
        ["rep: Your nurses are so much happier since the start."], {0: METRICS}
    ),
    PitfallKind.GENERIC_BENCHMARK: Dialogue(["rep: The industry average is 14 percent."], {0: METRICS}),
    PitfallKind.INFLATED_CLAIM: Dialogue(["rep: Every cent of that growth came from our platform."], {0: METRICS}),
    PitfallKind.PAST_ONLY: Dialogue(["rep: Delays fell from nine days to four."], {0: METRICS}),
    PitfallKind.SINGLE_DIMENSION: Dialogue(
        ["rep: The rota takes two hours less.", "customer: I know.", "rep: And handovers are 40 minutes shorter."],
        {0: METRICS, 2: METRICS},
    ),
    PitfallKind.MISSING_CUSTOMER_VALIDATION: Dialogue(
        ["rep: That works out to 40,000 euros saved a year.", "customer: Hm, and the seeds?"], {0: METRICS}
    ),
    PitfallKind.LONG_MONOLOGUE: Dialogue(["rep: " + "and then it goes on " * 45], {0: HOW}),
    PitfallKind.STACKED_QUESTIONS: Dialogue(
        ["rep: Who keeps the stock list, how often is it checked, and where do you store it?"], {0: BEFORE}
    ),
    PitfallKind.IGNORED_CUE: Dialogue(
        [
            "customer: We lost two harvests because nobody saw the leak in the pipe.",
            "rep: Okay. Moving on, let me share the next slide about our company.",
        ],
        {0: NEGATIVE, 1: OTHER},
        meant={1: Tag.IGNORED_CUE},
    ),
}


def test_there_is_a_dialogue_for_every_pitfall() -> None:
    assert set(TYPICAL) == set(PitfallKind)


@pytest.mark.parametrize("pitfall", PitfallKind)
@pytest.mark.parametrize("kind", CallKind)
def test_is_seen_in_the_calls_the_playbook_names_and_in_no_others(pitfall: PitfallKind, kind: CallKind) -> None:
    wanted = kind in playbook().pitfall(pitfall).calls
    assert bool(seen(pitfall, TYPICAL[pitfall], kind)) is wanted


@pytest.mark.parametrize("pitfall", PitfallKind)
def test_quotes_what_was_said(pitfall: PitfallKind) -> None:
    kind = playbook().pitfall(pitfall).calls[0]
    state = watched(TYPICAL[pitfall], kind)
    for found in standing(state, pitfall):
        for piece in found.evidence:
            assert piece.quote in state.utterances[piece.utterance].text


@pytest.mark.parametrize("pitfall", PitfallKind)
def test_tells_its_fact_in_the_space_of_a_notice(pitfall: PitfallKind) -> None:
    kind = playbook().pitfall(pitfall).calls[0]
    for found in standing(watched(TYPICAL[pitfall], kind), pitfall):
        assert found.fact
        assert len(found.fact) <= 28
        assert "{" not in found.fact


@pytest.mark.parametrize("pitfall", PitfallKind)
def test_is_told_once_however_often_the_same_words_are_worked_through(pitfall: PitfallKind) -> None:
    kind = playbook().pitfall(pitfall).calls[0]
    assert len(seen(pitfall, TYPICAL[pitfall], kind)) == 1


class TestThresholds:
    @pytest.mark.parametrize(
        ("pitfall", "name"),
        [
            (PitfallKind.FEATURE_DUMPING, "features"),
            (PitfallKind.VAGUE_OUTCOME, "rep_turns"),
            (PitfallKind.VANITY_METRIC, "usage_figures"),
            (PitfallKind.FEATURE_USAGE_REPORT, "features"),
            (PitfallKind.PAST_ONLY, "value_statements"),
            (PitfallKind.SINGLE_DIMENSION, "value_statements"),
            (PitfallKind.LONG_MONOLOGUE, "words"),
            (PitfallKind.STACKED_QUESTIONS, "questions"),
            (PitfallKind.IGNORED_CUE, "likely"),
            (PitfallKind.UNMAPPED_CAPABILITY, "sure"),
        ],
    )
    def test_are_the_playbooks(self, pitfall: PitfallKind, name: str) -> None:
        kind = playbook().pitfall(pitfall).calls[0]
        book = with_limit(pitfall, name, Threshold(default=1000))
        assert seen(pitfall, TYPICAL[pitfall], kind, book) == []

    def test_may_differ_by_kind_of_call(self) -> None:
        book = with_limit(PitfallKind.FEATURE_DUMPING, "features", Threshold(default=3, demo=4))
        dialogue = TYPICAL[PitfallKind.FEATURE_DUMPING]
        assert seen(PitfallKind.FEATURE_DUMPING, dialogue, "discovery", book)
        assert not seen(PitfallKind.FEATURE_DUMPING, dialogue, "demo", book)

    def test_of_a_monologue_are_seconds_where_times_are_known(self) -> None:
        short = Dialogue(["rep: It goes on.", "rep: And on."], seconds_each=44.0)
        long = Dialogue(["rep: It goes on.", "rep: And on."], seconds_each=45.0)
        assert seen(PitfallKind.LONG_MONOLOGUE, short, "demo") == []
        assert seen(PitfallKind.LONG_MONOLOGUE, long, "demo") == [(0, 1)]
