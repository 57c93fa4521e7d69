"""`copilot scorecard` as its users run it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.acceptance.programs import ROOT, copilot, copilot_here, serving

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"


def test_a_transcripts_scorecard_quotes_the_call_for_every_answer() -> None:
    done = copilot_here("scorecard", DISCOVERY, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    card, said = json.loads(done.stdout), json.loads(DISCOVERY.read_text(encoding="utf-8"))["utterances"]
    answers = [answer for section in card["sections"] for answer in section["answers"]]
    assert len(answers) == 18
    assert all(answer["why"] for answer in answers)
    moments = [moment for answer in answers for moment in answer["moments"]]
    assert moments
    assert all(moment["quote"] in said[moment["utterance"]]["text"] for moment in moments)
    assert len(card["coaching"]["well"]) == 2
    assert card["coaching"]["work_on"]["better_question"].endswith("?")


def test_as_text_and_as_markdown() -> None:
    text, markdown = (
        copilot_here("scorecard", DISCOVERY).stdout,
        copilot_here("scorecard", DISCOVERY, "--markdown").stdout,
    )

    assert text.startswith("Discovery call · scorecards/discovery/3\n")
    assert markdown.startswith("# Discovery call\n")
    assert "not for employment decisions" in text
    assert "not for employment decisions" in markdown


def test_from_the_store_it_scores_the_same_until_a_person_answers(tmp_path: Path) -> None:
    data = tmp_path / "data"
    answer = {"verdict": "not_met", "reason": "Nobody said how it runs today.", "by": "Ana Lind"}
    with serving(data) as server:
        copilot_here("stream", DISCOVERY, "--to", server.link, "--speed", "0", "--call", "the-call")
        automatic = copilot_here("scorecard", "the-call", "--data", data)
        server.asks("POST", "/api/calls/the-call/scorecard/overrides/before", json=answer)
    stored = copilot_here("scorecard", "the-call", "--data", data)

    assert automatic.stdout == copilot("scorecard", DISCOVERY, PYTHONHASHSEED="1").stdout
    assert "Automatic: " not in automatic.stdout
    assert "Automatic: " in stored.stdout
    assert "Ana Lind: Not met (Nobody said how it runs today.)" in stored.stdout


def test_a_kind_of_call_that_is_not_scored() -> None:
    done = copilot_here("scorecard", DISCOVERY, "--kind", "other")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "copilot: calls of the kind 'other' have no scorecard, those of discovery, demo, qbr have; --kind says which\n"
    )


def test_a_mistake_in_a_rubric_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "scorecards").mkdir()
    (tmp_path / "scorecards" / "demo.yaml").write_text("version: 1\nchanged: Ours.\nkind: demo\n", encoding="utf-8")

    done = copilot_here("scorecard", DISCOVERY, COPILOT_RUBRICS=str(tmp_path))
    assert done.returncode == 2
    assert f"{tmp_path}/scorecards/demo.yaml:1: 'title' is missing" in done.stderr
    doctor = copilot_here("doctor", "--port", "0", "--data", tmp_path / "data", COPILOT_RUBRICS=str(tmp_path))
    assert "✗ playbook" in doctor.stdout
