"""Moments that are marked during a call, and what is noted there for one's own side."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import WIDE, Visitor

pytestmark = pytest.mark.browser

NOTE = "Ask Priya <b>for</b> the zzprivate figures"
OPEN_MAP = 30


def test_a_moment_is_marked_by_one_key_and_noted_at(server: Serving, visitor: Visitor) -> None:
    with sending(server, "marking") as sender:
        sender.says_up_to(12)
        panel = visitor.opens_call("marking")
        panel.asks()
        panel.presses("b")
        note = panel.page.get_by_role("textbox", name="Note")
        expect(note).to_be_focused()
        note.fill(NOTE)
        sender.says_up_to(14)
        note.press("Enter")
        expect(panel.page.get_by_role("button", name="Mark this moment")).to_be_focused()

        panel.page.reload()
        panel.presses("t")
        words = panel.transcript.get_by_role("button", name=f"Note: {NOTE}. Change")
        expect(words).to_have_text(NOTE)
        assert findings(panel.page) == []
        (moment,) = state_of(server, "marking")["moments"]
        assert (moment["i"], moment["text"]) == (11, NOTE)


def test_a_note_is_kept_however_it_is_closed_and_can_be_taken_back(server: Serving, visitor: Visitor) -> None:
    with sending(server, "marking-again") as sender:
        sender.says_up_to(12)
        panel = visitor.opens_call("marking-again", size=WIDE)
        panel.asks()
        panel.presses("b")
        panel.page.get_by_role("textbox", name="Note").fill("Half a thou")
        panel.presses("Escape")
        notes = panel.page.get_by_role("region", name="Your notes")
        expect(notes).to_contain_text("Half a thou")

        notes.get_by_role("button", name=re.compile("^Note: ")).click()
        panel.page.get_by_role("button", name="Remove").click()
        expect(notes).to_contain_text("Nothing marked.")
        expect(panel.transcript.locator(".note-row")).to_have_count(0)


def test_notes_are_listed_in_the_review_and_stand_in_no_email(server: Serving, visitor: Visitor) -> None:
    with sending(server, "noted") as sender:
        sender.says_up_to(OPEN_MAP)
        panel = visitor.opens_call("noted", size=WIDE)
        panel.asks()
        panel.presses("b")
        panel.page.get_by_role("textbox", name="Note").fill(NOTE)
        panel.presses("Enter")
        expect(panel.transcript.locator(".note-row")).to_have_text(NOTE)
        sender.says_up_to(len(CALL.utterances))
        sender.ends()

    panel.page.get_by_role("tab", name="Notes").click()
    tab = panel.page.get_by_role("tabpanel")
    expect(tab).to_contain_text(NOTE)
    tab.get_by_role("button", name=re.compile("Show in the transcript")).click()
    expect(panel.utterance(OPEN_MAP - 1)).to_be_in_viewport()
    assert "zzprivate" not in json.dumps(server.asks("GET", "/api/calls/noted/email"))

    panel.page.get_by_role("button", name="Export").click()
    for ticked in (False, True):
        tick = panel.page.get_by_label("Your private notes in these files")
        tick.set_checked(ticked)
        assert findings(panel.page) == []
        with panel.page.expect_download() as downloading:
            panel.page.get_by_role("link", name="JSON", exact=True).click()
        assert ("zzprivate" in downloading.value.path().read_text(encoding="utf-8")) is ticked
        panel.page.get_by_role("button", name="Export").click()
