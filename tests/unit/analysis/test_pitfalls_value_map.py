from __future__ import annotations

import pytest

from copilot.domain.ops import AnyOp, RetireItem, UpdateItem
from copilot.domain.pitfall_rules import PitfallKind
from tests.unit.analysis.dialogues import (
    BEFORE,
    CAPABILITIES,
    HOW,
    METRICS,
    OUTCOMES,
    Dialogue,
    capability,
    metric,
    outcome,
    seen,
    watched,
)

VAGUE = PitfallKind.VAGUE_OUTCOME
UNMAPPED = PitfallKind.UNMAPPED_CAPABILITY

WISH = "customer: We want the pupils to feel safer on the bus."
SAFER = outcome("Pupils feel safer on the bus", 0, "the pupils to feel safer on the bus")


def wished(*lines: str, about: dict[int, str] | None = None, noted: dict[int, list[AnyOp]] | None = None) -> Dialogue:
    ops: dict[int, list[AnyOp]] = {0: [SAFER], **(noted or {})}
    return Dialogue([WISH, *lines], {0: OUTCOMES, **(about or {})}, ops)


TALKED_ON = (
    "rep: Lovely. How many buses are there?",
    "customer: Sixty, all in all.",
    "rep: And who drives them?",
    "customer: A firm from the next town.",
)


class TestVagueOutcome:
    def test_is_marked_at_the_statement_once_two_turns_have_passed(self) -> None:
        assert seen(VAGUE, wished(*TALKED_ON), "discovery") == [(0,)]

    def test_waits_until_the_second_turn_is_over(self) -> None:
        assert seen(VAGUE, wished(*TALKED_ON[:3]), "discovery") == []

    @pytest.mark.parametrize(
        "question",
        [
            "How would you measure that?",
            "Which number tells you that they do?",
            "How would you know that it got better?",
        ],
    )
    def test_is_none_where_the_rep_asks_for_a_measure(self, question: str) -> None:
        dialogue = wished(TALKED_ON[0], TALKED_ON[1], f"rep: {question}", TALKED_ON[3], about={3: METRICS})
        assert seen(VAGUE, dialogue, "discovery") == []

    def test_is_none_where_the_customer_gives_a_figure_with_it(self) -> None:
        line = "customer: We want the pupils to feel safer, nine out of ten of them."
        noted = {0: [outcome("Pupils feel safer", 0, "the pupils to feel safer")]}
        assert seen(VAGUE, Dialogue([line, *TALKED_ON], {0: OUTCOMES}, noted), "demo") == []

    @pytest.mark.parametrize(
        ("said", "stage"),
        [
            ("I want none of the pupils to feel unsafe.", OUTCOMES),
            ("First the pupils feel safer, the drivers come second.", OUTCOMES),
            ("The pupils feel safer when they see the map.", HOW),
            ("The pupils should be home within the hour.", OUTCOMES),
            ("I'd look at whether the pupils feel safer.", METRICS),
        ],
    )
    def test_is_none_where_a_limit_a_rank_or_a_way_to_measure_is_named_or_of_the_product(
        self, said: str, stage: str
    ) -> None:
        noted = {0: [outcome("Pupils feel safer", 0, said)]}
        assert seen(VAGUE, Dialogue([f"customer: {said}", *TALKED_ON], {0: stage}, noted), "discovery") == []

    def test_is_none_where_a_metric_is_tied_to_it(self) -> None:
        noted: dict[int, list[AnyOp]] = {2: [metric("Complaints about the bus", 2, "Sixty", "O1")]}
        assert seen(VAGUE, wished(*TALKED_ON, noted=noted), "demo") == []

    def test_is_told_once_for_two_outcomes_of_one_sentence(self) -> None:
        noted: dict[int, list[AnyOp]] = {0: [SAFER, outcome("Calmer bus drivers", 0, "We want the pupils")]}
        assert seen(VAGUE, wished(*TALKED_ON, noted=noted), "discovery") == [(0,)]

    def test_is_taken_back_where_the_outcome_is_set_aside(self) -> None:
        noted: dict[int, list[AnyOp]] = {5: [RetireItem(id="O1", reason="it was about another school")]}
        dialogue = wished(*TALKED_ON, "rep: Sorry, that was the other school.", noted=noted)
        assert seen(VAGUE, dialogue, "discovery") == []

    def test_is_none_of_what_only_the_rep_proposed(self) -> None:
        lines = ["rep: You will want the pupils to feel safer.", "customer: Hm, go on then.", *TALKED_ON]
        noted = {0: [outcome("Pupils feel safer", 0, "the pupils to feel safer")]}
        assert seen(VAGUE, Dialogue(lines, {0: OUTCOMES}, noted), "discovery") == []


AT_HOME = "customer: The data has to stay in this country, the auditors insist."
STAYS_AT_HOME = capability("Data stays in the country", 0, "data has to stay in this country")


class TestUnmappedCapability:
    def test_is_told_when_the_call_is_over(self) -> None:
        dialogue = Dialogue([AT_HOME, "rep: Understood."], {0: CAPABILITIES}, {0: [STAYS_AT_HOME]})
        assert seen(UNMAPPED, dialogue, "discovery", ended=False) == []
        assert seen(UNMAPPED, dialogue, "discovery") == [(0,)]

    def test_is_none_where_an_outcome_was_tied_to_it_in_time(self) -> None:
        lines = [AT_HOME, "rep: What for?", "customer: So that no train waits at the portal."]
        tied: list[AnyOp] = [
            outcome("No train waits at the portal", 2, "no train waits at the portal"),
            UpdateItem(id="C1", outcomes=("O1",)),
        ]
        dialogue = Dialogue(lines, {0: CAPABILITIES, 2: OUTCOMES}, {0: [STAYS_AT_HOME], 2: tied})
        assert seen(UNMAPPED, dialogue, "discovery") == []

    @pytest.mark.parametrize(
        ("said", "quote"),
        [
            ("If it can't work in the tunnel, we wait at the portal.", "work in the tunnel"),
            ("It has to work in the tunnel, otherwise a train waits at the portal.", "work in the tunnel"),
            ("It has to work in the tunnel. If it's on paper again, a train waits.", "work in the tunnel"),
            ("It has to work in the tunnel to keep the trains moving.", "work in the tunnel"),
            ("Something for the tunnel, I heard.", "Something for the tunnel"),
        ],
    )
    def test_is_none_of_what_serves_the_work_or_is_given_a_reason(self, said: str, quote: str) -> None:
        noted: dict[int, list[AnyOp]] = {0: [capability("Works in the tunnel", 0, quote)]}
        assert seen(UNMAPPED, Dialogue([f"customer: {said}"], {0: CAPABILITIES}, noted), "discovery") == []

    def test_is_none_of_what_only_the_rep_proposed(self) -> None:
        lines = ["rep: You will need single sign-on.", "customer: Will we?"]
        noted = {0: [capability("Single sign-on", 0, "single sign-on")]}
        assert seen(UNMAPPED, Dialogue(lines, {0: CAPABILITIES}, noted), "demo") == []

    def test_is_told_once_of_what_was_required_in_one_breath(self) -> None:
        both = [STAYS_AT_HOME, capability("What the auditors insist on", 0, "the auditors insist")]
        assert seen(UNMAPPED, Dialogue([AT_HOME], {0: CAPABILITIES}, {0: both}), "discovery") == [(0,)]

    def test_names_the_item_it_concerns(self) -> None:
        state = watched(Dialogue([AT_HOME], {0: BEFORE}, {0: [STAYS_AT_HOME]}), "demo")
        assert [p.about for p in state.pitfalls.values()] == ["C1"]
