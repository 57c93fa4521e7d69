"""The playbook's files as somebody who edits them sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.adapters.rubric_files import RubricFiles
from copilot.bundled import bundled
from copilot.errors import BrokenPlaybook

BUNDLED = bundled("rubrics")
PITFALLS = (BUNDLED / "pitfalls" / "v5.yaml").read_text(encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> RubricFiles:
    """A company with a talk_stats of its own, in its second version."""
    own = tmp_path / "talk_stats"
    own.mkdir()
    text = (BUNDLED / "talk_stats" / "v1.yaml").read_text(encoding="utf-8")
    (own / "v2.yaml").write_text(text.replace("version: 1", "version: 2"), encoding="utf-8")
    return RubricFiles(tmp_path, BUNDLED, {})


def test_a_companys_own_file_is_told_from_the_bundled_ones(files: RubricFiles) -> None:
    own = [file for file in files.in_use() if file.is_own]

    assert [(file.part, file.version) for file in own] == [("talk_stats", 2)]
    assert "version: 2" in files.text("talk_stats")
    assert len(files.in_use()) == 9


def test_a_changed_part_makes_another_playbook_and_no_file(files: RubricFiles) -> None:
    changed = files.with_part("pitfalls", PITFALLS.replace("version: 5", "version: 6", 1))

    assert (changed.pitfalls.version, changed.talk_stats.version) == (6, 2)
    assert files.text("pitfalls") == PITFALLS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 5\nnope: 1\n", "pitfalls/v5.yaml:1: 'changed' is missing"),
        ("version: [1\n", "pitfalls/v5.yaml:2: is no valid YAML"),
        ("", "pitfalls/v5.yaml:1: is empty or no mapping"),
    ],
)
def test_a_mistake_is_told_with_the_name_that_the_file_would_have(files: RubricFiles, text: str, says: str) -> None:
    with pytest.raises(BrokenPlaybook) as broken:
        files.with_part("pitfalls", text)

    assert says in str(broken.value)
