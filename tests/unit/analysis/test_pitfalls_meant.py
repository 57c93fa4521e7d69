"""Pitfalls in words that no rule knows, which the small model takes for what they are."""

from __future__ import annotations

import pytest

from copilot.domain.impressions import Tag
from copilot.domain.items import Pitfall
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
from tests.unit.analysis.readers import Takes

RUN = "So picture it, a streak, a nudge, they book a class, they bring a friend and get a smoothie."


def meant(said: str, tag: Tag, kind: PitfallKind, dialogue: Dialogue, call: str, likely: float = 0.95) -> list[Pitfall]:
    """Pitfalls of a kind where the model takes one text for a tag."""
    return standing(watched(dialogue, call, reader=Takes({said: tag}, likely=likely)), kind)


def test_is_told_where_it_is_likely_enough() -> None:
    dialogue = Dialogue(["customer: Go on then.", f"rep: {RUN}", "customer: Hm."])
    (told,) = meant(RUN, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "discovery")
    assert told.utterances == (1,)
    assert told.evidence[0].quote in RUN
    assert meant(RUN, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "discovery", likely=0.1) == []


def test_what_is_not_counted_has_no_fact() -> None:
    dialogue = Dialogue(["customer: Go on then.", f"rep: {RUN}"])
    (told,) = meant(RUN, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "discovery")
    assert told.fact is None


COUNTED = "We offer dashboards, alerts, a mobile app and an audit trail."


@pytest.mark.parametrize("said", [(RUN, COUNTED), (COUNTED, RUN)], ids=["counted later", "counted before"])
def test_a_run_over_two_utterances_is_one(said: tuple[str, str]) -> None:
    dialogue = Dialogue(
        ["customer: Go on then.", *(f"rep: {text}" for text in said)], about={said.index(COUNTED) + 1: HOW}
    )
    (told,) = meant(RUN, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "demo")
    assert told.fact == "4 features, tied to nothing"


def test_a_run_through_what_serves_an_outcome_is_none() -> None:
    said = "It nudges the members who have not come, so that the leavers in the spring go down."
    dialogue = Dialogue(
        ["customer: We want fewer leavers in the spring.", f"rep: {said}"],
        about={0: OUTCOMES},
        noted={0: [outcome("fewer leavers in the spring", 0, "fewer leavers in the spring")]},
    )
    assert meant(said, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "discovery") == []


def test_a_need_stands_for_itself_by_its_signs_or_by_how_it_is_meant() -> None:
    said = "We would like the reports in the colours of the club."
    noted = {0: [capability("Reports in the colours of the club", 0, "the reports in the colours of the club")]}
    dialogue = Dialogue([f"customer: {said}", "rep: Fine."], {0: CAPABILITIES}, noted)
    (told,) = meant(said, Tag.UNMAPPED_CAPABILITY, PitfallKind.UNMAPPED_CAPABILITY, dialogue, "discovery")
    assert told.about == "C1"
    assert seen(PitfallKind.UNMAPPED_CAPABILITY, dialogue, "discovery") == []


def test_what_the_customer_says_is_none() -> None:
    dialogue = Dialogue(["rep: Go on then.", f"customer: {RUN}"])
    assert meant(RUN, Tag.FEATURE_DUMPING, PitfallKind.FEATURE_DUMPING, dialogue, "discovery") == []
