"""A page that stays open while the server is updated: it says so, and keeps what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.acceptance.programs import Serving
from tests.browser.accessibility import findings_wide_and_narrow
from tests.browser.senders import CALL, sending
from tests.browser.visitors import WIDE, Visitor

ANOTHER = "0" * 16


@contextmanager
def updated_server(page: Page) -> Iterator[None]:
    """Meanwhile its answers name other pages. None is under way afterwards, when the page may be closed."""

    def as_another(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "copilot-pages": ANOTHER})

    page.route("**/api/**", as_another)
    page.route("**/healthz", as_another)
    try:
        yield
    finally:
        page.unroute_all(behavior="wait")


def is_looked_at_again(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("path", ["/", "/new", "/team", "/accounts", "/settings"])
def test_every_page_says_so_once_it_is_looked_at_again(visitor: Visitor, path: str) -> None:
    page = visitor.opens(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    is_looked_at_again(page)
    expect(page.get_by_text("Copilot was updated.")).to_have_count(0)
    with updated_server(page):
        is_looked_at_again(page)
        expect(page.get_by_text("Copilot was updated.")).to_be_visible()


def test_what_is_typed_stays_until_somebody_reloads(server: Serving, visitor: Visitor) -> None:
    call = "updated"
    with sending(server, call) as sender:
        sender.says_up_to(len(CALL.utterances))
        sender.ends()
    page = visitor.opens(f"/calls/{call}", size=WIDE)
    page.get_by_role("tab", name="Scorecard").click()
    page.locator("[data-override]").first.click()
    reason = page.get_by_role("form").get_by_label("Reason")
    reason.fill("Half a sentence, and then")
    with updated_server(page):
        is_looked_at_again(page)
        news = page.get_by_text("Copilot was updated.")
        expect(news).to_be_visible()
        expect(reason).to_have_value("Half a sentence, and then")
        assert findings_wide_and_narrow(page) == []
        page.get_by_role("button", name="Later", exact=True).click()
        expect(news).to_have_count(0)
        is_looked_at_again(page)
        expect(news).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Reload", exact=True).click()


def test_a_module_that_is_asked_for_only_then_still_comes(visitor: Visitor) -> None:
    page = visitor.opens("/settings")
    assert page.evaluate(f"import('/static/{ANOTHER}/js/format.js').then((module) => module.clock(61))") == "1:01"


def test_a_page_on_which_a_call_begins_has_what_the_call_needs(visitor: Visitor) -> None:
    """Its sound would not survive another page, and the server may be another one by the time it begins."""
    page = visitor.opens("/new")
    loaded = "performance.getEntriesByType('resource').some((r) => r.name.endsWith('/js/panel/panel.js'))"
    page.wait_for_function(loaded)
