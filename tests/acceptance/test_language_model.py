"""`copilot analyze` and `eval` with a language model, and what they say without one."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from copilot.analysis.deep.reply import WireOp
from tests.acceptance.programs import ROOT, copilot, copilot_here, serving
from tests.acceptance.providers import providing
from tests.browser.senders import sending, state_of

TALK = """Dana: What matters most to you?
Luis: We want to release every four weeks instead of every six weeks.
Dana: Who looks at that?
Luis: Priya reports on it every month, to the board.
"""
QUOTE = "release every four weeks"
EVIDENCE = [{"utterance": 1, "quote": QUOTE}]
OUTCOME = {**dict.fromkeys(WireOp.model_fields), "op": "add_outcome", "evidence": EVIDENCE, "text": "Faster releases"}
SENTENCE = {"evidence": EVIDENCE, "purpose": "summary_email", "text": "You want to release every four weeks."}
ANSWER = {"ops": [OUTCOME], "prose": [SENTENCE]}


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "call.txt"
    file.write_text(TALK)
    return file


def test_both_tiers_analyse_a_call(talk: Path, tmp_path: Path) -> None:
    with providing(tmp_path, ANSWER) as settings:
        asked = copilot("analyze", talk, "--rep", "Dana", "--engine", "llm", "--json", settings=settings)
        shown = copilot_here("analyze", talk, "--rep", "Dana", "--engine", "llm", settings=settings)
    document = json.loads(asked.stdout)

    assert (asked.returncode, asked.stderr) == (0, "")
    assert document["model"]["reviewed"]
    assert [s["text"] for s in document["prose"]["summary_email"]["sentences"]] == [SENTENCE["text"]]
    assert "Language model\n  made-up-small: " in shown.stdout
    assert "Summary for the customer\n  You want to release every four weeks.  [2]" in shown.stdout


def test_labelled_calls_are_scored_with_both_tiers(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    calls.mkdir()
    for source in sorted((ROOT / "fixtures" / "labelled" / "dev").glob("*.json"))[:2]:
        shutil.copy(source, calls)
    with providing(tmp_path, {"ops": [], "prose": []}) as settings:
        scored = copilot_here("eval", calls, "--engine", "llm", "--json", settings=settings)
    without = copilot_here("eval", calls, "--json")

    assert (scored.returncode, scored.stderr) == (0, "")
    assert json.loads(scored.stdout) == json.loads(without.stdout)  # the model had nothing to add


def test_without_a_model_it_says_how_to_name_one(talk: Path) -> None:
    refused = copilot_here("analyze", talk, "--engine", "llm")

    assert refused.returncode == 2
    assert refused.stderr.startswith("copilot: no language model is set up: COPILOT_LLM__MODEL names one")


def test_a_model_that_answers_nothing_is_no_analysis_of_both(talk: Path, tmp_path: Path) -> None:
    with providing(tmp_path, ANSWER, "error") as settings:
        failed = copilot_here("analyze", talk, "--rep", "Dana", "--engine", "llm", settings=settings)

    assert (failed.returncode, failed.stdout) == (1, "")
    assert "0 of " in failed.stderr
    assert "HTTP 500" in failed.stderr


def test_a_server_killed_within_the_second_look_finishes_it_at_its_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with (
        providing(tmp_path, ANSWER, "hang") as settings,
        serving(data, settings=settings) as server,
        sending(server, "call") as sender,
    ):
        sender.says_up_to(8)
        sender.asks_to_end()
        while not state_of(server, "call")["ended"]:
            time.sleep(0.05)
        server.kill()
    answer: dict[str, list[str]] = {"ops": [], "prose": []}
    with providing(tmp_path, answer) as settings, serving(data, settings=settings) as server:
        while not (state := state_of(server, "call"))["wrapped_up"]:
            time.sleep(0.05)

    assert state["model"]["reviewed"]
    assert len(state["utterances"]) == 8
