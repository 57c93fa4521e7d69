"""docs/retention.md names every place in which something is kept."""

from __future__ import annotations

import re
from pathlib import Path

from copilot.adapters.store.tables import metadata

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "retention.md").read_text(encoding="utf-8")
NAMED = set(
    re.findall(r"`([a-z_.]+)`", "".join(line.split("|")[1] for line in DOCUMENT.splitlines() if line[:2] == "| "))
)


def test_every_table_is_told_of() -> None:
    assert set(metadata.tables) <= NAMED


def test_every_place_in_the_data_folder_is_told_of() -> None:
    sources = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "copilot").rglob("*.py"))
    places = set(re.findall(r'settings\.data / "([a-z.]+)"|self\.data / "([a-z.]+)"', sources))

    assert {one or other for one, other in places} <= NAMED
    assert len(places) > 4
