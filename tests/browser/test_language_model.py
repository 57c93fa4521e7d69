"""What the panel says of the language model: which tier is at work and why, what it did and cost, what it wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from copilot.analysis.deep.reply import WireOp
from tests.acceptance.programs import serving
from tests.acceptance.providers import providing
from tests.browser.senders import CALL, sending
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

QUOTE = "It starts with sales throwing a PDF over the wall"
SAID_AT = next(u.i for u in CALL.utterances if QUOTE in u.text)
WORDS = "What happens to a shipper while the PDF lies there?"
FAR = 20
WRITTEN = {
    "summary_email": "Sales throws a PDF over the wall.",
    "coaching": "You let them tell of the PDF and the wall.",
    "value_story": "It all starts with a PDF over the wall.",
}


def answer() -> dict[str, Any]:
    """The same for every request: what was said early in the call."""
    evidence = [{"utterance": SAID_AT, "quote": QUOTE}]
    asking = {"text": WORDS, "stage": "negative_consequences", "why": "its cost is not known yet"}
    question = {**dict.fromkeys(WireOp.model_fields), "op": "question", "evidence": evidence, **asking}
    prose = [{"evidence": evidence, "purpose": purpose, "text": text} for purpose, text in WRITTEN.items()]
    return {"ops": [question], "prose": prose}


def test_a_model_at_work_is_named_with_what_it_costs_and_what_it_wrote(tmp_path: Path, browser: Browser) -> None:
    with (
        providing(tmp_path, answer()) as settings,
        serving(tmp_path / "data", settings=settings) as server,
        sending(server, "call") as sender,
    ):
        visitor = Visitor(browser, server.link)
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
        body = panel.page.get_by_role("textbox", name="Body")
        expect(body).to_have_value(re.compile(re.escape(WRITTEN["summary_email"])))
        mark = panel.page.get_by_role("button", name=f"What “{WRITTEN['summary_email']}” rests on")
        mark.click()
        expect(panel.page.get_by_role("dialog")).to_contain_text(QUOTE)
        panel.presses("Escape")
        for tab, purpose in (("Story", "value_story"), ("Scorecard", "coaching")):
            panel.page.get_by_role("tab", name=tab).click()
            expect(panel.page.get_by_role("region", name="In short")).to_contain_text(
                f"Written by the language model{WRITTEN[purpose]}"
            )
            expect(panel.page.locator(".written blockquote")).to_contain_text(QUOTE)
        visitor.leave()


def test_one_that_fails_leaves_the_basic_tier_and_its_reason(tmp_path: Path, browser: Browser) -> None:
    with (
        providing(tmp_path, answer(), "error") as settings,
        serving(tmp_path / "data", settings=settings) as server,
        sending(server, "call") as sender,
    ):
        visitor = Visitor(browser, server.link)
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
