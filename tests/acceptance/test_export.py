"""`copilot export` and `copilot note` as their users run them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.acceptance.programs import ROOT, copilot_here, serving

DISCOVERY = ROOT / "fixtures" / "demo" / "discovery.json"


def test_a_transcripts_note_for_a_crm() -> None:
    done = copilot_here("note", DISCOVERY)

    assert done.returncode == 0
    assert "What the customer wants\n- 1: " in done.stdout
    assert "Signature to first truck: six weeks → four" in done.stdout
    assert "Feature dumping" not in done.stdout


def test_calls_of_the_store(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server, DISCOVERY.open("rb") as file:
        call = server.asks("POST", "/api/calls", files={"file": file})["calls"][0]["id"]

    every = copilot_here("export", "--data", data)
    one = copilot_here("export", call, "--format", "csv", "--data", data)
    archive = copilot_here("export", "--format", "zip", "--out", tmp_path / "calls.zip", "--data", data)
    wrong = copilot_here("export", "--format", "markdown", "--data", data)
    nobody = copilot_here("export", "nobody", "--data", data)
    nowhere = copilot_here("export", "--data", tmp_path / "nowhere")

    assert [json.loads(line)["id"] for line in every.stdout.splitlines()] == [call]
    assert ",evidence," in one.stdout
    assert (archive.returncode, (tmp_path / "calls.zip").read_bytes()[:2]) == (0, b"PK")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "copilot: many calls are written as ndjson, csv, zip; for markdown, name one CALL\n",
    )
    assert (nobody.returncode, "nobody" in nobody.stderr) == (1, True)
    assert (nowhere.returncode, not (tmp_path / "nowhere").exists()) == (2, True)
