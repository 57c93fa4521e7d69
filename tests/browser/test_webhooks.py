"""Webhooks and the export on the settings page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.programs import Serving, serving
from tests.browser.accessibility import findings_wide_and_narrow
from tests.browser.senders import sending
from tests.browser.visitors import SIZES, WIDE, Panel, Visitor
from tests.integration.webhook_receiver import SECRET, Receiver, receiving
from tests.loopback import beside

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, Receiver]]:
    """A server that told its one endpoint of a call; of the first message it wants nothing to know any more."""
    plays = Receiver(plays=[410], answer=b"<b>no such hook</b>")
    with beside(receiving(plays)) as there:
        settings = {
            "COPILOT_WEBHOOKS__CRM__URL": there.url,
            "COPILOT_WEBHOOKS__CRM__SECRET": SECRET,
            "COPILOT_WEBHOOKS__CRM__EVENTS": '["call.ready"]',
        }
        with serving(tmp_path_factory.mktemp("told") / "data", settings=settings) as running:
            with sending(running, "told-of", title="Told of") as sender:
                sender.says_up_to(4)
                sender.ends()
            yield running, there


@pytest.fixture
def someone(told: tuple[Serving, Receiver], browser: Browser) -> Iterator[Visitor]:
    visitor = Visitor(browser, told[0].link)
    yield visitor
    visitor.leave()


def opens(visitor: Visitor) -> Page:
    page = visitor.opens("/settings", size=WIDE)
    expect(page.get_by_role("group", name="crm")).to_be_visible()
    return page


def test_a_delivery_that_was_given_up_is_sent_again_and_arrives(
    told: tuple[Serving, Receiver], someone: Visitor
) -> None:
    page = opens(someone)
    crm = page.get_by_role("group", name="crm")
    expect(crm).to_contain_text("It answered that it is gone")
    line = crm.locator(".delivery")
    expect(line).to_contain_text("Given up")
    line.locator("summary").click()
    expect(line).to_contain_text("answered 410, after")
    expect(line.locator("code.answer")).to_have_text("<b>no such hook</b>")  # text, and no markup
    line.get_by_role("button", name="Redeliver call.ready of told-of").click()
    expect(crm).to_contain_text("Working")
    expect(line).to_contain_text("Delivered")
    assert [got.told["data"]["call"]["id"] for got in told[1].got] == ["told-of", "told-of"]


def test_a_test_message_is_sent_at_a_click_and_its_address_stays_hidden(
    told: tuple[Serving, Receiver], someone: Visitor
) -> None:
    page = opens(someone)
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator(".delivery", has_text="test").first).to_contain_text("Delivered")
    assert told[1].got[-1].told["type"] == "test"
    assert "with-a-secret" not in page.content()


def test_what_waits_is_sent_at_a_click(told: tuple[Serving, Receiver], someone: Visitor) -> None:
    server, receiver = told
    (endpoint,) = server.asks("GET", "/api/webhooks")["endpoints"]
    server.asks("POST", f"/api/webhooks/crm/deliveries/{endpoint['deliveries'][-1]['id']}/redeliver")
    page = opens(someone)
    crm = page.get_by_role("group", name="crm")
    expect(crm).to_contain_text("Working")
    receiver.plays.extend([500, 500])
    expect(crm.get_by_role("button", name="Send all now: crm")).to_have_count(0)
    page.get_by_role("button", name="Send a test").click()
    line = crm.locator(".delivery", has_text="test").first
    expect(line.locator("summary")).to_contain_text("answered 500")  # why, before it is opened
    expect(crm).to_contain_text("The last attempt failed: answered 500")
    line.locator("summary").click()
    expect(line.locator(".attempts li")).to_have_count(2, timeout=40_000)  # the third would be in a minute
    crm.get_by_role("button", name="Send all now: crm").click()
    expect(page.locator(".toast")).to_contain_text("1 message is sent now.")
    expect(line).to_contain_text("Delivered")


def test_without_endpoints_it_says_how_one_is_set_up(visitor: Visitor) -> None:
    page = visitor.opens("/settings")
    expect(page.get_by_role("region", name="Webhooks")).to_contain_text("[webhooks.NAME]")


def test_all_calls_are_downloaded_as_a_zip(someone: Visitor) -> None:
    page = opens(someone)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download all calls").click()
    assert downloading.value.suggested_filename == "calls.zip"
    with zipfile.ZipFile(downloading.value.path()) as archive:
        assert "calls/told-of.md" in archive.namelist()


def test_everything_fits_and_can_be_used_by_anybody(someone: Visitor) -> None:
    page = opens(someone)
    page.locator(".delivery summary").first.click()
    expect(page.locator(".attempts").first).to_be_visible()
    assert Panel(page).too_narrow_at(*SIZES) == []
    assert findings_wide_and_narrow(page) == []
