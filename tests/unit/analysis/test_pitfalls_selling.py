from __future__ import annotations

import pytest

from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import (
    BEFORE,
    CAPABILITIES,
    HOW,
    METRICS,
    OUTCOMES,
    Dialogue,
    outcome,
    seen,
    standing,
    watched,
)

DUMPING = PitfallKind.FEATURE_DUMPING
ROI = PitfallKind.ASSUMED_ROI_MODELING


class TestFeatureDumping:
    @pytest.mark.parametrize(
        "said",
        [
            "We offer dashboards, alerts, a mobile app and an audit trail.",
            "There's a herd calendar, there's a milk forecast, and you also get reminders on your phone.",
            "Our platform comes with templates. It also has version history. And it supports offline mode.",
        ],
    )
    def test_is_three_features_tied_to_nothing(self, said: str) -> None:
        assert seen(DUMPING, Dialogue([f"rep: {said}"], {0: HOW}), "demo") == [(0,)]

    @pytest.mark.parametrize(
        ("said", "stage"),
        [
            ("We offer dashboards and alerts.", HOW),
            ("Do you need dashboards, alerts, templates and a mobile app?", HOW),
            ("We have three topics today, there's a break at ten, and you get the slides afterwards.", HOW),
            (
                "So today you've got a whiteboard, you've got forms on paper, and there's a spreadsheet at night.",
                BEFORE,
            ),
            ("There are so many alerts, there's a chart for each, and there are reports about reports.", HOW),
            ("You said the alerts matter: there's a rule for each barn, there's a call, and there's a log.", HOW),
        ],
    )
    def test_is_not_two_nor_a_question_nor_the_customers_own_world(self, said: str, stage: str) -> None:
        assert seen(DUMPING, Dialogue([f"rep: {said}"], {0: stage}), "demo") == []

    def test_is_not_what_the_customer_asked_for(self) -> None:
        lines = [
            "customer: Do you have dashboards, alerts and templates?",
            "rep: Yes, we have dashboards, alerts and templates.",
        ]
        assert seen(DUMPING, Dialogue(lines, {1: HOW}), "discovery") == []

    @pytest.mark.parametrize("asked", ["How does it tell a sick calf?", "It must tell a sick calf by itself."])
    def test_is_not_a_short_answer(self, asked: str) -> None:
        answer = "rep: There's a collar, you get an alert, and there's a camera on it."
        dialogue = Dialogue([f"customer: {asked}", answer], {0: CAPABILITIES, 1: HOW})
        assert seen(DUMPING, dialogue, "demo") == []

    def test_is_more_than_an_answer_where_it_goes_on_and_on(self) -> None:
        answer = "rep: We offer alerts, dashboards, a mobile app, an audit trail, templates, a chat and reminders."
        dialogue = Dialogue(["customer: How does it tell a sick calf?", answer], {0: HOW, 1: HOW})
        assert seen(DUMPING, dialogue, "demo") == [(1,)]

    def test_is_not_what_serves_an_outcome_that_was_named(self) -> None:
        lines = [
            "customer: We want fewer spoiled vaccine batches.",
            "rep: For fewer spoiled vaccine batches we offer alerts, a mobile app, an audit trail and reminders.",
        ]
        noted = {0: [outcome("Fewer spoiled vaccine batches", 0, "fewer spoiled vaccine batches")]}
        assert seen(DUMPING, Dialogue(lines, {0: OUTCOMES, 1: HOW}, noted), "demo") == []

    def test_grows_with_the_turn_and_is_one_event(self) -> None:
        lines = [
            "rep: You get a lane planner, you get a rate import, there's a portal.",
            "customer: Okay.",
            "rep: And there's dashboards on top.",
        ]
        (found,) = standing(watched(Dialogue(lines, {0: HOW, 2: HOW}), "discovery"), DUMPING)
        assert found.utterances == (0, 2)
        assert found.fact == "4 features, tied to nothing"

    def test_is_one_event_while_a_demonstration_goes_on(self) -> None:
        lines = [
            "rep: There's a tag board, there's a filter, and you get alerts.",
            "customer: Does it ring at night?",
            "rep: It can. Next there's a heat map, you get a leader board, and there's a chat.",
        ]
        assert seen(DUMPING, Dialogue(lines, {0: HOW, 1: HOW, 2: HOW}), "demo") == [(0,)]


class TestAssumedRoiModeling:
    @pytest.mark.parametrize(
        "said",
        [
            "Let me run the ROI for you.",
            "That pays for itself within a season.",
            "Take 40 shops, two hours a week, at 30 euros an hour, and that comes to 125,000 euros a year.",
            "so if we cut it by 5 percent that's 90 thousand a year and the licence is only 30",
            "and then you'd have it paid back in a season",
        ],
    )
    def test_is_a_sum_nobody_asked_for(self, said: str) -> None:
        assert seen(ROI, Dialogue([f"rep: {said}"], {0: METRICS}), "discovery") == [(0,)]

    @pytest.mark.parametrize(
        "said",
        [
            "We don't do ROI models at this point.",
            "Who writes the business case at your end?",
            "How many shops have the old tills?",
            "You have 40 shops, two managers each, and 9 of them close on Mondays.",
            "So eleven spoiled tanks at 400 euros, that's 4,400 euros in a normal month.",
            "There is a dairy in Jutland, they went from 5 hours to 40 minutes, it took 10 weeks.",
        ],
    )
    def test_is_not_declining_one_nor_asking_about_theirs(self, said: str) -> None:
        assert seen(ROI, Dialogue([f"rep: {said}"], {0: METRICS}), "discovery") == []

    def test_is_not_what_the_customer_asked_for(self) -> None:
        lines = ["customer: My board will ask about payback.", "rep: The payback is under a year."]
        assert seen(ROI, Dialogue(lines), "discovery") == []

    def test_is_one_event_while_the_sum_goes_on(self) -> None:
        lines = ["rep: Let me show you the payback.", "customer: I see it.", "rep: The payback is nine months."]
        assert seen(ROI, Dialogue(lines), "demo") == [(0,)]
