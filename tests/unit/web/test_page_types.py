"""The shapes that the pages' JavaScript is checked against are those that the server sends."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from copilot.domain.call import CallInfo, CallKind, Utterance
from copilot.domain.findings import Finding
from copilot.domain.records import CallRecord
from copilot.domain.state import CallState
from copilot.domain.webhooks import Attempt, Message
from copilot.live.feed import Partial, Snapshot, Status
from copilot.ports import RubricFile
from copilot.web.api import call_view
from copilot.web.encoding import error, feed_frame
from copilot.web.installation import Facts, MailFacts
from copilot.web.pages import STATIC
from copilot.web.playbook_view import playbook_view
from scripts.page_types import WRITTEN, typescript
from scripts.vendor import PACKAGES, VENDOR
from tests.unit.analysis.books import playbook

ROOT = Path(__file__).parents[3]
API = (STATIC / "js" / "api.d.ts").read_text(encoding="utf-8")


def fields(interface: str) -> set[str]:
    """What an interface has, with what it takes over from another one."""
    shapes = API + WRITTEN.read_text(encoding="utf-8")
    found = re.search(rf"interface {interface}(?: extends (\w+))? {{\n(.*?)\n  }}", shapes, re.DOTALL)
    assert found, f"there is no {interface}"
    taken_over = fields(found[1]) if found[1] else set()
    return set(re.findall(r"^    (\w+)\??:", found[2], re.MULTILINE)) | taken_over


def frame(item: Partial | Snapshot | Status) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(feed_frame(item, ["metrics"]))
    return found


class TestShapesFromModels:
    def test_are_written_anew_when_a_model_changes(self) -> None:
        assert WRITTEN.read_text(encoding="utf-8") == typescript(), "run `python -m scripts.page_types`"


class TestShapesByHand:
    UTTERANCE = Utterance(id="u1", i=0, text="Six weeks.")

    def test_a_state_has_what_a_snapshot_has(self) -> None:
        state = frame(Snapshot(CallState(utterances=(self.UTTERANCE,))))["state"]

        assert fields("State") == set(state)
        assert fields("Said") == set(state["utterances"][0])
        assert fields("StageCoverage") == set(state["stages"][0])

    @pytest.mark.parametrize(
        ("interface", "item"),
        [
            ("Snapshot", Snapshot(CallState())),
            ("Partial", Partial(UTTERANCE, rev=1)),
            ("Status", Status(listening=True)),
        ],
    )
    def test_a_message_has_what_is_sent(self, interface: str, item: Partial | Snapshot | Status) -> None:
        assert fields(interface) == set(frame(item))

    def test_a_refusal_has_what_is_sent_and_the_ref_it_may_repeat(self) -> None:
        assert fields("Refusal") == {*error("unknown_item", "there is no 'O9'"), "ref"}

    def test_a_line_of_the_list_has_what_the_api_gives(self) -> None:
        record = CallRecord(info=CallInfo(id="acme"), started_at=datetime(2026, 5, 14, tzinfo=UTC))

        assert fields("CallLine") == set(call_view(record))

    def test_the_playbook_has_what_the_api_gives(self) -> None:
        given = playbook_view(playbook(), CallKind.DISCOVERY)

        assert fields("Playbook") == set(given)
        assert fields("PlaybookStage") == set(given["stages"][0])
        assert fields("PitfallRule") == set(given["pitfalls"]["long_monologue"])
        assert fields("NoticeRules") <= set(given["notices"])
        assert fields("UsualRange") == set(given["talk"]["talk_ratio"])

    @pytest.mark.parametrize(("interface", "shape"), [("WebhookAttempt", Attempt), ("WebhookDelivery", Message)])
    def test_what_is_told_of_webhooks_has_what_the_api_gives(self, interface: str, shape: type[BaseModel]) -> None:
        assert fields(interface) == set(shape.model_fields)

    @pytest.mark.parametrize("shape", [Finding, Facts, MailFacts, RubricFile])
    def test_what_is_told_of_the_installation_has_what_the_api_gives(self, shape: type[Any]) -> None:
        assert fields(shape.__name__) == {field.name for field in dataclasses.fields(shape)}


class TestVendoredLibraries:
    def test_are_the_versions_whose_types_are_used(self) -> None:
        wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
        table = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")

        assert all(f"| {package.name} {wanted[package.name]} |" in table for package in PACKAGES)
