"""What the panel says of the language model: which tier is at work and why, what it did and cost, what it wrote."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from copilot.analysis.deep.reply import WireOp
from tests.acceptance.programs import PATIENCE_S, ROOT, serving
from tests.browser.senders import CALL, sending
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

QUOTE = "It starts with sales throwing a PDF over the wall"
SAID_AT = next(u.i for u in CALL.utterances if QUOTE in u.text)
WORDS = "What happens to a shipper while the PDF lies there?"
FAR = 20


def answer() -> str:
    """The same for every request: what was said early in the call."""
    evidence = [{"utterance": SAID_AT, "quote": QUOTE}]
    asking = {"text": WORDS, "stage": "negative_consequences", "why": "its cost is not known yet"}
    question = {**dict.fromkeys(WireOp.model_fields), "op": "question", "evidence": evidence, **asking}
    sentence = {"evidence": evidence, "purpose": "summary_email", "text": "Sales throws a PDF over the wall."}
    return json.dumps({"ops": [question], "prose": [sentence]})


@contextlib.contextmanager
def provider(folder: Path, play: str = "answer") -> Iterator[dict[str, str]]:
    """A made-up provider in a process of its own, and the settings that name it."""
    answers = folder / "answers.jsonl"
    answers.write_text(answer() + "\n", encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "tests.provider", "--port", "0", "--answers", answers]
    process = subprocess.Popen([*command, "--play", play, "--pause", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        names = {"MODEL": "made-up-small", "PROFILE": "compatible", "BASE_URL": address[0], "DEADLINE_S": "5"}
        yield {f"COPILOT_LLM__{name}": value for name, value in names.items()}
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def test_a_model_at_work_is_named_with_what_it_costs_and_what_it_wrote(tmp_path: Path, chromium: Browser) -> None:
    with (
        provider(tmp_path) as settings,
        serving(tmp_path / "data", settings=settings) as server,
        sending(server, "call") as sender,
    ):
        visitor = Visitor(chromium, server.link)
        panel = visitor.opens_call("call")
        sender.says_up_to(FAR)
        expect(panel.question).to_contain_text(WORDS)
        expect(panel.status.get_by_role("button", name="Tier: LLM")).to_be_visible()
        use = panel.map.locator(".model-use button")
        expect(use).to_contain_text(re.compile(r"LLM: \d+ requests? · \d+\.\d\ss each · price not known"))
        use.click()
        expect(panel.page.get_by_role("dialog")).to_contain_text("made-up-small")
        panel.presses("Escape")
        assert panel.is_as_wide_as_its_window()

        sender.ends()
        panel.page.get_by_role("tab", name="Texts").click()
        expect(panel.page.locator(".written")).to_contain_text("Sales throws a PDF over the wall.")
        expect(panel.page.locator(".written blockquote")).to_contain_text(QUOTE)
        visitor.leave()


def test_one_that_fails_leaves_the_basic_tier_and_its_reason(tmp_path: Path, chromium: Browser) -> None:
    with (
        provider(tmp_path, "error") as settings,
        serving(tmp_path / "data", settings=settings) as server,
        sending(server, "call") as sender,
    ):
        visitor = Visitor(chromium, server.link)
        panel = visitor.opens_call("call")
        sender.says_up_to(FAR)
        panel.says("Listening")
        panel.status.get_by_role("button", name="Tier: Basic").click()
        reason = panel.page.get_by_role("dialog", name="Tier: Basic")
        expect(reason).to_contain_text("The language model did not answer: the provider has trouble, HTTP 500.")
        expect(reason).to_contain_text("Coverage, quotes, value map and questions go on without it.")
        expect(reason).to_contain_text(re.compile(r"since \d\d:\d\d"))
        expect(panel.question.locator(".question-text")).to_be_visible()
        visitor.leave()
