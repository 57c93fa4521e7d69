"""What the README tells a newcomer to type, typed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.settings import setting_names
from tests.acceptance.programs import ROOT, Serving, copilot, environment, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ").split("  #")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.S)
    for line in block.splitlines()
    if line.startswith("$ ")
]
OF_COPILOT = [command for command in COMMANDS if command.startswith("copilot ")]
LINK = "http://127.0.0.1:8765/?token=TOKEN"
LABELLED = "fixtures/labelled/dev"


def test_every_make_target_that_it_names_is_there() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)

    named = {command.removeprefix("make ") for command in COMMANDS if command.startswith("make ")}
    assert {"demo", "test"} <= named <= set(targets)
    assert len(OF_COPILOT) + len(named) == len(COMMANDS)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("readme") / "data") as running:
        yield running


def _a_few(folder: Path) -> Path:
    """Of the labelled calls, as many as show that the command works."""
    folder.mkdir()
    for file in sorted((ROOT / LABELLED).glob("*.json"))[:2]:
        shutil.copy(file, folder)
    return folder


@pytest.mark.parametrize("command", [c for c in OF_COPILOT if c != "copilot serve"])
def test_a_command(server: Serving, tmp_path: Path, command: str) -> None:
    for there, here in {LINK: server.link, "--speed 8": "--speed 0", LABELLED: _a_few(tmp_path / "few")}.items():
        command = command.replace(there, str(here))
    done = copilot(*shlex.split(command)[1:], COPILOT_DATA=str(tmp_path / "data"), COPILOT_PORT="0")

    assert done.returncode == 0
    assert not done.stderr or command.startswith("copilot email")  # which tells the rep something beside
    assert done.stdout
    if "--json" in command:
        assert json.loads(done.stdout)["labels"]


def test_the_program_that_sends_a_call(server: Serving) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.S)
    at_home = server.address.removeprefix("http://")
    program = program.replace("127.0.0.1:8765", at_home).replace('"TOKEN"', repr(server.token))
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(), capture_output=True, text=True, timeout=240, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["type"] for line in done.stdout.splitlines()] == ["ready", "ack", "ended"]


def test_everything_it_points_at_is_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)|src=\"([^\"]+)\"", README):
        assert (ROOT / (target[0] or target[1])).is_file(), target


def test_every_setting_is_told_of_and_no_other() -> None:
    tables = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

    told = {name for row in re.findall(r"^\| (`.*?) \|", tables, re.M) for name in re.findall(r"`(.*?)`", row)}
    assert told == set(setting_names())


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_everything_the_documents_point_at_is_there(document: Path) -> None:
    for target in re.findall(r"\]\((?!http|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target
