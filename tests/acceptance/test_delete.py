"""`copilot delete`."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.programs import ROOT, copilot, serving

CALL = ROOT / "fixtures" / "demo" / "discovery.json"
SAID = b"six weeks"


def database(data: Path) -> bytes:
    """Everything that SQLite has of it on disk."""
    return b"".join(file.read_bytes() for file in sorted(data.glob("copilot.db*")))


def test_a_call_goes_from_the_store_while_no_server_runs(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server, CALL.open("rb") as transcript:
        (made,) = server.asks("POST", "/api/calls", files={"file": transcript})["calls"]
        beside = copilot("delete", made["id"], "--data", data, "--yes")
    before = database(data)
    unasked = copilot("delete", made["id"], "--data", data)
    done = copilot("delete", made["id"], "--data", data, "--yes")
    after = database(data)
    again = copilot("delete", made["id"], "--data", data, "--yes")

    assert (beside.returncode, "delete the call on its page" in beside.stderr) == (2, True)
    assert (unasked.returncode, "--yes" in unasked.stderr) == (2, True)
    assert (done.returncode, done.stdout) == (0, f"Deleted {made['id']}.\n")
    assert (SAID in before, SAID in after) == (True, False)
    assert (again.returncode, "was deleted on" in again.stderr) == (2, True)


def test_what_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    nowhere = copilot("delete", "never", "--data", tmp_path / "none", "--yes")

    assert (nowhere.returncode, nowhere.stderr) == (2, "copilot: there is no call 'never'\n")
    assert not (tmp_path / "none").exists()
