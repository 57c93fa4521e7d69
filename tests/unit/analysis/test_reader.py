"""How the analyst asks a reader, and what it makes of the answer."""

from __future__ import annotations

from copilot.analysis.embedded import Embedded
from copilot.analysis.hearing import analyse
from copilot.analysis.reader import Impressions, Reader
from copilot.analysis.stages.marking import read_scores
from copilot.domain.call import CallKind
from copilot.domain.impressions import Impression
from copilot.domain.state import CallState
from tests.unit.analysis.books import playbook
from tests.unit.analysis.conversations import info, sayings
from tests.unit.analysis.readers import Sure, Unsure


def heard(reader: Reader, *lines: str) -> CallState:
    return analyse(info(*lines, kind="qbr"), sayings(*lines), Embedded(playbook(), reader), playbook="p").state


def test_an_utterance_is_read_with_the_five_before_it_and_the_kind_of_call() -> None:
    reader = Sure({})
    lines = [f"rep: Number {n}." for n in range(9)]

    heard(reader, *lines)

    turns, kind = reader.asked[-1]
    assert [turn.text for turn in turns] == [f"Number {n}." for n in range(3, 9)]
    assert kind is CallKind.QBR


def test_no_utterance_is_read_twice() -> None:
    reader = Sure({})
    state = heard(Unsure(), "rep: One.", "customer: Two.", "rep: Three.")
    impressions = Impressions(reader)

    for _ in range(2):
        for i in range(3):
            impressions.of(state, i)

    assert [turns[-1].text for turns, _ in reader.asked] == ["One.", "Two.", "Three."]


def test_a_sure_reader_settles_what_the_rules_leave_open() -> None:
    said = "The kestrel does the rounds of the lower meadow."
    line = f"customer: {said}"

    assert heard(Unsure(), line).stage_of(0) != "proof_points"
    assert heard(Sure({said: "proof_points"}), line).stage_of(0) == "proof_points"


def test_the_rules_still_count_where_a_reader_is_in_doubt() -> None:
    line = "customer: What has to be in place from day one is single sign-on and an audit trail."

    assert heard(Unsure(), line).stage_of(0) == "required_capabilities"


def test_of_a_stage_that_it_does_not_know_a_reader_says_nothing() -> None:
    scores = read_scores(Impression({"metrics": 0.5, "other": 0.5}, {}, {}), ("metrics", "other", "a_stage_of_ours"))

    assert scores["a_stage_of_ours"] == scores["metrics"] == scores["other"]


def test_nothing_is_ruled_out_for_good() -> None:
    scores = read_scores(Impression({"metrics": 1.0, "other": 0.0}, {}, {}), ("metrics", "other"))

    assert -10 < scores["other"] < scores["metrics"]
