"""Pitfalls in words that no rule knows, which the small model takes for what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain.impressions import Tag
from copilot.domain.items import Evidence
from copilot.domain.ops import UpdateItem
from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import (
    CAPABILITIES,
    HOW,
    OUTCOMES,
    Dialogue,
    capability,
    outcome,
    seen,
    standing,
    watched,
)

DUMPING = PitfallKind.FEATURE_DUMPING
UNMAPPED = PitfallKind.UNMAPPED_CAPABILITY
RUN = "So picture it, a streak, a nudge, they book a class, they bring a friend and get a smoothie."
COUNTED = "We offer dashboards, alerts, a mobile app and an audit trail."
RUNS = Dialogue(["customer: Go on then.", f"rep: {RUN}", "customer: Hm."], meant={1: Tag.FEATURE_DUMPING})


class TestFeatureDumping:
    def test_is_told_where_it_is_likely_enough(self) -> None:
        (told,) = standing(watched(RUNS, "discovery"), DUMPING)
        assert told.utterances == (1,)
        assert told.evidence[0].quote in RUN
        assert seen(DUMPING, replace(RUNS, likely=0.1), "discovery") == []

    def test_quotes_the_sentence_that_says_most(self) -> None:
        dialogue = replace(RUNS, lines=["customer: Go on then.", f"rep: Got it. {RUN}"])
        (told,) = standing(watched(dialogue, "discovery"), DUMPING)
        assert told.evidence[0].quote == RUN

    def test_has_no_fact_where_nothing_is_counted(self) -> None:
        (told,) = standing(watched(RUNS, "discovery"), DUMPING)
        assert told.fact is None

    @pytest.mark.parametrize("said", [(RUN, COUNTED), (COUNTED, RUN)], ids=["counted later", "counted before"])
    def test_is_one_over_two_utterances(self, said: tuple[str, str]) -> None:
        dialogue = Dialogue(
            ["customer: Go on then.", *(f"rep: {text}" for text in said)],
            about={said.index(COUNTED) + 1: HOW},
            meant={said.index(RUN) + 1: Tag.FEATURE_DUMPING},
        )
        (told,) = standing(watched(dialogue, "demo"), DUMPING)
        assert told.fact == "4 features, tied to nothing"

    def test_is_none_of_what_serves_an_outcome(self) -> None:
        said = "It nudges the members who have not come, so that the leavers in the spring go down."
        dialogue = Dialogue(
            ["customer: We want fewer leavers in the spring.", f"rep: {said}"],
            about={0: OUTCOMES},
            noted={0: [outcome("fewer leavers in the spring", 0, "fewer leavers in the spring")]},
            meant={1: Tag.FEATURE_DUMPING},
        )
        assert seen(DUMPING, dialogue, "discovery") == []

    def test_is_none_of_what_the_customer_says(self) -> None:
        dialogue = Dialogue(["rep: Go on then.", f"customer: {RUN}"], meant={1: Tag.FEATURE_DUMPING})
        assert seen(DUMPING, dialogue, "discovery") == []


class TestInflatedClaim:
    CLAIM = Dialogue(
        ["rep: Great. So that makes ninety thousand dollars that we got you.", "rep: Ninety thousand, really."],
        meant={0: Tag.INFLATED_CLAIM, 1: Tag.INFLATED_CLAIM},
    )

    def test_is_told_once_of_a_turn_where_it_is_likely_enough(self) -> None:
        assert seen(PitfallKind.INFLATED_CLAIM, self.CLAIM, "qbr") == [(0,)]
        assert seen(PitfallKind.INFLATED_CLAIM, replace(self.CLAIM, likely=0.3), "qbr") == []

    def test_is_none_of_what_the_customer_says(self) -> None:
        said = replace(
            self.CLAIM,
            lines=["customer: So that makes ninety thousand dollars that we got."],
            meant={0: Tag.INFLATED_CLAIM},
        )
        assert seen(PitfallKind.INFLATED_CLAIM, said, "qbr") == []


class TestUnmappedCapability:
    """By its signs this one is not likely enough alone."""

    NEED = Dialogue(
        [
            "customer: The reports must be in the colours of the club.",
            "rep: Fine.",
            "customer: The club's colours, yes.",
        ],
        {0: CAPABILITIES},
        {0: [capability("Reports in the colours of the club", 0, "reports must be in the colours of the club")]},
    )

    def test_is_told_where_signs_and_reader_come_to_enough_together(self) -> None:
        assert seen(UNMAPPED, self.NEED, "discovery") == []
        assert seen(UNMAPPED, replace(self.NEED, meant={0: Tag.UNMAPPED_CAPABILITY}, likely=0.2), "discovery") == []
        assert seen(UNMAPPED, replace(self.NEED, meant={0: Tag.UNMAPPED_CAPABILITY}, likely=0.6), "discovery") == [(0,)]

    def test_is_told_by_the_utterance_in_which_the_reader_hears_it_best(self) -> None:
        again = UpdateItem(id="C1", evidence=(Evidence(utterance=2, quote="The club's colours"),))
        dialogue = replace(self.NEED, noted={**self.NEED.noted, 2: [again]}, meant={2: Tag.UNMAPPED_CAPABILITY})
        assert seen(UNMAPPED, dialogue, "discovery") == [(0,)]
