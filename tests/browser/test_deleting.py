"""Deleting a call on its page: what is said beforehand, and what whoever looks at it sees then."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_a_person_reads_what_goes_and_stays_and_it_is_gone_for_everybody(
    server: Serving, visitor: Visitor, size: tuple[int, int]
) -> None:
    visitor.expects_trouble("410")
    call = f"to-be-deleted-{size[0]}"
    with sending(server, call, title="A call too many", account=f"Only here {size[0]}") as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    other = visitor.opens(f"/calls/{call}", size=WIDE)
    page = visitor.opens(f"/calls/{call}", size=size)
    page.get_by_role("button", name="More", exact=True).press("Enter")
    page.get_by_role("button", name="Delete this call").press("Enter")
    dialog = page.get_by_role("dialog", name="Delete “A call too many”?")
    expect(dialog).to_contain_text("Goes, for good: transcript, items, scorecards, email drafts")
    expect(dialog).to_contain_text(f"Stays: what else people wrote down about Only here {size[0]}")
    assert findings(page) == []
    assert Panel(page).is_as_wide_as_its_window()
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    assert server.asks("GET", f"/api/calls/{call}")["seq"] > 0

    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Delete this call").click()
    page.get_by_role("button", name="Delete the call").click()

    for looking in (page, other):
        expect(looking.get_by_role("heading", level=1)).to_have_text("This call was deleted")
    page.get_by_role("link", name="All calls").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="A call too many")).to_have_count(0)
    assert call not in [c["id"] for c in server.asks("GET", "/api/calls")["calls"]]
