"""In a review of value, what the account was promised on earlier calls stands above the map."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.acceptance.programs import ROOT, Serving, serving
from tests.browser.accessibility import findings
from tests.browser.senders import sending
from tests.browser.test_accounts import ACCOUNT, CALLS
from tests.browser.visitors import PANEL, WIDE, Visitor

pytestmark = pytest.mark.browser

EARLIER = CALLS[:2]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with two calls of an account, and its review going on."""
    with serving(tmp_path_factory.mktemp("promises") / "data") as running:
        for name in EARLIER:
            content = (ROOT / "fixtures" / "demo" / "account" / f"{name}.json").read_bytes()
            running.asks("POST", "/api/calls", files={"file": (f"{name}.json", content)})
        with (
            sending(running, "review", kind="qbr", account=ACCOUNT),
            sending(running, "first-review", kind="qbr", account="Nobody Yet"),
        ):
            yield running


@pytest.mark.parametrize("size", [PANEL, WIDE])
def test_earlier_promises_stand_on_top_with_day_figures_and_what_is_missing(
    server: Serving, visitor: Visitor, size: tuple[int, int]
) -> None:
    panel = visitor.opens_call("review", size=size)
    promises = panel.map.get_by_role("region", name="Promised before")
    expect(promises).to_be_visible()
    book = server.asks("GET", f"/api/accounts/{ACCOUNT}")
    for metric in book["metrics"][:2]:
        line = promises.get_by_role("listitem").filter(has_text=metric["text"])
        if metric["target"]:
            expect(line).to_contain_text(metric["target"]["text"])
        if metric["latest"] is None:
            expect(line.locator(".missing", has_text="no reading")).to_be_visible()
    first = promises.get_by_role("link", name=re.compile("^Said")).first
    expect(first).to_have_attribute("href", re.compile(r"^/calls/[\w-]+\?u=\d+$"))
    assert findings(panel.page) == []
    assert panel.is_as_wide_as_its_window()


def test_an_account_without_earlier_calls_says_so(visitor: Visitor) -> None:
    panel = visitor.opens_call("first-review")
    expect(panel.map).to_contain_text("No promise is known from earlier calls with Nobody Yet.")


def test_no_other_kind_of_call_shows_them(server: Serving, visitor: Visitor) -> None:
    calls = server.asks("GET", "/api/calls")["calls"]
    over = next(call["id"] for call in calls if call["kind"] == "discovery")
    panel = visitor.opens_call(over, size=WIDE)
    panel.page.get_by_role("tab", name="Value map").click()
    expect(panel.row("O1")).to_be_visible()
    expect(panel.map).not_to_contain_text("Promised before")
