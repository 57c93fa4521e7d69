"""Keys that a page offers do something on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import Serving
from tests.browser.senders import CALL, sending
from tests.browser.visitors import WIDE, Visitor

pytestmark = pytest.mark.browser


def test_the_menu_of_a_row_takes_the_keys_it_shows_in_the_review(server: Serving, visitor: Visitor) -> None:
    with sending(server, "keys-in-a-menu") as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    panel = visitor.opens_call("keys-in-a-menu", size=WIDE)
    panel.page.get_by_role("tab", name="Value map").click()
    menu = panel.row("O1").get_by_role("button", name="Decide about O1")
    menu.click()
    panel.presses("e")
    expect(panel.page.get_by_role("form", name="Edit O1").get_by_label("Text")).to_be_focused()
    panel.presses("Escape")
    menu.click()
    panel.presses("c")
    expect(panel.ring("O1")).to_have_attribute("title", "Confirmed by you")
    menu.click()
    panel.presses("r")
    expect(panel.row("O1")).to_contain_text("Set aside:")
    expect(panel.page.get_by_role("dialog", name="Decide about O1")).to_have_count(0)


def test_the_list_of_keys_has_those_of_the_page_it_is_opened_on(server: Serving, visitor: Visitor) -> None:
    with sending(server, "keys-listed") as sender:
        panel = visitor.opens_call("keys-listed", size=WIDE)
        panel.says("Listening")
        panel.status.get_by_role("button", name="More").click()
        panel.presses("?")
        keys = panel.page.get_by_role("dialog", name="Keys")
        expect(keys).to_contain_text("Question asked")
        expect(keys).not_to_contain_text("Play or pause")
        panel.presses("Escape")
        expect(keys).to_have_count(0)
        sender.says_up_to(6)
        sender.ends()
    expect(panel.page.locator(".review")).to_be_visible()
    panel.presses("?")
    expect(keys).to_contain_text("Confirm, edit, reject the row")
    for words in ("Question asked", "Dismiss the question", "Pin the question", "To the value map", "Play or pause"):
        expect(keys).not_to_contain_text(words)
