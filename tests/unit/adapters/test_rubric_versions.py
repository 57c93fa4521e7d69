"""A rubric that is changed gets a new version: what a scorecard names stays what it was made with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from copilot.adapters.yaml_lines import Document, document_of, read_document
from copilot.bundled import bundled

BUNDLED = bundled("rubrics")
FILES = sorted(BUNDLED.glob("*/*.yaml"))

# What each version says, as `said` has it. A line is added for a new version, and none is ever changed.
KNOWN = {
    "company/1": "a2067ab040bde96c",
    "gaps/1": "49063fc1e68b5cb7",
    "pitfalls/1": "289fd8eda3e9fdbb",
    "pitfalls/2": "1bb2fb02b8ef6d5e",
    "pitfalls/3": "3ac3d52e46a85ab1",
    "pitfalls/4": "b6e7c17342ee90f6",
    "pitfalls/5": "1d96863059d3779e",
    "scorecards/demo/1": "da9ffd99c2a4f678",
    "scorecards/demo/2": "df8459106632f25d",
    "scorecards/demo/3": "451307c2f3675d5f",
    "scorecards/discovery/1": "fb9ded46a0acfd72",
    "scorecards/discovery/2": "bd334d31eccbd919",
    "scorecards/discovery/3": "53f56082285f2432",
    "scorecards/qbr/1": "a58f4428d8de5126",
    "stage_cues/1": "dc5c613c62f0cf77",
    "talk_stats/1": "a2721617bfbb0b6e",
    "value_blueprint/1": "530a8cb22c9cdb31",
    "value_conversation/1": "76ffd9bf0cf82faa",
    "value_demonstration/1": "a43e014b94450e6c",
    "vocabulary/1": "bb0a242f2a2aef1a",
}


def content_of(document: Document) -> dict[str, Any]:
    assert isinstance(document.data, dict)
    return document.data


def named(file: Path, content: Mapping[str, Any]) -> str:
    """As the program names it: a part by its folder, a scorecard by its kind too."""
    folder = file.parent.name
    return f"{folder}/{file.stem}/{content['version']}" if folder == "scorecards" else f"{folder}/{content['version']}"


def said(content: Mapping[str, Any]) -> str:
    """A digest of everything in a rubric but what it says of its own change; comments and layout do not matter."""
    told = {name: value for name, value in content.items() if name != "changed"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_a_version_says_never_changes(file: Path) -> None:
    content = content_of(read_document(file))
    name, digest = named(file, content), said(content)

    assert KNOWN.get(name) == digest, (
        f"{file.relative_to(BUNDLED)} is not what {name} was: raise its version, say in `changed` what is new, "
        f"and add its new name with {digest!r} to KNOWN"
    )


def test_every_version_says_something_else() -> None:
    assert len(set(KNOWN.values())) == len(KNOWN)
    assert FILES


def test_comments_and_layout_are_no_change_and_a_word_is() -> None:
    lines = ("version: 1", "changed: First.", "title: Demo")
    one, other, changed = (
        content_of(document_of("\n".join(text), file="x"))
        for text in (lines, ("# A note.", *lines, ""), (*lines[:2], "title: Demos"))
    )
    assert said(one) == said(other)
    assert said(one) != said(changed)
