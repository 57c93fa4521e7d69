"""`copilot maturity` as its users run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.acceptance.programs import copilot_here, serving


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which two dimensions have been placed, and a step was taken on."""
    data = tmp_path_factory.mktemp("maturity") / "data"
    written = {
        "dimensions/targeting": {"level": "I", "why": "The accounts that a rep has time for.", "on": "2026-03-10"},
        "dimensions/scope": {"level": "II", "why": "The value team does it.", "on": "2026-04-10"},
        "assessments": {"name": "Spring", "on": "2026-03-10"},
        "steps/I/collect_examples/owner": {"owner": "Ben Okoro", "due": "2026-03-31"},
    }
    with serving(data) as server:
        for path, body in written.items():
            server.asks("POST", f"/api/maturity/{path}", json={"by": "Ana Lind", **body})
    return data


def test_without_a_store_nothing_is_assessed_and_none_is_made(tmp_path: Path) -> None:
    done = copilot_here("maturity", "--data", tmp_path / "nowhere")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Not assessed yet." in done.stdout
    assert done.stdout.count("not assessed") == 15
    assert not (tmp_path / "nowhere").exists()


def test_a_table_what_is_behind_and_the_next_steps(assessed: Path) -> None:
    done = copilot_here("maturity", "--data", assessed)

    assert (done.returncode, done.stderr) == (0, "")
    assert "I and II alike. 2 of 15 assessed." in done.stdout
    assert "  targeting            ●    ○    ·    ·    ·    2026-03-10, Ana Lind" in done.stdout
    assert "Next steps, I → II · 0 of 11 done" in done.stdout
    assert "are in use now. · Ben Okoro, overdue since 2026-03-31" in done.stdout
    assert "Since Spring: 1 newly assessed; 14 as before." in done.stdout


def test_the_same_as_json_csv_and_markdown(assessed: Path) -> None:
    shown = json.loads(copilot_here("maturity", "--json", "--data", assessed).stdout)
    sheet = [
        *csv.DictReader(io.StringIO(copilot_here("maturity", "--csv", "--data", assessed).stdout.lstrip("\ufeff")))
    ]
    markdown = copilot_here("maturity", "--markdown", "--data", assessed).stdout

    levels = {
        d["id"]: d["standing"]["level"] for group in shown["groups"] for d in group["dimensions"] if d["standing"]
    }
    assert levels == {"targeting": "I", "scope": "II"}
    assert {row["id"]: row["level"] for row in sheet if row["level"]} == levels
    assert "| Whom value interactions are for | I |" in markdown


def test_since_any_point_that_there_is(assessed: Path) -> None:
    since = copilot_here("maturity", "--since", "2026-04-10", "--data", assessed)
    spring = copilot_here("maturity", "--since", "spring", "--data", assessed)
    unknown = copilot_here("maturity", "--since", "yesterday", "--data", assessed)

    assert "Since 2026-04-10: Nothing has moved; 15 as before." in since.stdout
    assert "Since Spring: 1 newly assessed; 14 as before." in spring.stdout
    assert "(“Spring”, 2026-03-10)" in unknown.stderr
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr.startswith(
        "copilot: this cannot be taken up: there is no point 'yesterday' to compare; there are"
    )
