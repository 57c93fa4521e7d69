"""A link to one call: made in the review, read by somebody without access, ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings
from tests.browser.senders import CALL, sending, state_of
from tests.browser.visitors import PANEL, WIDE, Panel, Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_a_link_is_made_read_and_ended(server: Serving, visitor: Visitor, size: tuple[int, int]) -> None:
    visitor.expects_trouble("410")
    call = f"shared-{size[0]}"
    with sending(server, call) as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    page = visitor.opens(f"/calls/{call}", size=size)
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share")
    dialog.get_by_label("For whom (a note to yourself)").fill("Priya")
    dialog.get_by_label("Your name").fill("Maya")
    dialog.get_by_label("It ends after").select_option("a week")
    dialog.get_by_role("button", name="Make a link").click()
    address = dialog.locator(".share-made > code").inner_text().removeprefix(server.address)
    expect(dialog.locator(".share-made")).to_contain_text("Only this computer can open it")
    until = f"{(datetime.now(UTC) + timedelta(days=7)):%-d %b %Y}"
    expect(dialog.get_by_role("list")).to_contain_text(f"Colleague, by Maya, until {until}")
    assert findings(page) == []

    reader = visitor.opens(address, size=size, signed_in=False)
    outcome = state_of(server, call)["outcomes"][0]
    expect(reader.get_by_role("article").filter(has_text=outcome["text"]).first).to_be_visible()
    expect(reader.locator("#u0")).to_contain_text(CALL.utterances[0].text)
    assert findings(reader) == []
    assert Panel(reader).is_as_wide_as_its_window()

    dialog.get_by_role("button", name="End the link: Priya").click()
    expect(page.locator(".toast")).to_contain_text("The link opens nothing any more.")
    expect(dialog.locator("summary")).to_have_text("1 link ended")
    reader.reload()
    expect(reader.locator("body")).to_contain_text("This link has ended")


def test_a_term_that_is_chosen_stays_when_the_usual_one_comes_late(server: Serving, visitor: Visitor) -> None:
    with sending(server, "shared-late") as sender:
        sender.says_up_to(5)
        sender.ends()
    page = visitor.opens("/calls/shared-late", size=WIDE)
    held: list[Route] = []
    page.route("**/shares", lambda route: held.append(route))
    page.get_by_role("button", name="Share", exact=True).click()
    term = page.get_by_role("dialog", name="Share").get_by_label("It ends after")
    term.select_option("a week")
    with page.expect_response("**/shares"):
        held[0].continue_()
    expect(term).to_have_value("7")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(term).to_have_count(0)
