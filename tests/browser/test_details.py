"""What a call is, put right in its review; what hangs on it follows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_a_call_of_no_known_kind_gets_one_and_a_scorecard(
    server: Serving, visitor: Visitor, size: tuple[int, int]
) -> None:
    visitor.expects_trouble("404")
    call = f"unsaid-{size[0]}"
    with sending(server, call, kind=None, account="Nortwind") as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    (outcome, *_) = server.asks("GET", "/api/accounts/Nortwind")["outcomes"]
    notes = [
        {"type": "contract", "start": "2026-01-01"},
        {"type": "milestone", "milestone": "onboarding_complete", "on": "2026-02-01"},
        {"type": "amended", "promise": outcome["id"], "field": "text", "value": "Half the lead time"},
    ]
    server.asks("POST", "/api/accounts/Nortwind/notes", json={"notes": notes})
    page = visitor.opens(f"/calls/{call}", size=size)
    page.get_by_role("tab", name="Scorecard").click()
    expect(page.locator(".scorecard")).to_contain_text("This call’s kind is Other, for which there is no scorecard")
    expect(page.locator(".scorecard .problem")).to_have_count(0)
    page.get_by_role("tab", name="Pitfalls").click()
    tab = page.get_by_role("tabpanel")
    expect(tab).to_contain_text("Few pitfalls apply to a call of this kind.")
    expect(tab).not_to_contain_text("No pitfall was found")
    assert findings(page) == []
    tab.get_by_role("button", name="Say what kind it was").click()
    dialog = page.get_by_role("dialog", name="Details of the call")
    dialog.get_by_label("Kind").select_option("discovery")
    dialog.get_by_label("Account").focus()
    expect(dialog).to_contain_text("the call is scored as this kind")
    expect(dialog.locator("datalist option").first).to_have_attribute("value", "Nortwind")
    dialog.get_by_label("Account").fill("")
    expect(dialog).to_contain_text(
        "Stays with Nortwind, and counts nowhere until the call has an account: 1 correction."
    )
    dialog.get_by_label("Account").fill("Northwind")
    expect(dialog).to_contain_text("Goes along to Northwind, and counts there alone: 1 correction.")
    expect(dialog).to_contain_text("not about this call’s promises: the contract, 1 milestone done.")
    expect(dialog).to_contain_text("No other call is with Nortwind: it stays in the list of accounts")
    dialog.get_by_label("Day it took place").fill("2026-05-04")
    assert findings(page) == []
    assert Panel(page).is_as_wide_as_its_window()
    dialog.get_by_role("button", name="Save").click()

    page.get_by_role("tab", name="Scorecard").click()
    expect(page.locator(".scorecard")).to_contain_text(re.compile(r"Rubric scorecards/discovery/\d+ · Basic · scored"))
    expect(page.locator(".review-head")).to_contain_text("4 May 2026")
    expect(page.locator(".review-head")).to_contain_text("Discovery")
    expect(page.get_by_role("link", name="Northwind")).to_have_attribute("href", "/accounts/Northwind")
    expect(page.get_by_role("button", name="Details of the call")).to_be_focused()
    kept = state_of(server, call)["call"]
    assert (kept["kind"], kept["account"], kept["held_on"]) == ("discovery", "Northwind", "2026-05-04")
    assert kept["title"] == CALL.title  # what was not touched stays

    page.get_by_role("button", name="Details of the call").click()
    dialog.get_by_label("Kind").select_option("demo")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".scorecard")).to_contain_text("Rubric scorecards/demo/")
    expect(page.locator(".scorecard")).to_contain_text("It is kept and counts nowhere.")


def test_what_the_server_refuses_is_said_in_the_form(server: Serving, visitor: Visitor) -> None:
    visitor.expects_trouble("422")
    with sending(server, "refused") as sender:
        sender.says_up_to(2)
        sender.ends()
    page = visitor.opens("/calls/refused", size=WIDE)
    page.get_by_role("button", name="Details of the call").click()
    dialog = page.get_by_role("dialog", name="Details of the call")
    dialog.locator("form").evaluate("form => { form.noValidate = true; }")
    dialog.get_by_label("Day it took place").fill("1826-05-04")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog.get_by_role("alert")).to_contain_text("1826-05-04 is not within 1990 to 2100")
    expect(dialog.get_by_role("button", name="Save")).to_be_visible()


def test_an_emptied_title_is_refused_and_the_list_leads_to_what_the_call_was_for(
    server: Serving, visitor: Visitor
) -> None:
    with sending(server, "untitled", kind=None, title="The one with few") as sender:
        sender.says_up_to(2)
        sender.ends()
    page = visitor.opens("/", size=PANEL)
    line = page.locator(".call", has_text="The one with few")
    line.get_by_role("link", name="few pitfalls apply").click()
    dialog = page.get_by_role("dialog", name="Details of the call")
    expect(page.locator(".figures-line")).to_contain_text("few pitfalls apply")
    dialog.get_by_label("Title").fill("  ")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog.get_by_role("alert")).to_have_text("Not saved: a call needs a title.")
    assert state_of(server, "untitled")["call"]["title"] == "The one with few"
